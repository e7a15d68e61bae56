"""Wrap up in one go: what it was, and the fact that stays; then the questions afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Required, TypedDict
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.receipts import Receipt, new_receipt
from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.events import (
    ContactWrapped,
    QuestionsAnswered,
    RiskLowered,
    TopicMet,
)
from balise.helpline.contacts.models import Contact, Fact, Questions
from balise.helpline.contacts.rules import (
    Channel,
    ContactState,
    asking,
    check_is_open,
    check_is_yours,
)
from balise.helpline.contacts.rules.asking import Answer, Mood
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
        )
        fact.save(force_insert=True)
        questions_of(fact=fact, token=token, since=moment, by=by).save(force_insert=True)
        one.state, one.closed_at, one.kind, one.risk = ContactState.CLOSED, moment, kind.code, risk
        if reason:
            _lower(one, worst, reason, lowered_words, by)
        one.save(update_fields=("state", "closed_at", "kind", "risk", "sealed_body"))
        record_many(events_of(one=one, fact=fact, by=by), by=by)
    return token


def fact_of(
    *,
    one: Contact,
    kind: ContactKind,
    risk: Risk,
    codes: Met,
    seconds: int,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> Fact:
    """Return, unsaved, the fact that stays of a contact; refuse codes that its day did not have."""
    day = day_of(one.begun_at)
    form, lists, age = queries.form(day), queries.topics(day), codes.get("age")
    return Fact(
        day=day,
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
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> list[Event]:
    """Return what the journal says of a contact that was wrapped up."""
    topics = (
        TopicMet(subject=one.id, topic=Code(topic), channel=Channel(one.channel))
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
