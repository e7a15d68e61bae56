"""Say who came: by ticks, by a list of codes, or by heads where nobody registers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.learning.events import access, events
from balise.awareness.learning.events.access.rows import locked
from balise.awareness.learning.events.models import Event, Places, Registration
from balise.awareness.learning.events.rules.codes import code_of
from balise.awareness.learning.events.rules.facts import EventState, NotNow
from balise.awareness.usage.queries import views
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a list of codes: how many came, and which codes are nobody's, or two's."""

    came: int
    unknown: Sequence[str]


@transaction.atomic
def note(*, event_id: UUID, came: Collection[UUID], absent: Collection[UUID], by: Actor) -> int:
    """Note who came and who did not; return how many came in all. Others stay as they were."""
    access.require(by, access.ATTEND)
    event, places = _begun(event_id)
    rows = Registration.objects.filter(event=event)
    rows.filter(id__in=absent).update(came=False)
    rows.filter(id__in=came).update(came=True)
    before, places.came = places.came or 0, rows.filter(came=True).count()
    places.save(update_fields=("came",))
    record(
        events.AttendanceNoted(
            subject=event.id,
            kind=Code(event.kind),
            came=places.came,
            more=places.came - before,
        ),
        by=by,
    )
    return places.came


@transaction.atomic
def read_codes(*, event_id: UUID, codes: Iterable[str], by: Actor) -> Read:
    """Note that the bearers of codes came; a code that is nobody's of this event is told."""
    access.require(by, access.ATTEND)
    event, _places = _begun(event_id)
    ids = Registration.objects.filter(event=event).values_list("id", flat=True)
    owners = {one: code_of(one) for one in ids}
    many = Counter(owners.values())
    wanted = dict.fromkeys(codes)
    found = {one for one, code in owners.items() if code in wanted and many[code] == 1}
    came = note(event_id=event_id, came=found, absent=(), by=by)
    return Read(came, [code for code in wanted if many[code] != 1])


@transaction.atomic
def declare(*, event_id: UUID, heads: int, by: Actor) -> None:
    """Say how many heads were counted at an event for which nobody registers."""
    access.require(by, access.ATTEND)
    event, places = _begun(event_id)
    if places.capacity:
        raise NotNow(_("People registered for this event: note who came."))
    before, places.heads = places.heads or 0, heads
    places.save(update_fields=("heads",))
    kind, more = Code(event.kind), heads - before
    record(events.HeadsDeclared(subject=event.id, kind=kind, heads=heads, more=more), by=by)


def _begun(event_id: UUID) -> tuple[Event, Places]:
    event, places = locked(event_id)
    if event.stands is not EventState.PUBLISHED or event.starts_at > now():
        raise NotNow(_("Who came is noted once the event has begun."))
    return event, places


# Count how often the films of events were viewed: the count outlives the tallies of days.


def tell_views(*, by: Actor) -> int:
    """Add what was viewed since the last time to each event; return to how many it was added."""
    access.require(by, access.WRITE)
    with_film = Event.objects.exclude(replay=None).order_by("id").values_list("id", flat=True)
    added = 0
    for event_id in with_film:
        with transaction.atomic():
            event, places = locked(event_id)
            now = views(str(event.replay))
            more = now - places.views_told
            if more <= 0:
                continue
            places.views, places.views_told = places.views + more, now
            places.save(update_fields=("views", "views_told"))
            told = events.ReplayViewed(subject=event.id, kind=Code(event.kind), more=more)
            record(told, by=by)
            added += 1
    return added


# Destroy what is personal of who registered, and write down of which event and how many.


@transaction.atomic
def erase(*, registrations: Sequence[UUID], by: Actor) -> int:
    """Delete registrations with their keys; the counts of their events stay. Return how many."""
    access.require(by, access.NAMES)
    rows = Registration.objects.filter(id__in=registrations)
    of = Counter(rows.values_list("event_id", flat=True))
    forget(registrations)
    rows.delete()
    told = (events.RegistrationsErased(subject=event, count=many) for event, many in of.items())
    record_many(told, by=by)
    return of.total()
