"""The public door of a chat: what its listener asks of a vault; the app's origin takes it up.

The session of the chat is its cookie, which no page of the app reads. So the vault asks in a frame
of this origin, which answers the app's origin alone, through a port: nothing is in an address.
"""

from base64 import b64encode
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.encryption.receipts import Receipt
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, problem, public
from balise.foundation.web.headers import framed_by
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.web.talk import with_token
from balise.helpline.vault import queries
from balise.helpline.vault.actions import asking
from balise.helpline.vault.rules.asking import NotAsked
from balise.helpline.vault.web.answers import found


@public.get
@with_token
def asked(request: Request, token: Receipt) -> HttpResponse:
    """Return what the listener asks for, for the room to draw again."""
    context = {"part": queries.is_asked(token)}
    return render(request, "helpline/vault/parts/asked.html", context)


@public.post
@with_token
def decline(request: Request, token: Receipt) -> HttpResponse:
    """Say no; the chat goes on."""
    with attempt(request):
        asking.decline(token=token, by=request.actor)
    return redirect("talk:room")


@public.form
def handing(request: Request) -> HttpResponse:
    """Show nothing, in a frame of the app; told to, give the key of the case, this once."""
    if request.method != "POST":
        answer = render(request, "helpline/vault/handing.html", {"app": settings.APP_ADDRESS})
        return framed_by(answer, settings.APP_ADDRESS or "'self'")
    token = admitting.token_in(request.headers.get("Cookie", ""))
    try:
        if token is None:
            raise NotAsked("Nobody asks.")
        known = asking.take_up(token=token, by=request.actor)
    except Refused:  # who has no chat learns no more than who is not asked
        return problem(NotAsked.code, "Nobody asks.", status=HTTPStatus.CONFLICT)
    answer = found(
        case=known.case,
        recipient=known.recipient,
        signature=b64encode(known.signature).decode(),
    )
    answer["Cache-Control"] = "no-store"
    return answer
