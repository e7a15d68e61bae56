"""Wrap up in one go: what it was, and the fact that stays; then the questions afterwards."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from balise.foundation import rows
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    WrapRow,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.foundation.journal.book import Past, record, record_many, record_past
from balise.foundation.journal.events import Code, Event
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.actions.keeping import seal_drawer
from balise.helpline.contacts.events import (
    ContactBegun,
    ContactSaved,
    ContactWrapped,
    QuestionsAnswered,
    RiskLowered,
    TopicMet,
)
from balise.helpline.contacts.models import LINE, Contact, Fact, Questions
from balise.helpline.contacts.rules import (
    Channel,
    ContactState,
    asking,
    check_is_open,
    check_is_yours,
)
from balise.helpline.contacts.rules.asking import Answer, Mood
from balise.helpline.contacts.rules.forms import Drawer
from balise.helpline.contacts.rules.kinds import ContactKind, check_topics, contact_kind
from balise.helpline.contacts.rules.lowering import LONGEST_REASON, check_reason
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import Risk


class Met(TypedDict, total=False):
    """What someone came with, and what came of it, in codes; see `wrap_up`."""

    topics: Sequence[str]
    actions_taken: Sequence[str]
    place: str
    outcome: str
    age: int | None
    age_band: str
    gender: str
    caller: str


class Codes(Met, total=False):
    """What a contact was, in codes; see `wrap_up`."""

    contact_type: Required[str]
    risk: Risk | None
    lowered: str
    lowered_words: str


def wrap_up(  # noqa: PLR0913 - a whole page, in one go
    *,
    contact_id: UUID,
    contact_type: str,
    topics: Sequence[str] = (),
    risk: Risk | None = None,
    lowered: str = "",
    lowered_words: str = "",
    actions_taken: Sequence[str] = (),
    place: str = "",
    outcome: str = "",
    age: int | None = None,
    age_band: str = "",
    gender: str = "",
    caller: str = "",
    seconds: int | None = None,
    by: Actor,
) -> Receipt:
    """Close a contact with its codes, and return the token of the two questions afterwards.

    It lasted `seconds`, or since it began where nothing better is known. Codes are those of the
    form of the day it began: FieldWrong, KindUnknown, TopicUnknown or TopicNeeded else. The fact
    that stays has no link to the record.

    With an `age` in years its band is derived; without one a band may be said.

    Its risk is the highest that was said or raised in this contact (None), unless `lowered` gives
    the code of a reason; words about it are sealed. Refuses (ReasonNeeded) a lower one without.
    """
    access.require(by, access.WORK)
    moment, token = now(), new_receipt()
    with transaction.atomic():
        one = Contact.locked(contact_id)
        check_is_yours(listener=one.listener, by=by.key)
        check_is_open(one.state)
        day = day_of(one.begun_at)
        kind = contact_kind(contact_type, country=queries.country())
        form = queries.form(day)
        worst = queue.worst_about(one.subject, since=one.begun_at)
        risk = risk or worst
        reason = check_reason(risk, worst=worst, reason=form.check_code(lowered, of="lowering"))
        fact = fact_of(
            by=by,
            one=one,
            kind=kind,
            risk=risk,
            codes={
                "topics": topics,
                "actions_taken": actions_taken,
                "place": place,
                "outcome": outcome,
                "age": age,
                "age_band": age_band,
                "gender": gender,
                "caller": caller,
            },
            seconds=_since(one, moment) if seconds is None else seconds,
            closed_at=moment,
        )
        fact.save(force_insert=True)
        questions_of(fact=fact, token=token, since=moment, by=by).save(force_insert=True)
        one.state, one.closed_at, one.kind, one.risk = ContactState.CLOSED, moment, kind.code, risk
        if reason:
            _lower(one, worst, reason, lowered_words, by)
        one.save(update_fields=("state", "closed_at", "kind", "risk", "sealed_body"))
        again = queries.met_again(one.id, fact.topics, on=day_of(moment))
        record_many(events_of(one=one, fact=fact, again=again, by=by), by=by)
    return token


def fact_of(
    *,
    one: Contact,
    kind: ContactKind,
    risk: Risk,
    codes: Met,
    seconds: int,
    closed_at: datetime,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> Fact:
    """Return, unsaved, the fact that stays of a contact; refuse codes that its day did not have."""
    day = day_of(one.begun_at)
    form, lists, age = queries.form(day), queries.topics(day), codes.get("age")
    return Fact(
        day=day,
        recorded=day_of(closed_at),
        half_hour=_half_hour(one.begun_at),
        channel=one.channel,
        kind=kind.code,
        is_counselling=kind.is_counselling,
        topics=list(check_topics(kind, lists.check(tuple(codes.get("topics", ()))))),
        age=age,
        age_band=form.check_code(codes.get("age_band", ""), of="age_bands")
        if age is None
        else form.band_of(age, of="age_bands"),
        gender=form.check_code(codes.get("gender", ""), of="gender"),
        caller=form.check_code(codes.get("caller", ""), of="callers"),
        risk=risk,
        actions_taken=list(
            form.check_codes(tuple(codes.get("actions_taken", ())), of="actions_taken")
        ),
        place=form.check_code(codes.get("place", ""), of="places"),
        outcome=form.check_code(codes.get("outcome", ""), of="outcomes"),
        duration_s=seconds,
        waited_s=one.waited_s,
    )


def questions_of(
    *,
    fact: Fact,
    token: Receipt,
    since: datetime,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> Questions:
    """Return, unsaved, the link to the questions afterwards."""
    return Questions(token_key=receipt_index(token), fact=fact, ends_at=since + asking.OPEN_FOR)


def events_of(
    *,
    one: Contact,
    fact: Fact,
    again: Collection[str] = (),
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> list[Event]:
    """Return what the journal says of a contact that was wrapped up.

    `again`: grave topics that its case had already in this quarter (`queries.met_again`).
    """
    topics = (
        TopicMet(
            subject=one.id,
            topic=Code(topic),
            channel=Channel(one.channel),
            again=Code("case" if topic in again else ""),
        )
        for topic in fact.topics
    )
    return [_wrapped(one, fact), *topics]


def answer(
    *,
    token: Receipt,
    helpful: Answer | None = None,
    recommends: Answer | None = None,
    before: Mood | None = None,
    after: Mood | None = None,
    by: Actor = ANYONE,
) -> None:
    """Save the answers to the questions afterwards, once, on the fact; its link is deleted.

     Anyone with the token may.

    Refuses (QuestionsOver) a token that was used, that is too old or that never was.
    """
    with transaction.atomic():
        found = Questions.objects.select_for_update().filter(token_key=receipt_index(token))
        questions = found.filter(ends_at__gt=now()).first()
        if questions is None:
            raise asking.over()
        Fact.objects.filter(id=questions.fact_id).update(
            helpful=helpful or "",
            recommends=recommends or "",
            mood_before=before,
            mood_after=after,
        )
        questions.delete()
        record(
            QuestionsAnswered(
                subject=uuid4(), helpful=Code(helpful or ""), recommends=Code(recommends or "")
            ),
            by=by,
        )


def _lower(one: Contact, worst: Risk, reason: str, words: str, by: Actor) -> None:
    """Write down why a record is lower than its contact was; words about it are sealed in it."""
    if words := words.strip()[:LONGEST_REASON]:
        keeping.add_to_body(one=one, given={"lowered": words}, by=by)
    record(
        RiskLowered(subject=one.id, before=Code(worst), after=Code(one.risk), reason=Code(reason)),
        by=by,
    )


def _wrapped(one: Contact, fact: Fact) -> ContactWrapped:
    return ContactWrapped(
        subject=one.id,
        channel=Channel(one.channel),
        kind=Code(fact.kind),
        is_counselling=fact.is_counselling,
        risk=Code(fact.risk),
        age_band=Code(fact.age_band),
        caller=Code(fact.caller),
        place=Code(fact.place),
        outcome=Code(fact.outcome),
        seconds=fact.duration_s,
    )


def _since(one: Contact, moment: datetime) -> int:
    return max(int((moment - one.begun_at).total_seconds()), 0)


def _half_hour(moment: datetime) -> int:
    local = timezone.localtime(moment)
    return local.hour * 2 + local.minute // 30


# Bring in contacts that are over, with their records: thousands at once.
#
# Each leaves the rows, the facts and the tallies of one that a listener began, wrote once and
# wrapped up (`keeping.begin`, `keeping.save`, `wrapping.wrap_up`), at the moments at which that
# happened.


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A contact that is over: about what, when, what it was in codes, and what was written of it.

    `given` is by field of the form; nothing was written where it is empty. Its risk was never
    lowered.
    """

    subject: UUID
    channel: Channel
    begun_at: datetime
    closed_at: datetime
    contact_type: str
    met: Met
    given: Mapping[str, Any]
    waited_s: int = 0
    risk: Risk = Risk.F
    item: UUID | None = None


@dataclass(slots=True)
class _Kept:
    contacts: list[Contact]
    facts: list[Fact]
    links: list[Questions]
    wraps: list[WrapRow]
    told: list[Past]


def bring_in(
    *,
    contacts: Sequence[tuple[Brought, Actor]],
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> list[UUID]:
    """Bring in contacts, each with the listener who had it; return their records, in order.

    Refuses what the form of its day refuses. They are all written, or none.
    """
    for who in {who for _one, who in contacts}:
        access.require(who, access.WORK)
    sealer, kept = BatchSealer(LINE), _Kept([], [], [], [], [])
    for one, who in contacts:
        _keep(kept, one, sealer, who)
    with transaction.atomic():
        rows.insert_objects(kept.contacts)
        rows.insert(KeyWrap, WRAP_COLUMNS, [sealer.own_columns(), *kept.wraps])
        rows.insert_objects(kept.facts)
        rows.insert_objects(kept.links)
        record_past(kept.told)
    return [one.id for one in kept.contacts]


def _keep(kept: _Kept, brought: Brought, sealer: BatchSealer, by: Actor) -> None:
    key = new_key(LINE, uuid4())
    kind = contact_kind(brought.contact_type, country=queries.country())
    one = Contact(
        id=key.record,
        channel=brought.channel,
        subject=brought.subject,
        item=brought.item,
        listener=by.key,
        state=ContactState.CLOSED,
        risk=brought.risk,
        kind=kind.code,
        waited_s=max(brought.waited_s, 0),
        begun_at=brought.begun_at,
        closed_at=brought.closed_at,
    )
    day = day_of(brought.begun_at)
    values = queries.form_values(brought.given, day)
    drawers = queries.form(day).drawers(values)
    if drawers[Drawer.NOTES]:
        access.require(by, access.NOTES)
    for drawer, fields in drawers.items():
        if fields:
            seal_drawer(one=one, key=key, drawer=drawer, fields=fields, by=by)
            one.version = 1
    seconds = max(int((brought.closed_at - brought.begun_at).total_seconds()), 0)
    fact = fact_of(
        one=one,
        kind=kind,
        risk=brought.risk,
        codes=brought.met,
        seconds=seconds,
        closed_at=brought.closed_at,
        by=by,
    )
    kept.contacts.append(one)
    kept.facts.append(fact)
    kept.links.append(questions_of(fact=fact, token=new_receipt(), since=brought.closed_at, by=by))
    kept.wraps.append(sealer.columns(key))
    kept.told += ((event, by, at) for event, at in _told(one, fact, brought, by))


def _told(
    one: Contact, fact: Fact, brought: Brought, by: Actor
) -> Iterator[tuple[Event, datetime]]:
    yield ContactBegun(subject=one.id, channel=brought.channel), brought.begun_at
    if one.version:
        yield ContactSaved(subject=one.id, version=one.version), brought.closed_at
    for event in events_of(one=one, fact=fact, by=by):
        yield event, brought.closed_at
