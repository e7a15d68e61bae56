"""How far it is, for the young person: sent, received, removed. Without a script, by a code."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.encryption.worded import Receipt
from balise.foundation.statistics.usual import usual_delays
from balise.foundation.web import pauses, quick_exit
from balise.foundation.web.attempts import posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.phrases import CodeForm
from balise.foundation.web.quick_exit import TokenCookie
from balise.helpline.cases.queries.following import Followed, followed
from balise.helpline.cases.rules.sendings import ACCEPTED
from balise.helpline.conversations import queries as conversations
from balise.helpline.conversations.rules import TokenUnknown
from balise.helpline.conversations.streams import admitting
from balise.helpline.removals import queries
from balise.helpline.removals.queries import Tracked
from balise.helpline.removals.rules.tracking import GONE

# The code that a young person follows a removal with, in their browser for 15 minutes.


CODE: Final = TokenCookie("removal", lasts=timedelta(minutes=15))


@public.form
@paced
def follow(request: Request) -> HttpResponse:
    """Show how far it is to whoever has the code, or a conversation open in this browser."""
    form = CodeForm(posted(request))
    if answer := pauses.enter(request, form, door=WAY.door):
        return answer
    found, referrals = ((), ()) if form.is_bound else _held(request)
    context = {
        "form": form,
        "found": found,
        "referrals": referrals,
        "usual": usual_delays(GONE, ACCEPTED) if found or referrals else {},
        "has_code": CODE.read(request) is not None,
    }
    return render(request, "helpline/removals/follow.html", context, status=status_of(form))


@public.post
def leave(request: Request) -> HttpResponse:  # noqa: ARG001 - a door hands every view its request
    """Forget the code on this device."""
    answer = redirect("removals:follow")
    CODE.drop(answer)
    quick_exit.empty_cache(answer)
    return answer


def _open(request: Request, code: Receipt) -> HttpResponse | None:  # noqa: ARG001 - as all ways
    if not (_found(code) or followed(code)):
        return None
    answer = redirect("removals:follow")
    CODE.put(answer, code)
    return answer


WAY: Final = pauses.Way("removals", _open)


def _held(request: Request) -> tuple[tuple[Tracked, ...], tuple[Followed, ...]]:
    """Return what the code in this browser leads to, or else the conversation open in it."""
    code = CODE.read(request)
    token = admitting.token_in(request.headers.get("Cookie", ""))
    found = _found(code) if code is not None else ()
    referrals = followed(code) if code is not None else ()
    if found or referrals or token is None:
        return found, referrals
    return _of_conversation(token), followed(token)


def _found(code: Receipt) -> tuple[Tracked, ...]:
    """Return what a request's own code leads to, or that of the conversation it began in."""
    tracked = queries.tracked(code)
    return (tracked,) if tracked is not None else _of_conversation(code)


def _of_conversation(token: Receipt) -> tuple[Tracked, ...]:
    try:
        return queries.of_conversation(conversations.by_token(token))
    except TokenUnknown:
        return ()
