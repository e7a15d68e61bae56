"""What a partner did about entries: it has one, blocked copies of it, found none, forgot it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.queries.exchanging import Standing, standings
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.events import (
    ContractAgreed,
    PartnerAnswered,
    PartnerConfirmedWithdrawal,
    PartnerCutOff,
    PartnerReopened,
)
from balise.hotline.matching.exchange.models import Contract, Handed, Reply
from balise.hotline.matching.exchange.queries import key_of, open_contract
from balise.hotline.matching.exchange.rules.handles import entry_of
from balise.hotline.matching.exchange.rules.items import CutOff, Replied
from balise.hotline.matching.signals.rules.kinds import Turn

# What a partner may do: agree on it, cut one off, open again.


MOST_A_DAY = 20_000
MOST_A_MINUTE = 6_000


class TooMuch(Refused, code="budget-too-large"):
    """More than a partner may ask."""

    field = "a_day"


@transaction.atomic
def agree(
    *,
    partner_id: UUID,
    holds: bool,
    banks: Sequence[str],
    a_day: int,
    a_minute: int,
    ends_on: date | None = None,
    by: Actor,
) -> None:
    """Write down what a partner may do; the same partner again changes it.

    Whether it `holds` a bank: then it pulls those named; else it asks about them, so many probes a
    day and hashes a minute. Refuses (TooMuch) what no partner may.
    """
    access.require(by, access.MANAGE)
    if a_day > MOST_A_DAY or a_minute > MOST_A_MINUTE:
        raise TooMuch(_("No partner may ask that much."))
    found = Contract.objects.select_for_update().filter(id=partner_id).first()
    one = found or Contract(id=partner_id, agreed_at=now())
    if found and (found.holds, sorted(found.banks)) != (holds, sorted(banks)):
        # What it may know of has changed: it is told all of it once more.
        one.sheets.all().delete()
        one.checkpoint, one.wanted = 0, None
    one.holds, one.banks, one.ends_on = holds, sorted(set(banks)), ends_on
    one.a_day, one.a_minute = a_day, a_minute
    one.save()
    event = ContractAgreed(subject=partner_id, holds=holds, a_day=a_day, a_minute=a_minute)
    record(event, by=by)


@transaction.atomic
def reopen(*, partner_id: UUID, by: Actor) -> None:
    """Let a partner that was cut off pull or ask again; what it asked today is forgotten."""
    access.require(by, access.MANAGE)
    one = Contract.locked(partner_id)
    if one.cut_off_at is not None:
        one.cut_off_at, one.why = None, ""
        one.save()
        one.probes.all().delete()
        record(PartnerReopened(subject=partner_id), by=by)


def cut_off(*, contract: Contract, why: CutOff, by: Actor) -> None:
    """Cut a locked partner off, in the open transaction: a person is told by the page's alarm."""
    contract.cut_off_at, contract.why = now(), why
    contract.save(update_fields=("cut_off_at", "why"))
    record(PartnerCutOff(subject=contract.id, why=why), by=by)


_CHANGED = ("said", "turn", "count", "at", "received_at", "blocked_at")


class Given(NamedTuple):
    """What a partner says of one handle. `copies` is how many it blocked."""

    handle: UUID
    replied: Replied
    turn: Turn | None = None
    copies: int = 0


@transaction.atomic
def answer(*, given: Sequence[Given], by: Actor) -> list[int]:
    """Take in what a partner says, and return the places of the handles that are not its own.

    The same again changes nothing and tells nothing. Who blocked what no picture has invents its
    answers, and is cut off. Refuses NoContract and IsCutOff.
    """
    partner = access.partner_of(by, access.PULL, access.ASK)
    contract = open_contract(partner)
    key = key_of(partner)
    entries = [entry_of(one.handle, key=key) for one in given]
    known = standings([one for one in entries if one is not None])
    for entry, one in zip(entries, given, strict=True):
        standing = known.get(entry) if entry is not None else None
        if entry is None or standing is None:
            continue
        if standing.is_planted:
            if one.replied is Replied.BLOCKED and contract.cut_off_at is None:
                cut_off(contract=contract, why=CutOff.INVENTED, by=by)
            continue
        _note(contract, entry, standing, one, by)
    return [place for place, entry in enumerate(entries) if entry not in known]


def _note(contract: Contract, entry: int, standing: Standing, one: Given, by: Actor) -> None:
    at = now()
    row = Reply.objects.filter(contract=contract, entry=entry).first()
    turn = None if one.turn is None else int(one.turn)
    said = (one.replied.value, turn, one.copies)
    if row is not None and (row.said, row.turn, row.count) == said:
        return
    is_new = row is None
    row = row or Reply(contract=contract, entry=entry, reference=standing.reference)
    row.said, row.turn, row.count = said
    row.at = at
    row.received_at = row.received_at or at
    if one.replied is Replied.BLOCKED:
        row.blocked_at = row.blocked_at or at
    if is_new:
        row.save(force_insert=True)
    else:
        row.save(update_fields=_CHANGED)
    event = PartnerAnswered(
        subject=contract.id,
        entry=entry,
        reference=_code(standing.reference),
        replied=one.replied,
        turn=turn,
        count=one.copies,
        seconds=max(int((at - standing.added_at).total_seconds()), 0),
    )
    record(event, by=by)
    if one.replied is Replied.WITHDRAWN and not standing.is_on:
        Handed.objects.filter(contract=contract, entry=entry).delete()
        confirmed = PartnerConfirmedWithdrawal(
            subject=contract.id, entry=entry, reference=_code(standing.reference)
        )
        record(confirmed, by=by)


def _code(reference: str) -> Code:
    """Return a reference where it is a code, and nothing else of it."""
    try:
        return Code(reference)
    except ValueError:
        return Code("")
