"""Questions about the exchange, each narrowed to who asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.refusals import Refused
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.models import (
    BadPage,
    Ballot,
    Contract,
    Handed,
    HeldEntry,
    Question,
    Reply,
    Source,
)
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.items import Replied
from balise.hotline.matching.signals.rules.kinds import Turn

# The key that turns an entry's number into the handle that one partner knows.


_SALT = "balise.hotline.matching.exchange.handles"


def key_of(partner_id: UUID) -> bytes:
    """Return a partner's key of 16 bytes. It stays as long as the secret key of the centre does."""
    return salted_hmac(_SALT, partner_id.hex, algorithm="sha256").digest()[:16]


# Partners of the exchange: contracts, what they ask and answer, who waits for a page.


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


# Whether a partner may do what it asks for now.


class NoContract(Refused, code="no-contract"):
    """There is no contract with this partner, or not for this."""


class IsCutOff(Refused, code="cut-off"):
    """The partner was cut off: a person has to open it again."""


def open_contract(partner_id: UUID, *, holds: bool | None = None) -> Contract:
    """Return a partner's contract, locked. Refuses NoContract and IsCutOff."""
    one = Contract.objects.select_for_update().filter(id=partner_id).first()
    is_over = one is not None and one.ends_on is not None and one.ends_on < clock.today()
    if one is None or is_over or (holds is not None and one.holds is not holds):
        raise NoContract(_("No contract covers this."))
    if one.cut_off_at is not None:
        raise IsCutOff(_("You were cut off. Write to the centre."))
    return one


# Sources of hashes: which are due, how each stands, what could not be read.


def due() -> list[tuple[UUID, str]]:
    """Return the sources that are to be asked now, with their codes."""
    return list(Source.objects.filter(next_at__lte=now()).values_list("id", "code"))


def bad_pages_due() -> list[tuple[UUID, str]]:
    """Return the bad pages that are to be asked for now, with the codes of their sources."""
    found = BadPage.objects.filter(settled_at__isnull=True, next_at__lte=now())
    return list(found.values_list("id", "source__code"))


def ballots_due() -> list[UUID]:
    """Return the votes that are to be sent now."""
    return list(Ballot.objects.filter(next_at__lte=now()).values_list("id", flat=True))


def one(source_id: UUID) -> Source:
    """Return a source, for a job."""
    return find(Source, id=source_id)


def bad_page(page_id: UUID) -> BadPage:
    """Return a bad page with its source, for a job."""
    return find(BadPage.objects.select_related("source"), id=page_id)


def sources(*, seen_by: Actor) -> QuerySet[Source]:
    """Return every source, with how many entries we hold of it and how many pages are bad."""
    access.require(seen_by, access.READ)
    return Source.objects.annotate(
        many=Count("held", filter=Q(held__gone_at__isnull=True), distinct=True),
        bad=Count("bad_pages", filter=Q(bad_pages__settled_at__isnull=True), distinct=True),
    ).order_by("code")


def source(code: str, *, seen_by: Actor) -> Source | None:
    """Return one source by its code, or None."""
    return sources(seen_by=seen_by).filter(code=code).first()


def fingerprints(source_id: UUID, *, seen_by: Actor) -> int:
    """Return how many entries of our bank those of a source are: one may have several hashes."""
    access.require(seen_by, access.READ)
    return HeldEntry.objects.filter(held__source=source_id, held__gone_at__isnull=True).count()


def bad_pages(source_id: UUID, *, seen_by: Actor) -> QuerySet[BadPage]:
    """Return a source's bad pages, the latest first, a hundred at most."""
    access.require(seen_by, access.READ)
    return BadPage.objects.filter(source=source_id)[:100]


def ballots(source_id: UUID, *, seen_by: Actor) -> dict[str, int]:
    """Return how many votes wait, were sent, were refused."""
    access.require(seen_by, access.READ)
    return Ballot.objects.filter(held__source=source_id).aggregate(
        waiting=Count("id", filter=Q(next_at__isnull=False)),
        sent=Count("id", filter=Q(sent_at__isnull=False)),
        refused=Count("id", filter=Q(refused_at__isnull=False)),
    )


# What partners said of entries, for who follows one; and who holds a bank of ours.


@dataclass(frozen=True, slots=True)
class Answer:
    """A partner's last word on an entry. `turn` is None where it was not said.

    `blocked_at` is when it first blocked a copy, also where its last word is another.
    """

    partner: UUID
    name: str
    entry: int
    reference: str
    replied: Replied
    turn: Turn | None
    count: int
    at: datetime
    received_at: datetime | None
    blocked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A partner that may hold the bank, and when it last came for it."""

    partner: UUID
    name: str
    pulled_at: datetime | None


def answers_of(references: Collection[str]) -> list[Answer]:
    """Return what partners said of the entries with these references, the oldest first.

    A reference is that which `banks.actions.keeping.add` was given.
    """
    return _answers(Reply.objects.filter(reference__in=set(references) - {""}))


def answers_of_entries(entries: Collection[int]) -> list[Answer]:
    """Return what partners said of entries of our banks, by their numbers, the oldest first."""
    return _answers(Reply.objects.filter(entry__in=entries))


def holders(bank: str) -> list[Holder]:
    """Return the partners that may hold a bank of ours now, by name."""
    names = partner_names()
    found = [
        Holder(one.id, names.get(str(one.id), ""), one.pulled_at)
        for one in Contract.objects.filter(holds=True, cut_off_at__isnull=True)
        if bank in one.banks and (one.ends_on is None or one.ends_on >= clock.today())
    ]
    return sorted(found, key=lambda one: one.name)


def askers(bank: str) -> list[Holder]:
    """Return the partners that may ask about a bank of ours now, by name; they never pull."""
    names = partner_names()
    found = [
        Holder(one.id, names.get(str(one.id), ""), None)
        for one in Contract.objects.filter(holds=False, cut_off_at__isnull=True)
        if bank in one.banks and (one.ends_on is None or one.ends_on >= clock.today())
    ]
    return sorted(found, key=lambda one: one.name)


def _answers(found: QuerySet[Reply]) -> list[Answer]:
    names = partner_names()
    return [
        Answer(
            partner=one.contract_id,
            name=names.get(str(one.contract_id), ""),
            entry=one.entry,
            reference=one.reference,
            replied=one.replied,
            turn=None if one.turn is None else Turn(one.turn),
            count=one.count,
            at=one.at,
            received_at=one.received_at,
            blocked_at=one.blocked_at,
        )
        for one in found.order_by("at", "id")
    ]
