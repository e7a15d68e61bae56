"""Partners of the exchange: contracts, what they ask and answer, who waits for a page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from balise.foundation import clock
from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.models import (
    BadPage,
    Contract,
    Handed,
    Question,
    Reply,
    Source,
)
from balise.hotline.matching.exchange.queries.keys import key_of
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.words import Replied

_TOLD = 1_000  # handles of one answer


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner as a page shows it."""

    contract: Contract
    name: str
    replies: int
    blocked: int

    @property
    def is_over(self) -> bool:
        """Whether its contract has ended."""
        ends_on = self.contract.ends_on
        return ends_on is not None and ends_on < clock.today()


@dataclass(frozen=True, slots=True)
class Day:
    """What a partner asked on a day."""

    day: date
    asked: int
    probes: int
    known: int
    refused: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """What a person has to look at, and since when the oldest waits."""

    count: int
    since: datetime | None


def holding() -> list[UUID]:
    """Return the partners that may hold a bank now."""
    found = Contract.objects.filter(holds=True, cut_off_at__isnull=True)
    return list(found.values_list("id", flat=True))


def waiting() -> list[UUID]:
    """Return the partners that asked for a page that was not ready."""
    return list(Contract.objects.filter(wanted__isnull=False).values_list("id", flat=True))


def banks() -> list[str]:
    """Return the banks that partners know of."""
    named = Contract.objects.filter(cut_off_at__isnull=True).values_list("banks", flat=True)
    return sorted({bank for some in named for bank in some})


def partners(*, seen_by: Actor) -> list[Partner]:
    """Return the partners of the exchange, by name."""
    access.require(seen_by, access.READ)
    names = partner_names()
    found = Contract.objects.annotate(
        said=Count("replies"), stopped=Count("replies", filter=Q(replies__blocked_at__isnull=False))
    )
    rows = [Partner(one, names.get(str(one.id), "–"), one.said, one.stopped) for one in found]
    return sorted(rows, key=lambda one: one.name.casefold())


def partner(partner_id: UUID, *, seen_by: Actor) -> Partner | None:
    """Return one partner of the exchange, or None."""
    return next((one for one in partners(seen_by=seen_by) if one.contract.id == partner_id), None)


def without_contract(*, seen_by: Actor) -> list[tuple[str, str]]:
    """Return the organisations that have no contract yet: id and name."""
    access.require(seen_by, access.MANAGE)
    there = {str(one) for one in Contract.objects.values_list("id", flat=True)}
    return [pair for pair in partner_names().items() if pair[0] not in there]


def days(partner_id: UUID, *, seen_by: Actor) -> list[Day]:
    """Return what a partner asked on each of the last thirty days that it asked."""
    access.require(seen_by, access.READ)
    found = (
        Question.objects.filter(contract=partner_id, at__gte=clock.now() - timedelta(days=30))
        .order_by()
        .values(day=TruncDate("at", tzinfo=clock.zone()))
        .annotate(
            many=Sum("asked", filter=Q(refused=""), default=0),
            new=Sum("probes"),
            hits=Sum("known"),
            over=Count("id", filter=~Q(refused="")),
        )
        .order_by("-day")
    )
    return [Day(one["day"], one["many"], one["new"], one["hits"], one["over"]) for one in found]


def said(partner_id: UUID, *, seen_by: Actor) -> dict[Replied, int]:
    """Return how many entries stand at each answer of a partner."""
    access.require(seen_by, access.READ)
    found = Reply.objects.filter(contract=partner_id).order_by().values_list("said")
    counted = dict(found.annotate(many=Count("id")))
    return {word: counted.get(word.value, 0) for word in Replied}


def withdrawn(partner_id: UUID) -> list[UUID]:
    """Return the handles that a partner was told yes about and has to forget."""
    key = key_of(partner_id)
    found = Handed.objects.filter(contract=partner_id, withdrawn_at__isnull=False)
    ended = found.order_by("withdrawn_at", "id").values_list("entry", flat=True)[:_TOLD]
    return [handle_of(entry, key=key) for entry in ended]


def alarms(*, seen_by: Actor) -> Alarms:
    """Return what is wrong: partners cut off, pages passed, sources that fail."""
    access.require(seen_by, access.READ)
    found: list[tuple[QuerySet[Any], str]] = [
        (Contract.objects.filter(cut_off_at__isnull=False), "cut_off_at"),
        (BadPage.objects.filter(settled_at__isnull=True), "seen_at"),
        (Source.objects.filter(failing_since__isnull=False), "failing_since"),
    ]
    told = [rows.aggregate(many=Count("pk"), since=Min(column)) for rows, column in found]
    since = [one["since"] for one in told if one["since"] is not None]
    return Alarms(sum(one["many"] for one in told), min(since, default=None))
