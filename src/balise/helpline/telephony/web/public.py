"""The public door: ask to be called back, at a safe time. No script is needed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.web.forms import CallBackForm, YoungCallBackForm

_FIRST = "first"  # where the words told of danger


@public.form
@paced
def ask(request: Request) -> HttpResponse:
    """Ask to be called back, as a young person."""
    return _ask(request, YoungCallBackForm(posted(request)), is_young=True)


@public.form
@paced
def ask_as_adult(request: Request) -> HttpResponse:
    """Ask to be called back, as a parent or a professional."""
    return _ask(request, CallBackForm(posted(request)), is_young=False)


@public.get
def asked(request: Request) -> HttpResponse:
    """Say to a young person what happens now; nothing of what they wrote is on the page."""
    return _asked(request, is_young=True)


@public.get
def asked_as_adult(request: Request) -> HttpResponse:
    """Say to a parent or a professional what happens now."""
    return _asked(request, is_young=False)


def _asked(request: Request, *, is_young: bool) -> HttpResponse:
    context = {"is_young": is_young, "comes_first": _FIRST in request.GET}
    return render(request, "helpline/telephony/asked.html", context)


def _ask(request: Request, form: CallBackForm, *, is_young: bool) -> HttpResponse:
    if form.is_valid():
        with attempt(request, form):
            calling_back.ask_call_back(**form.given(), by=request.actor)
            page = reverse("telephony:asked" if is_young else "telephony:asked-adults")
            return redirect(f"{page}?{_FIRST}" if form.comes_first else page)
    context = {"form": form, "is_young": is_young}
    return render(request, "helpline/telephony/ask.html", context, status=status_of(form))
