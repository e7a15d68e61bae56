"""Events, for those who look after them: write, publish, move, cancel, see who registered."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.awareness.learning.events import access
from balise.awareness.learning.events.actions import drafting
from balise.awareness.learning.events.queries import EventCard, people
from balise.awareness.learning.events.queries.replay import film_at, replay
from balise.awareness.learning.events.rules.facts import EventState, Facts, is_told
from balise.awareness.learning.events.web.public import shown_in
from balise.awareness.learning.events.web.staff_forms import EventForm, ReplayForm, initial_of
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

TOLD = "told"  # the button of who has seen what will be mailed


@staff.get
def every(request: Request) -> HttpResponse:
    """List the events, the latest first."""
    shown = {
        "events": [shown_in(card, _language()) for card in people.every(seen_by=request.actor)],
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "events/staff/list.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Write a new event."""
    access.require(request.actor, access.WRITE)
    form = EventForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The draft is saved."), at=_at(form)):
            made = drafting.draft(facts=form.facts, by=request.actor)
            return redirect("staff:events:event", made)
    return render(request, "events/staff/edit.html", {"form": form}, status=status_of(form))


@staff.get
def event(request: Request, event_id: UUID) -> HttpResponse:
    """Show one event: its counts, what may be done with it, and what was deleted."""
    found = people.desk(event_id, seen_by=request.actor)
    shown = {
        "found": found,
        "event": shown_in(found.card, _language()),
        "erased": people.erased(event_id, seen_by=request.actor),
        "replay": replay(found.card.replay, language=_language()),
        "replay_form": ReplayForm(),
        **_ways(request, found.card),
    }
    return render(request, "events/staff/event.html", shown)


@staff.form
def change(request: Request, event_id: UUID) -> HttpResponse:
    """Change an event; what would be mailed is shown first, and asked for once more."""
    access.require(request.actor, access.WRITE)
    found = people.desk(event_id, seen_by=request.actor)
    form = EventForm(posted(request), initial=initial_of(found.card, found.link))
    asks = False
    if form.is_valid():
        asks = TOLD not in request.POST and _tells(found, form.facts)
        if not asks:
            with attempt(request, form, said=_("Saved."), at=_at(form)):
                drafting.change(event_id=event_id, facts=form.facts, by=request.actor)
                return redirect("staff:events:event", event_id)
    shown = {"form": form, "event": shown_in(found.card, _language()), "asks": asks, "found": found}
    return render(request, "events/staff/edit.html", shown, status=status_of(form))


@staff.post
def publish(request: Request, event_id: UUID) -> HttpResponse:
    """Make a draft public."""
    with attempt(request, said=_("The event is public.")):
        drafting.publish(event_id=event_id, by=request.actor)
    return redirect("staff:events:event", event_id)


@staff.form
def cancel(request: Request, event_id: UUID) -> HttpResponse:
    """Show what a cancellation would mail, and cancel."""
    access.require(request.actor, access.WRITE)
    found = people.desk(event_id, seen_by=request.actor)
    if request.method == "POST":
        with attempt(request, said=_("The event is cancelled, and the messages leave.")):
            drafting.cancel(event_id=event_id, by=request.actor)
        return redirect("staff:events:event", event_id)
    shown = {"found": found, "event": shown_in(found.card, _language())}
    return render(request, "events/staff/cancel.html", shown)


@staff.post
def link_replay(request: Request, event_id: UUID) -> HttpResponse:
    """Link the film of an event; an address that is no page of ours changes nothing."""
    access.require(request.actor, access.WRITE)
    form = ReplayForm(request.POST)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    page = film_at(address) if address else None
    if address and page is None:
        messages.error(request, _("This is the address of no page of ours."))
        return redirect("staff:events:event", event_id)
    with attempt(request, said=_("Saved.")):
        drafting.link_replay(event_id=event_id, page=page, by=request.actor)
    return redirect("staff:events:event", event_id)


@staff.get
def registered(request: Request, event_id: UUID) -> HttpResponse:
    """Show who registered, by name, to those who may know it."""
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() else 0
    found = people.people(event_id, after=start, seen_by=request.actor)
    card = people.desk(event_id, seen_by=request.actor).card
    shown = {
        "event": shown_in(card, _language()),
        "people": found,
        "next": people.next_after(found),
    }
    return render(request, "events/staff/people.html", shown)


def _ways(request: Request, card: EventCard) -> dict[str, bool]:
    """Return what may be done with an event by who asks, as it is now."""
    shown = shown_in(card, _language())
    may_write = request.actor.may(access.WRITE)
    is_ahead = may_write and not shown.is_over
    return {
        "may_change": is_ahead and card.state is not EventState.CANCELLED,
        "may_publish": is_ahead and card.state is EventState.DRAFT,
        "may_cancel": is_ahead and card.state is EventState.PUBLISHED,
        "may_link": may_write and shown.is_over and card.state is EventState.PUBLISHED,
        "may_attend": request.actor.may(access.ATTEND) and card.state is EventState.PUBLISHED,
        "may_name": request.actor.may(access.NAMES) and bool(card.tally.capacity),
    }


def _tells(found: people.Desk, facts: Facts) -> bool:
    """Return whether a change would be mailed to someone."""
    card = found.card
    before = {name: getattr(card, name) for name in ("starts_at", "ends_at", "zone", "place")}
    is_changed = is_told({**before, "link": found.link}, facts.columns())
    return card.state is EventState.PUBLISHED and is_changed and found.to_tell > 0


def _at(form: EventForm) -> dict[str, str]:
    """Return the field of a refusal whose field has a name of each language."""
    first = next(name for name in form.fields if name.startswith("title_"))
    return {"event-words-missing": first}


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
