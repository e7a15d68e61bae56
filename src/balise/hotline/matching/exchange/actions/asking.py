"""A partner that holds no bank asks: yes or no, a handle, what to do. Never how near, never a list.

Everything is written down, but no hash: how many were asked, how many new probes, how many known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks import access as banks_access
from balise.hotline.matching.banks.actions import looking
from balise.hotline.matching.banks.rules.asking import MOST_AT_ONCE, Asker
from balise.hotline.matching.banks.rules.deciding import KNOWN, Rule, decide
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.actions.answering import cut_off
from balise.hotline.matching.exchange.events import HashesAsked, QuestionRefused
from balise.hotline.matching.exchange.models import Contract, Handed, Probe, Question
from balise.hotline.matching.exchange.queries import IsCutOff, key_of, open_contract
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.items import CutOff, Todo
from balise.hotline.matching.exchange.rules.probing import (
    Budget,
    Counted,
    Near,
    Over,
    Used,
    count,
    over,
    points,
)
from balise.hotline.matching.signals.rules.kinds import Signal

_DAY = timedelta(days=1)


class BudgetUsed(Refused, code="budget-used"):
    """The partner asked as much as its contract allows; `seconds` until it may again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooManyAtOnce(Refused, code="too-many-at-once"):
    """More hashes than one request may ask about."""


@dataclass(frozen=True, slots=True)
class HashAnswer:
    """The answer about one hash."""

    is_known: bool
    handle: UUID | None
    do: Todo


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the banks of a contract know of one hash."""

    told: HashAnswer
    entry: int | None = None
    is_planted: bool = False


def ask(*, signals: Sequence[Signal], by: Actor) -> list[HashAnswer]:
    """Answer a partner about hashes, in their order.

    Refuses NoContract, IsCutOff, TooManyAtOnce and BudgetUsed. A hash that only a planted entry
    matches cuts the partner off, and so do both answers again and again around one point.
    """
    partner = access.partner_of(by, access.ASK)
    if len(signals) > MOST_AT_ONCE:
        raise TooManyAtOnce(_("Ask about fewer fingerprints at once."))
    with transaction.atomic():
        contract = open_contract(partner, holds=False)
        used_up = _spend(contract, signals, by)
        told = None if used_up else _answer(contract, signals, by)
    if used_up is not None:
        raise BudgetUsed(_("Your budget is used up. Ask again later."), used_up.seconds)
    if told is None:
        raise IsCutOff(_("You were cut off. Write to the centre."))
    return told


def _spend(contract: Contract, signals: Sequence[Signal], by: Actor) -> Over | None:
    """Return what the question would go over, and write that down."""
    at = now()
    earlier = _probes(contract)
    asked = [(point, False) for one in signals for point in points(one)]
    new = count([near for _probe, near in earlier], asked).new
    minute = contract.questions.filter(at__gt=at - timedelta(minutes=1), refused="")
    hashes = minute.aggregate(many=Sum("asked"))["many"] or 0
    left = int((_midnight() + _DAY - at).total_seconds())
    used = Used(len(earlier), hashes, left)
    used_up = over(Budget(contract.a_day, contract.a_minute), used, new=new, asked=len(asked))
    if used_up is not None:
        Question.objects.create(contract=contract, at=at, asked=len(asked), refused=used_up.what)
        event = QuestionRefused(subject=contract.id, asked=len(asked), over=Code(used_up.what))
        record(event, by=by)
    return used_up


def _answer(contract: Contract, signals: Sequence[Signal], by: Actor) -> list[HashAnswer] | None:
    """Look the hashes up and write down that they were; None where it cuts the partner off."""
    asker = replace(by, abilities=by.abilities | {banks_access.LOOK_UP})
    seen = [_seen(contract, one, asker) for one in signals]
    earlier = _probes(contract)
    asked = [
        (point, one.told.is_known)
        for signal, one in zip(signals, seen, strict=True)
        for point in points(signal)
    ]
    counted = count([near for _probe, near in earlier], asked)
    _keep(contract, [probe for probe, _near in earlier], counted)
    known = {one.entry for one in seen if one.entry is not None}
    contract.asked_at = now()
    contract.save(update_fields=("asked_at",))
    Question.objects.create(
        contract=contract, at=now(), asked=len(asked), probes=counted.new, known=len(known)
    )
    event = HashesAsked(subject=contract.id, asked=len(asked), probes=counted.new, known=len(known))
    record(event, by=by)
    if any(one.is_planted for one in seen):
        cut_off(contract=contract, why=CutOff.PLANTED, by=by)
        return None
    if counted.is_measuring:
        cut_off(contract=contract, why=CutOff.PROBING, by=by)
        return None
    Handed.objects.bulk_create(
        [Handed(contract=contract, entry=entry, at=now()) for entry in known],
        ignore_conflicts=True,
    )
    return [one.told for one in seen]


def _seen(contract: Contract, signal: Signal, asker: Actor) -> _Seen:
    looked_up = looking.look_up(signals=[signal], asker=Asker.EXCHANGE, by=asker)
    hits = [hit for hit in looked_up.hits if hit.bank in contract.banks]
    settled = decide(hits, is_partial=looked_up.is_partial)
    is_planted = any(hit.is_planted for hit in looked_up.hits)
    if settled is None or settled.hit is None:
        do = Todo.ASK_AGAIN if looked_up.is_partial else Todo.NOTHING
        return _Seen(HashAnswer(is_known=False, handle=None, do=do), is_planted=is_planted)
    do = _todo(settled.rule)
    if do not in {Todo.BLOCK, Todo.REVIEW}:
        return _Seen(HashAnswer(is_known=False, handle=None, do=do), is_planted=is_planted)
    handle = handle_of(settled.hit.entry, key=key_of(contract.id))
    told = HashAnswer(is_known=True, handle=handle, do=do)
    return _Seen(told, entry=settled.hit.entry, is_planted=is_planted)


def _todo(rule: Rule) -> Todo:
    """Return what a partner does: blocks what is known, looks at what only asks for a look."""
    if rule in KNOWN:
        return Todo.BLOCK
    return {Rule.SEED: Todo.REVIEW, Rule.PARTIAL: Todo.ASK_AGAIN}.get(rule, Todo.NOTHING)


def _probes(contract: Contract) -> list[tuple[Probe, Near]]:
    """Return a partner's probes of today."""
    found = contract.probes.filter(at__gte=_midnight()).order_by("at", "id")
    return [
        (one, Near(bytes(one.first), frozenset(one.known), frozenset(one.unknown))) for one in found
    ]


def _keep(contract: Contract, earlier: Sequence[Probe], counted: Counted) -> None:
    """Write down the probes after a question: those of before in their places, then the new."""
    at = now()
    for place, near in enumerate(counted.probes):
        known, unknown = sorted(near.known), sorted(near.unknown)
        if place >= len(earlier):
            Probe.objects.create(
                contract=contract, at=at, first=near.first, known=known, unknown=unknown
            )
        elif (earlier[place].known, earlier[place].unknown) != (known, unknown):
            Probe.objects.filter(id=earlier[place].id).update(known=known, unknown=unknown)


def _midnight() -> datetime:
    """Return when today began, where the centre is."""
    return now().astimezone(clock.zone()).replace(hour=0, minute=0, second=0, microsecond=0)
