"""A past of the exchange: sources that were followed, a page passed, partners that block and ask.

The sources are those that `doubles` serves; no partner has a token.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _, override

from balise.foundation import clock
from balise.foundation.accounts.actions.partners import add_partner
from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.queries.exchanging import bank_names
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.actions import answering, asking, handing, planting, reading
from balise.hotline.matching.exchange.actions.answering import Given
from balise.hotline.matching.exchange.doubles.lists import invented
from balise.hotline.matching.exchange.queries import IsCutOff, key_of
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.items import Fault, Item, Page, Range, Replied, stamp
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn

OURS = "demonstration"
DAYS = 21
_HOLDS, _ASKS, _CUT_OFF = "Papotin", "Forumix", "Zigzago"
_MANY = 24


def fill(cast: Mapping[str, Actor]) -> int:
    """Make the past, and return how many partners and sources there are."""
    lead, now = cast["hotline_lead"], clock.now()
    begin = now - timedelta(days=DAYS)
    with clock.at(begin):
        _make_banks()
        entries = [_add(seed) for seed in range(_MANY)]
        for code in SOURCES:
            reading.add_source(code=code, bank=code, by=SYSTEM)
        partners = {name: _contract(name, lead) for name in (_HOLDS, _ASKS, _CUT_OFF)}
        planting.plant(bank=OURS, by=SYSTEM)
    for place, code in enumerate(SOURCES):
        _follow(code, begin + timedelta(hours=place), now)
    _pull_and_block(partners[_HOLDS], entries, begin)
    _ask_for_days(partners[_ASKS], begin)
    _measure(partners[_CUT_OFF], now - timedelta(hours=5))
    return len(partners) + len(SOURCES)


def _make_banks() -> None:
    there = bank_names()
    with override(settings.LANGUAGE_CODE):
        named = {one.bank: one.name for one in SOURCES.values()} | {OURS: _("For our partners")}
    for code, name in named.items():
        if code not in there:
            keeping.add_bank(code=code, name=name, source=name, by=SYSTEM)


def _signal(seed: int, *bits: int) -> Signal:
    """Return the hash of a drawing that nobody has drawn, with some bits changed."""
    number = int.from_bytes(Random(3018 + seed).randbytes(32))  # noqa: S311 - the same each time
    for bit in bits:
        number ^= 1 << bit
    return Signal(HashKind.PDQ, number.to_bytes(32))


def _add(seed: int) -> int:
    opinion = Opinion.POSITIVE if seed % 4 else Opinion.SEED
    [entry] = keeping.add(bank=OURS, signals=[_signal(seed)], opinion=opinion, by=SYSTEM)
    return entry


def _contract(name: str, lead: Actor) -> Actor:
    """Agree with an invented partner, and return it as who acts."""
    known = {each: UUID(one) for one, each in partner_names().items()}
    partner_id = known.get(name) or add_partner(name=name, by=SYSTEM).id
    holds = name == _HOLDS
    answering.agree(
        partner_id=partner_id, holds=holds, banks=[OURS], a_day=200, a_minute=100, by=lead
    )
    scope = access.PULL if holds else access.ASK
    return Actor(ActorKind.PARTNER, str(partner_id), frozenset({scope}))


def _follow(code: str, begin: datetime, now: datetime) -> None:
    """Read a source as it was a week ago, one page of which could not be read."""
    source_id = reading.add_source(code=code, bank=code, by=SYSTEM)
    ranged = Range(stamp(begin - timedelta(days=30)), stamp(now - timedelta(days=1)))
    items = [
        Item(
            reference=f"{code}/{one.number}",
            signals=(Signal(HashKind.PDQ, bytes.fromhex(one.pdq)),),
            origins=("7",),
        )
        for one in invented(100 + len(code), 30, begin=int(begin.timestamp()))
    ]
    with clock.at(now - timedelta(days=1)):
        page = Page(tuple(items))
        taken = reading.take_page(source_id=source_id, page=page, ranged=ranged, by=SYSTEM)
        is_bad = code == "ncmec"
        if is_bad:
            ask = SOURCES[code].begins(ranged)
            reading.pass_page(
                source_id=source_id, ask=ask, ranged=ranged, fault=Fault.UNREADABLE, by=SYSTEM
            )
        reading.close_range(
            source_id=source_id, ranged=ranged, taken=taken, bad=int(is_bad), by=SYSTEM
        )


def _pull_and_block(partner: Actor, entries: list[int], begin: datetime) -> None:
    """Let a platform hold the bank: it has all, blocked some, found none of others."""
    key = key_of(UUID(partner.key))
    with clock.at(begin + timedelta(hours=2)):
        handing.pull(after=0, by=partner)
        received = [Given(handle_of(one, key=key), Replied.RECEIVED) for one in entries]
        answering.answer(given=received, by=partner)
    turns = (Turn.AS_IS, Turn.AS_IS, Turn.MIRRORED, Turn.LEFT)
    for place, entry in enumerate(entries):
        handle = handle_of(entry, key=key)
        blocked = Given(handle, Replied.BLOCKED, turns[place % len(turns)], 1 + place % 5)
        said = blocked if place % 3 else Given(handle, Replied.NOT_FOUND)
        moment = begin + timedelta(hours=8 + 17 * place)
        _at(moment, partial(answering.answer, given=[said], by=partner))


def _ask_for_days(partner: Actor, begin: datetime) -> None:
    """Let a small platform ask a few times a day."""
    chance = Random(17)  # noqa: S311 - the same story each time
    for day in range(DAYS):
        asked = [_signal(chance.randrange(200), chance.randrange(256)) for _one in range(12)]
        moment = begin + timedelta(days=day, hours=9)
        _at(moment, partial(asking.ask, signals=asked, by=partner))


def _measure(partner: Actor, moment: datetime) -> None:
    """Let a third one measure where an entry lies: it is cut off."""
    with clock.at(moment):
        for bit in range(12):
            try:
                asking.ask(signals=[_signal(1, bit), _signal(1, *range(200, 240), bit)], by=partner)
            except IsCutOff:
                return


def _at(moment: datetime, act: Callable[[], object]) -> None:
    """Do something at a moment, if that is past."""
    if moment < clock.now():
        with clock.at(moment):
            act()
