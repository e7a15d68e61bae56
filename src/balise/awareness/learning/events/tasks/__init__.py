"""What the worker mails to who registered: their place, a change, two reminders."""

from collections.abc import Sequence
from datetime import time, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.learning.events import events
from balise.awareness.learning.events.access.links import token_of
from balise.awareness.learning.events.actions import attending, registering, reminding
from balise.awareness.learning.events.queries import card, people
from balise.awareness.learning.events.queries.calendar import told
from balise.awareness.learning.events.queries.when import when
from balise.awareness.learning.events.rules.facts import EventState, Standing
from balise.awareness.learning.events.rules.ical import TYPE, Method, write
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import Attachment, MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily, Every

_OCCASIONS = {events.RegisteredAgain.name: "again", events.Promoted.name: "promoted"}


def tell_places(entries: Sequence[Entry]) -> None:
    """Queue a mail to each who registered, came back, or has the place of another now."""
    for entry in entries:
        occasion = _OCCASIONS.get(entry.event, "registered")
        mail_place.later(registration_id=entry.subject, occasion=occasion, entry=entry.id)


def tell_changes(entries: Sequence[Entry]) -> None:
    """Queue a mail to each who registered for what was moved or cancelled."""
    for entry in entries:
        tell_change.later(event_id=entry.subject, sequence=int(entry.facts["sequence"]))


@job()
def tell_change(event_id: str, sequence: int) -> None:
    """Queue the mails of one change; a later one tells all."""
    if card(UUID(event_id)).sequence == sequence:
        for one in people.to_tell(UUID(event_id)):
            mail_change.later(registration_id=one, sequence=sequence)


@job()
def remind_due() -> None:
    """Queue the reminders that are due, each once."""
    for event_id, step in people.due_reminders(now()):
        if reminding.note_reminded(event_id=event_id, step=step, by=SYSTEM):
            for one in people.to_remind(event_id):
                mail_reminder.later(registration_id=one, step=step)


@job(outside=True, lane=Lane.MAIL)
def mail_place(registration_id: str, occasion: str, entry: int) -> None:
    """Tell someone where they stand; an address that takes no mail gives its place back."""
    one = people.addressed(UUID(registration_id))
    if one is None or one.held.standing is Standing.NOT_COMING:
        return
    if one.held.card.state is EventState.PUBLISHED and one.held.card.ends_at > now():
        is_waiting = one.held.standing is Standing.WAITING
        template = "event_waiting" if is_waiting else "event_place"
        _mail(template, one, f"event-{registration_id}-{entry}", occasion=occasion)


@job(outside=True, lane=Lane.MAIL)
def mail_change(registration_id: str, sequence: int) -> None:
    """Tell someone what changed, with what their calendar reads; a later change tells both."""
    one = people.addressed(UUID(registration_id))
    if one is None or one.held.card.sequence != sequence:
        return
    is_cancelled = one.held.card.state is EventState.CANCELLED
    template = "event_cancelled" if is_cancelled else "event_moved"
    _mail(template, one, f"event-{registration_id}-s{sequence}")


@job(outside=True, lane=Lane.MAIL)
def mail_reminder(registration_id: str, step: int) -> None:
    """Remind someone with a place: the day before, and the hour before with the link."""
    one = people.addressed(UUID(registration_id))
    if one is None or one.held.standing is not Standing.CONFIRMED:
        return
    event = one.held.card
    if event.state is EventState.PUBLISHED and event.starts_at > now():
        message_id = f"event-{registration_id}-r{step}-s{event.sequence}"
        _mail("event_soon", one, message_id, is_near=step > 1)


def _mail(template: str, one: people.Addressed, message_id: str, **said: object) -> None:
    event, has_place = one.held.card, one.held.standing is Standing.CONFIRMED
    link = one.link if has_place else ""
    with override(one.language):
        own = reverse("events:mine", args=[token_of(one.held.id)])
        page = reverse("events:event", args=[event.id])
        at = str(when(event.starts_at, event.ends_at, event.zone))
    context = {
        "centre": settings.CENTRE,
        "title": event.said(one.language).title,
        "when": at,
        "place": event.place,
        "link": link,
        "place_in_line": one.held.place,
        "code": one.held.code,
        "mine": f"{settings.PUBLIC_ADDRESS}{own}",
        "page": f"{settings.PUBLIC_ADDRESS}{page}",
        **said,
    }
    try:
        send(
            f"awareness/{template}",
            to=one.address,
            language=one.language,
            context=context,
            message_id=message_id,
            attachments=[_calendar(one, link)] if has_place else (),
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
        registering.release(registration_id=one.held.id, by=SYSTEM)


def _calendar(one: people.Addressed, link: str) -> Attachment:
    event = one.held.card
    method = Method.CANCEL if event.state is EventState.CANCELLED else Method.REQUEST
    for_one = told(event, language=one.language, link=link, attendee=one.address)
    parameters = {"method": method.value, "charset": "utf-8"}
    return Attachment("event.ics", write([for_one], method=method), TYPE, parameters)


@job()
def tell_views() -> None:
    """Count how often films of events were viewed."""
    attending.tell_views(by=SYSTEM)


SCHEDULE = (Every(timedelta(minutes=5), remind_due), Daily(time(4, 30), tell_views))
