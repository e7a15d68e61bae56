"""Plan a meeting, seat its members, write the agenda, note a decision and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.indicators import indicator_of
from balise.steering.committee import access, events
from balise.steering.committee.models import Decision, Document, Item, Meeting, Member, Step
from balise.steering.committee.rules import (
    DecisionState,
    MeetingKnown,
    WordsMissing,
    check_step,
    number_after,
)

type Words = Mapping[str, str]


@transaction.atomic
def plan(*, day: date, place: str = "", by: Actor) -> UUID:
    """Plan a meeting; refuses a day that has one."""
    access.require(by, access.WRITE)
    rows.in_turn("committee.meetings")
    if Meeting.objects.filter(day=day).exists():
        raise MeetingKnown(_("The committee meets on this day already."))
    meeting = Meeting.objects.create(day=day, place=place)
    record(events.MeetingPlanned(subject=meeting.id, day=day), by=by)
    return meeting.id


@transaction.atomic
def seat(*, organisation: str, function: str = "", since: date | None = None, by: Actor) -> UUID:
    """Give an organisation a seat, since today unless a day is said."""
    access.require(by, access.WRITE)
    member = Member.objects.create(
        organisation=organisation, function=function, since=since or today()
    )
    record(events.MemberSeated(subject=member.id, day=member.since), by=by)
    return member.id


@transaction.atomic
def unseat(*, member_id: UUID, by: Actor) -> None:
    """End a seat today; one that has ended stays as it is."""
    access.require(by, access.WRITE)
    member = Member.locked(member_id)
    if member.until is not None:
        return
    member.until = today()
    member.save(update_fields=("until",))
    record(events.MemberLeft(subject=member.id, day=member.until), by=by)


@transaction.atomic
def add_item(*, meeting_id: UUID, words: Words, by: Actor) -> UUID:
    """Add a point to the end of the agenda."""
    access.require(by, access.WRITE)
    meeting = Meeting.locked(meeting_id)
    _require_words(words)
    item = Item.objects.create(meeting=meeting, place=meeting.items.count() + 1, words=dict(words))
    record(events.AgendaWritten(subject=item.id, meeting=meeting.id), by=by)
    return item.id


@transaction.atomic
def note_minutes(*, item_id: UUID, words: Words, by: Actor) -> None:
    """Write what was said of a point; it replaces what was written before."""
    access.require(by, access.WRITE)
    item = Item.locked(item_id)
    _require_words(words)
    item.minutes = dict(words)
    item.save(update_fields=("minutes",))
    record(events.AgendaWritten(subject=item.id, meeting=item.meeting_id), by=by)


@transaction.atomic
def add_document(*, meeting_id: UUID, title: str, address: str, by: Actor) -> UUID:
    """Add what the meeting is given to read, where it is kept."""
    access.require(by, access.WRITE)
    meeting = Meeting.locked(meeting_id)
    document = Document.objects.create(meeting=meeting, title=title, address=address)
    record(events.DocumentAdded(subject=document.id, meeting=meeting.id), by=by)
    return document.id


@transaction.atomic
def decide(
    *,
    meeting_id: UUID,
    words: Words,
    owner_id: UUID | None = None,
    due: date | None = None,
    cites: Sequence[str] = (),
    by: Actor,
) -> UUID:
    """Note what a meeting decided; refuses a figure that there is not. Numbers are by year."""
    access.require(by, access.WRITE)
    rows.in_turn("committee.decisions")
    meeting = Meeting.locked(meeting_id)
    _require_words(words)
    codes = [indicator_of(code).code for code in cites]
    year = meeting.day.year
    known = Decision.objects.filter(number__startswith=f"{year}-")
    decision = Decision.objects.create(
        meeting=meeting,
        number=number_after(list(known.values_list("number", flat=True)), year=year),
        words=dict(words),
        owner=find(Member, id=owner_id) if owner_id else None,
        due=due,
        cites=codes,
        since=meeting.day,
    )
    record(
        events.DecisionTaken(
            subject=decision.id,
            meeting=meeting.id,
            number=Code(decision.number),
            cites=len(codes),
        ),
        by=by,
    )
    return decision.id


@transaction.atomic
def move(*, decision_id: UUID, state: DecisionState, day: date, words: str = "", by: Actor) -> None:
    """Note what became of a decision on a day."""
    access.require(by, access.WRITE)
    decision = Decision.locked(decision_id)
    check_step(at=decision.stands, since=decision.since, to=state, day=day, words=words)
    Step.objects.create(decision=decision, state=state.value, day=day, words=words)
    decision.state, decision.since = state.value, day
    decision.save(update_fields=("state", "since"))
    record(events.DecisionMoved(subject=decision.id, state=state, day=day), by=by)


def _require_words(words: Words) -> None:
    if not any(one.strip() for one in words.values()):
        raise WordsMissing(_("Write it in one language at least."))
