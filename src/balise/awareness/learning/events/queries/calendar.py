"""Events as calendars are told of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, override

from balise.awareness.learning.events.models import Event, Places
from balise.awareness.learning.events.queries import COLUMNS, EventCard, as_card
from balise.awareness.learning.events.rules.facts import EventState
from balise.awareness.learning.events.rules.ical import CalendarEvent, Method, write
from balise.foundation.clock import now

PAST: Final = timedelta(days=30)  # for which the feed keeps what is over
REFRESH: Final = timedelta(hours=1)


def told(card: EventCard, *, language: str, link: str = "", attendee: str = "") -> CalendarEvent:
    """Return an event for a calendar; `link` and `attendee` are for who registered alone."""
    said = card.said(language)
    with override(language):
        page = settings.PUBLIC_ADDRESS + reverse("events:event", args=[card.id])
        joins = [_("To join: %(link)s") % {"link": link}] if link else []
    return CalendarEvent(
        uid=str(card.id),
        sequence=card.sequence,
        changed_at=card.changed_at,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        zone=card.zone,
        summary=said.title,
        description="\n".join([said.summary, *joins]),
        location=card.place or link,
        url=page,
        organiser=settings.MAIL_SENDER,
        organiser_name=card.organiser or settings.CENTRE.organisation,
        attendee=attendee,
        is_cancelled=card.state is EventState.CANCELLED,
    )


def feed(language: str) -> bytes:
    """Return the events to come, and those of 30 days past; a cancelled one stays, and says so."""
    found = Places.objects.select_related("event").only(*COLUMNS)
    found = found.filter(event__ends_at__gt=now() - PAST).exclude(event__state=EventState.DRAFT)
    with override(language):
        name = _("Events of %(centre)s") % {"centre": settings.CENTRE.organisation}
    cards = [as_card(each) for each in found.order_by("event__starts_at", "event_id")]
    events = [told(card, language=language) for card in cards]
    return write(events, method=Method.PUBLISH, name=name, refresh=REFRESH)


def sequences(uids: Sequence[str]) -> Mapping[str, int]:
    """Return the SEQUENCEs of those of our events that have one of these UIDs."""
    ours = [uid for uid in uids if is_ours(uid)]
    rows = Event.objects.filter(id__in=ours).values_list("id", "sequence")
    return {str(uid): sequence for uid, sequence in rows}


def is_ours(uid: str) -> bool:
    """Return whether a UID may be that of an event of ours: the id of one, as we write it."""
    try:
        return str(UUID(uid)) == uid
    except ValueError:
        return False
