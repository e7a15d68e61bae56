"""What partners said of entries, for who follows one; and who holds a bank of ours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.accounts.queries import partner_names
from balise.hotline.matching.exchange.models import Contract, Reply
from balise.hotline.matching.exchange.rules.words import Replied
from balise.hotline.matching.signals.rules.kinds import Turn


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
