"""The public door: a young person talks with a listener. Each page works without a script.

A browser that was blocked is told until when. It is known by a cookie of ours alone, which anyone
can delete, and it always comes in when someone there is not safe.
"""

import random
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from balise.foundation.clock import now
from balise.foundation.encryption.worded import Receipt
from balise.foundation.web import pauses, quick_exit
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pages import parts_of
from balise.foundation.web.pauses import paced, paced_nearby
from balise.foundation.web.phrases import CodeForm, code_of
from balise.foundation.web.spending import spends
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import Blocked
from balise.helpline.conversations import ports, queries
from balise.helpline.conversations.actions import passing, presence, saying
from balise.helpline.conversations.queries import line
from balise.helpline.conversations.rules import ConversationOver, ConversationState, TokenUnknown
from balise.helpline.conversations.rules.hours import heading, schedule, words
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.web.forms import AskForm, SayForm
from balise.helpline.conversations.web.standing import closed_for, who_knows

type Known = Callable[..., HttpResponse]


def with_token(view: Known) -> Known:
    """Give the view the token in the browser's cookie; without one, lead to the start."""

    @wraps(view)
    def known(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        token = admitting.token_in(request.headers.get("Cookie", ""))
        if token is None:
            return _to_start(request)
        try:
            return view(request, token, *args, **kwargs)
        except TokenUnknown:
            return _to_start(request)

    return known


@spends("helpline.conversations.begun")
@public.form
@paced
def start(request: Request) -> HttpResponse:
    """Show what talking here means, and whether it is open; begin."""
    form = AskForm(request.POST or None, initial={"nickname": random.choice(_nicknames())})  # noqa: S311
    if request.method != "POST" and _has_one(request):
        return redirect("talk:room")
    is_life_danger = "not_safe" in request.POST
    if blocked := _block_of(request, is_life_danger=is_life_danger):
        return _show_blocked(request, *blocked)
    if request.method != "POST":
        answer = _show_start(request, form)
        if admitting.block_cookie_name() in request.COOKIES:
            answer.delete_cookie(admitting.block_cookie_name(), samesite="Strict")
        return answer
    if not queries.open_now().is_open:
        return _show_start(request, form, HTTPStatus.CONFLICT)
    if not form.is_valid():
        return _show_start(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    before = admitting.token_in(request.headers.get("Cookie", ""))
    begun = saying.ask(
        **form.cleaned_data,
        language=(get_language() or "")[:10],
        is_life_danger=is_life_danger,
        before=before,
        is_by_code=before is not None and _was_typed(request, before),
        by=request.actor,
    )
    answer = redirect("talk:danger" if is_life_danger else "talk:room")
    _remember(answer, begun.token)
    return answer


@public.get
@with_token
def room(request: Request, token: Receipt) -> HttpResponse:
    """Show the waiting room, the conversation, or that it has ended."""
    noted = presence.be_seen(token=token, by=request.actor)
    answer = _show_room(request, token, SayForm())
    if noted.state is ConversationState.ENDED:
        _remember_block(answer, token)
    return answer


@public.post
@paced_nearby
@with_token
def say(request: Request, token: Receipt) -> HttpResponse:
    """Keep a message; sent again it is the same one. What cannot be sent stays in the field."""
    form = SayForm(request.POST)
    if form.is_valid():
        with attempt(request, form, at="text", conflict=ConversationOver):
            seq = saying.say(token=token, by=request.actor, **form.cleaned_data)
            return JsonResponse({"seq": seq}) if _is_script(request) else redirect("talk:room")
    if _is_script(request):
        says = " ".join(str(each) for each in form.errors.get("text", []))
        return JsonResponse({"says": says}, status=status_of(form))
    return _show_room(request, token, form)


@public.post
@with_token
def typing(request: Request, token: Receipt) -> HttpResponse:
    """Show the listener that one is writing."""
    passing.be_typing(conversation_id=queries.by_token(token), by=request.actor)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@public.post
@with_token
def seen(request: Request, token: Receipt) -> HttpResponse:
    """Hear that the page is there, and say where the conversation stands."""
    noted = presence.be_seen(token=token, by=request.actor)
    standing = (
        queries.waits(noted.conversation) if noted.state is ConversationState.WAITING else None
    )
    closed = closed_for(noted.state, standing)
    has_removal = ports.has_removal.ask(noted.conversation)
    waits: dict[str, object] = {}
    if standing is not None:
        waits = {"first": standing.comes_first, "ahead": standing.ahead}
        waits |= {} if standing.comes_first else {"band": standing.band.label}
    if standing or closed:
        waits["closed"] = closed is not None
    answer = JsonResponse(
        {
            "state": noted.state,
            "heading": heading(noted.state, standing, closed),
            "cut": noted.is_cut,
        }
        | {"words": words(standing, closed), "has_removal": has_removal}
        | waits
        | _said_once_ended(token, noted.state)
    )
    if noted.state is ConversationState.ENDED:
        _remember_block(answer, token)
    return answer


@public.post
@with_token
def another(request: Request, token: Receipt) -> HttpResponse:
    """Let someone else of the team come: the listener's line was cut."""
    saying.have_another(token=token, by=request.actor)
    return redirect("talk:room")


@public.form
@with_token
def danger(request: Request, token: Receipt) -> HttpResponse:
    """Show the numbers to call now, and whether anyone knows; the one who pressed is first in line.

    Whose conversation has ended begins another, by the form's `not_safe`.
    """
    if request.method == "POST":
        if saying.be_in_danger(token=token, by=request.actor):
            return redirect("talk:danger")
        return redirect("talk:start", preserve_request=True)
    one, _key = queries.opened(token)
    state = ConversationState(one.state)
    context = {"knows": who_knows(one.id, state), "has_ended": state is ConversationState.ENDED}
    return render(request, "helpline/conversations/danger.html", context)


@public.form
@with_token
def end(request: Request, token: Receipt) -> HttpResponse:
    """Ask how to end; end, and erase here and at ours if that is wanted."""
    if request.method != "POST":
        has_removal = ports.has_removal.ask(queries.by_token(token))
        context = {"has_removal": has_removal}
        return render(request, "helpline/conversations/end.html", context)
    erases = request.POST.get("how") == "erase"
    if erases:
        passing.erase_own(token=token, by=request.actor)
    else:
        passing.end_own(token=token, by=request.actor)
    answer = redirect("talk:ended")
    _forget(answer)
    if erases:
        quick_exit.empty_cache(answer)
    else:
        _remember_block(answer, token)
    return answer


@public.get
def ended(request: Request) -> HttpResponse:
    """Say goodbye; nothing of the conversation is on this device any more."""
    return render(request, "helpline/conversations/ended.html")


@public.form
@with_token
def code(request: Request, token: Receipt) -> HttpResponse:
    """Show the code that opens this conversation again, to one who asks for it."""
    queries.by_token(token)
    if request.method == "POST":
        return redirect("talk:code")
    return render(request, "helpline/conversations/code.html", {"code": code_of(token)})


@public.form
@paced
def resume(request: Request) -> HttpResponse:
    """Open a conversation again with its code, or what another code opens."""
    form = CodeForm(posted(request))
    if answer := pauses.enter(request, form, door=WAY.door):
        return answer
    return render(
        request, "helpline/conversations/resume.html", {"form": form}, status=status_of(form)
    )


def _open(request: Request, token: Receipt) -> HttpResponse | None:
    try:
        presence.be_seen(token=token, by=request.actor)
    except TokenUnknown:
        return None
    answer = redirect("talk:room")
    _keep(answer, admitting.cookie_name(), token)
    _keep(answer, admitting.typed_cookie_name(), queries.bearer_of_token(token))
    return answer


WAY: Final = pauses.Way("talk", _open)


def _show_start(request: Request, form: AskForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "hours": queries.open_now(), "nicknames": _nicknames()}
    return render(request, "helpline/conversations/start.html", context, status=status)


def _show_blocked(request: Request, bearer: str, blocked: Blocked) -> HttpResponse:
    status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
    context = {"until": blocked.until, "hours": queries.open_now()}
    answer = render(request, "helpline/conversations/blocked.html", context, status=status)
    _keep_block(answer, bearer, blocked)
    return answer


def _show_room(request: Request, token: Receipt, form: SayForm) -> HttpResponse:
    one, key = queries.opened(token)
    standing = queries.waits(one.id)
    closed = closed_for(ConversationState(one.state), standing)
    if one.state == ConversationState.ENDED:  # what was not sent is still theirs
        form.fields["text"].widget.attrs["readonly"] = True
    writes = "write" in request.GET or form.is_bound
    context = {
        "one": queries.shown(one, key),
        "events": queries.after(one.id, 0, key=key),
        "heading": heading(ConversationState(one.state), standing, closed),
        "standing_words": words(standing, closed),
        "is_cut": line.is_cut(one),
        "comes_first": standing is not None and standing.comes_first,
        "closed": closed,
        "form": form,
        "has_removal": ports.has_removal.ask(one.id),
        "questions_url": _questions_url(queries.questions_token(one, key)),
        "parts": parts_of("talk.room", token, seen_by=request.actor),
        "beside_words": parts_of("talk.composer", token, seen_by=request.actor),
        "writes": writes,
        "refreshes": not writes and one.state != ConversationState.ENDED,
    }
    return render(request, "helpline/conversations/room.html", context, status=status_of(form))


def _said_once_ended(token: Receipt, state: ConversationState) -> dict[str, str]:
    if state is not ConversationState.ENDED:
        return {}
    return {"questions_url": _questions_url(queries.questions_token(*queries.opened(token)))}


def _questions_url(token: Receipt | None) -> str:
    """Return where the questions afterwards are asked; "" before, and once they are closed."""
    is_open = token is not None and contacts.are_open(token)
    return reverse("after:after", args=[token]) if is_open else ""


def _has_one(request: Request) -> bool:
    token = admitting.token_in(request.headers.get("Cookie", ""))
    try:
        return token is not None and queries.opened(token)[0].state != ConversationState.ENDED
    except TokenUnknown:
        return False


def _block_of(request: Request, *, is_life_danger: bool) -> tuple[str, Blocked] | None:
    """Return what this browser is known by, and its block; None where it may come in."""
    token = admitting.token_in(request.headers.get("Cookie", ""))
    known = (
        request.COOKIES.get(admitting.block_cookie_name(), ""),
        queries.bearer_of_token(token) if token else "",
    )
    for bearer in known:
        blocked = contacts.blocked(bearer, life_in_danger=is_life_danger)
        if blocked:
            return bearer, blocked
    return None


def _nicknames() -> list[str]:
    words = str(schedule(settings.COUNTRY, zone=settings.TIME_ZONE).nicknames)
    return [name.strip() for name in words.split(",")]


def _is_script(request: Request) -> bool:
    return "X-Talk" in request.headers


def _remember(answer: HttpResponse, token: Receipt) -> None:
    """Keep the token until the browser is closed, where no script reads it."""
    _keep(answer, admitting.cookie_name(), token)
    answer.delete_cookie(admitting.typed_cookie_name(), samesite="Strict")


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(name, value, secure=secure, httponly=True, samesite="Strict")


def _was_typed(request: Request, token: Receipt) -> bool:
    """Return whether the code of this token was typed here: the browser alone proves nobody."""
    typed = request.COOKIES.get(admitting.typed_cookie_name(), "")
    return typed == queries.bearer_of_token(token)


def _remember_block(answer: HttpResponse, token: Receipt) -> None:
    """Where a conversation ended with a block, let the browser be known until that is over."""
    bearer = queries.bearer_of_token(token)
    if blocked := contacts.blocked(bearer):
        _keep_block(answer, bearer, blocked)


def _keep_block(answer: HttpResponse, bearer: str, blocked: Blocked) -> None:
    answer.set_cookie(
        admitting.block_cookie_name(),
        bearer,
        max_age=blocked.may_last_until - now(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _to_start(request: Request) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"code": "token-unknown"}, status=HTTPStatus.NOT_FOUND)
    answer = redirect("talk:start")
    _forget(answer)
    return answer


def _forget(answer: HttpResponse) -> None:
    answer.delete_cookie(admitting.cookie_name(), samesite="Strict")
    answer.delete_cookie(admitting.typed_cookie_name(), samesite="Strict")
