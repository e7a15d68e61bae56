"""Fingerprints of no picture, and contents that have them, made as the programme makes them."""

from hashlib import shake_256
from typing import Final
from uuid import UUID

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.journal import clerk
from balise.foundation.tasks.running import run_due
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.reports.actions import recognising, submitting
from balise.hotline.reports.models import Content, Recognition
from balise.hotline.reports.tests.makers import ANALYST, give_verdict, make_content, make_decision

_CASCADES: Final = 4  # a look-up, a verdict, the bank, what was seen lately


def make_signal(seed: int, *, quality: int = 100, away: int = 0) -> Signal:
    """Return a fingerprint of no picture with its eight turns, `away` bits from that of `seed`."""
    turns = [shake_256(f"{seed} {turn}".encode()).digest(32) for turn in Turn]
    apart = ((1 << away) - 1).to_bytes(32)
    turns = [bytes(one ^ other for one, other in zip(turn, apart, strict=True)) for turn in turns]
    return Signal(HashKind.PDQ, turns[0], quality, tuple(turns))


def mirrored(one: Signal) -> Signal:
    """Return the fingerprint of the mirrored picture."""
    turns = [one.turns[turn ^ Turn.MIRRORED] for turn in Turn]
    return one._replace(value=turns[0], turns=tuple(turns))


def work() -> None:
    """Do what the clerk and a worker do, until what follows from it is done."""
    for _again in range(_CASCADES):
        clerk.tick()
        run_due()


def give(content: Content, *signals: Signal, by: Actor = ANALYST) -> Content:
    """Give a content fingerprints, have the banks asked, and return it as it is then."""
    submitting.add_fingerprints(content_id=content.id, signals=signals, by=by)
    work()
    return Content.objects.get(id=content.id)


def make_fingerprinted(address: str, *signals: Signal, **given: object) -> Content:
    """Return a fresh content with fingerprints about which the banks were asked."""
    return give(make_content(address, **given), *signals)


def make_banked(
    *signals: Signal,
    bank: str = "known",
    opinion: Opinion = Opinion.POSITIVE,
    labels: tuple[str, ...] = ("hate-incitement",),
    is_negative: bool = False,
) -> list[int]:
    """Return the entries of fingerprints in a new bank."""
    keeping.add_bank(code=bank, name=bank, is_negative=is_negative, by=SYSTEM)
    return keeping.add(bank=bank, signals=signals, opinion=opinion, labels=labels, by=SYSTEM)


def recognition(content: Content | UUID) -> Recognition:
    """Return what the banks said of a content."""
    content_id = content.id if isinstance(content, Content) else content
    return Recognition.objects.get(content=content_id)


def make_copies(count: int = 2) -> list[Content]:
    """Return contents alike, of which the first was decided by a person; no other job is done."""
    found = []
    for number in range(count):
        content = make_content(f"https://copy{number}.example/")
        signal = make_signal(1) if number else mirrored(make_signal(1))
        submitting.add_fingerprints(content_id=content.id, signals=[signal], by=ANALYST)
        recognising.recognise(content_id=content.id, by=SYSTEM)
        found.append(content)
    give_verdict(found[0].id, make_decision())
    return [Content.objects.get(id=one.id) for one in found]
