"""Import contacts of the past, as codes only: they never had a record here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.events import ContactWrapped, TopicMet
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.kinds import contact_kind
from balise.helpline.queue.rules import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A contact of the past, in codes; it ended at `at`, `seconds` after it began."""

    id: UUID
    at: datetime
    channel: Channel
    kind: str
    seconds: int
    waited: int
    risk: Risk = Risk.F
    topics: tuple[str, ...] = ()
    age_band: str = ""
    gender: str = ""
    caller: str = ""
    place: str = ""
    outcome: str = ""
    actions_taken: tuple[str, ...] = ()


def remember(*, contacts: Iterable[Remembered], at: datetime, by: Actor) -> int:
    """Keep contacts of one day as facts that stay, counted on that day; return how many.

    The journal has them at the moment `at`. Codes are not compared with the form of that day:
    what has no words any more is shown as “other”.
    """
    access.require(by, access.WORK)
    kept = list(contacts)
    with transaction.atomic(), clock.at(at):
        Fact.objects.bulk_create([_fact(one) for one in kept])
        record_many((_wrapped(one) for one in kept), by=by)
        record_many(
            (
                TopicMet(subject=one.id, topic=Code(topic), channel=one.channel)
                for one in kept
                for topic in one.topics
            ),
            by=by,
        )
    return len(kept)


def _is_counselling(one: Remembered) -> bool:
    return contact_kind(one.kind, country=queries.country()).is_counselling


def _fact(one: Remembered) -> Fact:
    local = one.at.astimezone(clock.zone())
    return Fact(
        day=local.date(),
        recorded=clock.today(),
        half_hour=local.hour * 2 + local.minute // 30,
        channel=one.channel,
        kind=one.kind,
        is_counselling=_is_counselling(one),
        topics=list(one.topics),
        age_band=one.age_band,
        gender=one.gender,
        caller=one.caller,
        risk=one.risk,
        actions_taken=list(one.actions_taken),
        place=one.place,
        outcome=one.outcome,
        duration_s=one.seconds,
        waited_s=one.waited,
    )


def _wrapped(one: Remembered) -> ContactWrapped:
    return ContactWrapped(
        subject=one.id,
        channel=one.channel,
        kind=Code(one.kind),
        is_counselling=_is_counselling(one),
        risk=Code(one.risk),
        age_band=Code(one.age_band),
        caller=Code(one.caller),
        place=Code(one.place),
        outcome=Code(one.outcome),
        seconds=one.seconds,
    )
