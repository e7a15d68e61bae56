"""The public door: write to the helpline, and read the answer with a code. No script is needed."""

from http import HTTPStatus
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from balise.foundation.encryption.worded import Receipt, ReceiptMistyped, new_worded, read_receipt
from balise.foundation.web import pauses, quick_exit
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.phrases import code_of
from balise.foundation.web.quick_exit import TokenCookie
from balise.helpline.channels import queries
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.rules import Audience, ThreadUnknown
from balise.helpline.channels.web.forms import AdultForm, MoreForm, ReadForm, WriteForm

# The code of what someone wrote, in their browser until it is closed.


CODE: Final = TokenCookie("write")


@public.form
@paced
def start(request: Request) -> HttpResponse:
    """Write as a young person."""
    return _start(request, WriteForm(posted(request)), is_young=True)


@public.form
@paced
def start_as_adult(request: Request) -> HttpResponse:
    """Write as a parent or a professional."""
    return _start(request, AdultForm(posted(request)), is_young=False)


@public.form
@paced
def code(request: Request) -> HttpResponse:
    """Open what one wrote, with its code, or what another code opens."""
    form = ReadForm(posted(request))
    if answer := pauses.enter(request, form, door=WAY.door):
        return answer
    return render(request, "helpline/channels/code.html", {"form": form}, status=status_of(form))


@public.get
def thread(request: Request) -> HttpResponse:
    """Show what was written on both sides, and the code."""
    return _show(request, MoreForm())


@public.post
@paced
def more(request: Request) -> HttpResponse:
    """Add a message; what cannot be kept stays in the field."""
    token = CODE.read(request)
    form = MoreForm(request.POST)
    if token is None:
        return _ask_again(request)
    if form.is_valid():
        try:
            with attempt(request, form, at="text"):
                receiving.write_again(token=token, by=request.actor, **form.cleaned_data)
                return redirect("write:thread")
        except ThreadUnknown:
            return _ask_again(request)
    return _show(request, form)


@public.post
def leave(request: Request) -> HttpResponse:
    """Forget the code on this device; with `erase`, destroy what was written too."""
    token = CODE.read(request)
    is_erased = token is not None and request.POST.get("how") == "erase"
    if is_erased and token is not None:
        try:
            answering.erase_own(token=token, by=request.actor)
        except ThreadUnknown:
            return _forgotten("write:start")
    answer = redirect(reverse("write:left") + ("?how=erase" if is_erased else ""))
    CODE.drop(answer)
    quick_exit.empty_cache(answer)
    return answer


@public.get
def left(request: Request) -> HttpResponse:
    """Say what is left: nothing on this device, and with `how=erase` nothing at the helpline."""
    context = {"is_erased": request.GET.get("how") == "erase"}
    return render(request, "helpline/channels/left.html", context)


def _open(request: Request, token: Receipt) -> HttpResponse | None:  # noqa: ARG001 - as all ways
    try:
        queries.by_token(token)
    except ThreadUnknown:
        return None
    answer = redirect("write:thread")
    CODE.put(answer, token)
    return answer


WAY: Final = pauses.Way("write", _open)


def _start(request: Request, form: WriteForm, *, is_young: bool) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        token = _ticket(given["ticket"])
        with attempt(request, form, at="text"):
            receiving.begin(
                token=token,
                message_id=given["message_id"],
                text=given["text"],
                audience=given.get("audience", Audience.YOUNG),
                email=given["email"],
                safety=given["safety"],
                language=(get_language() or "")[:10],
                by=request.actor,
            )
            answer = redirect("write:thread")
            CODE.put(answer, token)
            return answer
    context = {"form": form, "is_young": is_young, "hours": queries.reading_hours()}
    return render(request, "helpline/channels/start.html", context, status=status_of(form))


def _show(request: Request, form: MoreForm) -> HttpResponse:
    token = CODE.read(request)
    if token is None:
        return redirect("write:code")
    try:
        one = queries.opened(token)
    except ThreadUnknown:
        return _forgotten("write:code")
    context = {
        "one": one,
        "is_young": one.audience is Audience.YOUNG,
        "code": code_of(token),
        "form": form,
        "hours": queries.reading_hours(),
    }
    return render(request, "helpline/channels/thread.html", context, status=status_of(form))


def _ask_again(request: Request) -> HttpResponse:
    """Ask for the code, and show what was typed: nothing is lost."""
    context = {"form": ReadForm(), "typed": request.POST.get("text", "")}
    return render(request, "helpline/channels/code.html", context, status=HTTPStatus.CONFLICT)


def _ticket(text: str) -> Receipt:
    try:
        return read_receipt(text)
    except ReceiptMistyped:  # someone changed the page
        return new_worded()


def _forgotten(to: str) -> HttpResponse:
    answer = redirect(to)
    CODE.drop(answer)
    return answer
