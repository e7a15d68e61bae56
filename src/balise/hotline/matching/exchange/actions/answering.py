"""What a partner did about entries: it has one, blocked copies of it, found none, forgot it."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.matching.banks.queries.exchanging import Standing, standings
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.actions.contracts import cut_off
from balise.hotline.matching.exchange.events import PartnerAnswered, PartnerConfirmedWithdrawal
from balise.hotline.matching.exchange.models import Contract, Handed, Reply
from balise.hotline.matching.exchange.queries.contracts import open_contract
from balise.hotline.matching.exchange.queries.keys import key_of
from balise.hotline.matching.exchange.rules.handles import entry_of
from balise.hotline.matching.exchange.rules.words import CutOff, Replied
from balise.hotline.matching.signals.rules.kinds import Turn

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
