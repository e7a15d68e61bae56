"""What anyone does with events: look, register without an account, put them in a calendar."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from balise.awareness.events import queries
from balise.awareness.events.actions import registering
from balise.awareness.events.queries import calendar
from balise.awareness.events.queries.replay import replay
from balise.awareness.events.queries.when import elsewhere
from balise.awareness.events.rules.ical import TYPE, Method, write
from balise.awareness.events.rules.registering import KEPT, Incoming
from balise.awareness.events.rules.words import Standing
from balise.awareness.events.web.forms import RegisterForm
from balise.awareness.events.web.showing import shown_in
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

FULL: Final = "full"


@public.get
def coming(request: Request) -> HttpResponse:
    """Show the events to come, and those that can be watched again."""
    language = _language()
    context = {
        "coming": [shown_in(card, language) for card in queries.to_come()],
        "past": [shown_in(card, language) for card in queries.past()],
    }
    return render(request, "events/coming.html", context)


@public.get
def event(request: Request, event_id: UUID) -> HttpResponse:
    """Show one event."""
    card, language = queries.public(event_id), _language()
    context = {
        "event": shown_in(card, language),
        "elsewhere": elsewhere(card.starts_at, card.zone) if card.is_online else (),
        "replay": replay(card.replay, language=language),
        "editions": [shown_in(each, language) for each in queries.editions(card)],
    }
    return render(request, "events/event.html", context)


@public
@paced
def register(request: Request, event_id: UUID) -> HttpResponse:
    """Register an adult; the answer is the same whether the address was registered or not."""
    form = RegisterForm(posted(request))
    if form.is_valid():
        kind = queries.kind_of(event_id)
        with attempt(request, form, conflict=True):
            standing = registering.register(
                incoming=Incoming(
                    event=event_id, kind=kind, language=_language(), **form.cleaned_data
                ),
                by=request.actor,
            )
            place = reverse("events:registered", args=[event_id])
            return redirect(f"{place}?{FULL}=1" if standing is Standing.WAITING else place)
    context = {"event": shown_in(queries.public(event_id), _language()), "form": form}
    return render(request, "events/register.html", context, status=status_of(form))


@public.get
def registered(request: Request, event_id: UUID) -> HttpResponse:
    """Say what was done: a place, or the waiting list; the mail says it of one's own address."""
    card = queries.public(event_id)
    context = {
        "event": shown_in(card, _language()),
        "was_full": FULL in request.GET,
        "erased_on": card.ends_at + KEPT,
    }
    return render(request, "events/registered.html", context)


@public.get
def feed(request: Request) -> HttpResponse:  # noqa: ARG001 - everyone's is the same
    """Give the calendar that is asked for again and again: changed and cancelled events too."""
    return HttpResponse(calendar.feed(_language()), content_type=f"{TYPE}; charset=utf-8")


@public.get
def one(request: Request, event_id: UUID) -> HttpResponse:  # noqa: ARG001 - as above
    """Give one event for a calendar."""
    told = calendar.told(queries.public(event_id), language=_language())
    answer = HttpResponse(
        write([told], method=Method.PUBLISH), content_type=f"{TYPE}; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="event.ics"'
    return answer


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
