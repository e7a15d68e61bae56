"""Sources, contracts and entries for tests."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_partner
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.models import Bank
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.actions import answering, reading
from balise.hotline.matching.exchange.models import BadPage, Source
from balise.hotline.matching.exchange.rules.items import Fault, Range
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

ANALYST = Actor(ActorKind.STAFF, "1", frozenset({access.READ}))
LEAD = Actor(ActorKind.STAFF, "2", frozenset({access.READ, access.MANAGE}))
BANK = "victims"


def make_bank(code: str = BANK) -> str:
    """Make a bank where there is none, and return its code."""
    if not Bank.objects.filter(code=code).exists():
        keeping.add_bank(code=code, name=code.title(), by=SYSTEM)
    return code


def make_signal(seed: int = 1) -> Signal:
    """Return a PDQ that is the same for the same seed."""
    return Signal(HashKind.PDQ, Random(seed).randbytes(32))  # noqa: S311 - the same each time


def turned(signal: Signal, *bits: int) -> Signal:
    """Return a signal with some bits changed."""
    number = int.from_bytes(signal.value)
    for bit in bits:
        number ^= 1 << bit
    return signal._replace(value=number.to_bytes(32))


def make_entry(
    signal: Signal | None = None,
    *,
    opinion: Opinion = Opinion.POSITIVE,
    bank: str = BANK,
    reference: str = "",
) -> int:
    """Add a hash to a bank, and return its entry."""
    signals = [signal or make_signal()]
    make_bank(bank)
    [entry] = keeping.add(
        bank=bank, signals=signals, opinion=opinion, reference=reference, by=SYSTEM
    )
    return entry


def make_contract(
    *,
    holds: bool = False,
    banks: Sequence[str] = (BANK,),
    a_day: int = 50,
    a_minute: int = 1_000,
    name: str = "Papotin",
) -> Actor:
    """Agree with a partner, and return it as who acts with its token."""
    partner_id: UUID = make_partner(name).id
    for bank in banks:
        make_bank(bank)
    answering.agree(
        partner_id=partner_id,
        holds=holds,
        banks=banks,
        a_day=a_day,
        a_minute=a_minute,
        by=LEAD,
    )
    scope = access.PULL if holds else access.ASK
    return Actor(ActorKind.PARTNER, str(partner_id), frozenset({scope}))


def without(actor: Actor) -> Actor:
    """Return an actor who may do nothing."""
    return replace(actor, abilities=frozenset())


def make_source(code: str = "ncmec") -> Source:
    """Follow a source into its bank."""
    source_id = reading.add_source(code=code, bank=make_bank(code), by=SYSTEM)
    return Source.objects.get(id=source_id)


def make_bad_page() -> BadPage:
    """Pass a page of a source."""
    ranged = Range("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
    page_id = reading.pass_page(
        source_id=make_source().id,
        ask=SOURCES["ncmec"].begins(ranged),
        ranged=ranged,
        fault=Fault.UNREADABLE,
        by=SYSTEM,
    )
    return BadPage.objects.get(id=page_id)
