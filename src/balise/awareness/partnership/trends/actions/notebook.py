"""Note an emerging use and what becomes of it, a policy or practice, a sheet for Insafe."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.trends import access, events
from balise.awareness.partnership.trends.models import EmergingUse, Reference, Sheet
from balise.awareness.partnership.trends.rules.notebook import (
    By,
    ReferenceKind,
    Source,
    TopicUnknown,
    UseOver,
    UseState,
    check_first_seen,
    check_move,
)
from balise.awareness.partnership.trends.rules.topics import topics
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What is written of an emerging use. `evidence` is an address as text."""

    title: str
    signal: str
    topic: str
    source: Source
    first_seen: date | None
    seen_by: By
    evidence: str = ""


@transaction.atomic
def notice(*, sign: Sign, by: Actor) -> UUID:
    """Note an emerging use; refuses a topic that there is not, and a day that nobody saw."""
    access.require(by, access.WRITE)
    row = EmergingUse(id=uuid4(), noted_at=now())
    _write(row, sign)
    row.save(force_insert=True)
    record(
        events.UseNoticed(
            subject=row.id, topic=Code(row.topic), source=sign.source, first_seen=row.first_seen
        ),
        by=by,
    )
    return row.id


@transaction.atomic
def change(*, use_id: UUID, sign: Sign, by: Actor) -> None:
    """Change what is written of an emerging use; refuses one that is over."""
    access.require(by, access.WRITE)
    row = EmergingUse.locked(use_id)
    if row.stands is UseState.OVER:
        raise UseOver(_("It is over: what was written of it stays."))
    _write(row, sign)
    row.save()
    record(events.UseChanged(subject=row.id), by=by)


@transaction.atomic
def move(*, use_id: UUID, state: UseState, day: date, by: Actor) -> None:
    """Note that an emerging use is confirmed, or over, since a day."""
    access.require(by, access.WRITE)
    row = EmergingUse.locked(use_id)
    check_move(row.stands, to=state, day=day, since=row.first_seen, today=today())
    row.state = state.value
    if state is UseState.CONFIRMED:
        row.confirmed_on = day
    else:
        row.over_on = day
    row.save(update_fields=("state", "confirmed_on", "over_on"))
    record(events.UseMoved(subject=row.id, state=state, day=day), by=by)


@transaction.atomic
def note_reference(
    *,
    kind: ReferenceKind,
    day: date,
    country: str,
    title: str,
    text: str,
    topic: str,
    address: str = "",
    by: Actor,
) -> UUID:
    """Note a national policy or a good practice of a day."""
    access.require(by, access.WRITE)
    _require_topic(topic)
    row = Reference.objects.create(
        id=uuid4(),
        kind=kind.value,
        day=day,
        country=country,
        title=title,
        text=text,
        topic=topic,
        address=address,
        noted_at=now(),
    )
    record(events.ReferenceNoted(subject=row.id, kind=kind, topic=Code(topic)), by=by)
    return row.id


@transaction.atomic
def write_sheet(
    *,
    use_id: UUID,
    issue: str,
    topic: str,
    description: str,
    done: str,
    contact: str,
    by: Actor,
) -> None:
    """Write, in English, what is told of an emerging use to Insafe; a second time replaces it."""
    access.require(by, access.WRITE)
    use = EmergingUse.locked(use_id)
    Sheet.objects.update_or_create(
        use=use,
        defaults={
            "issue": issue,
            "topic": topic,
            "description": description,
            "done": done,
            "contact": contact,
            "written_on": today(),
        },
    )
    record(events.SheetWritten(subject=use.id), by=by)


@transaction.atomic
def note_export(*, use_id: UUID, form: str, by: Actor) -> None:
    """Write down that a sheet left as a file."""
    access.require(by, access.READ)
    record(events.SheetExported(subject=use_id, form=Code(form)), by=by)


def _write(row: EmergingUse, sign: Sign) -> None:
    _require_topic(sign.topic)
    row.first_seen = check_first_seen(sign.first_seen, today=today())
    row.title, row.signal, row.topic = sign.title, sign.signal, sign.topic
    row.source, row.seen_by = sign.source.value, sign.seen_by.value
    row.evidence = sign.evidence


def _require_topic(topic: str) -> None:
    if topic not in dict(topics(settings.COUNTRY)):
        raise TopicUnknown(_("Choose a topic of the list."))
