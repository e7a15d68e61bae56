"""A partner that holds a bank pulls what changed, page by page; the worker signs each page.

The door that partners come to holds no signing key: what is not ready is asked for again.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import sign_outward
from balise.foundation.journal.book import record
from balise.hotline.matching.banks.queries import exchanging
from balise.hotline.matching.banks.queries.exchanging import Changed
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.events import BankPulled
from balise.hotline.matching.exchange.models import Contract, Handed, Sheet
from balise.hotline.matching.exchange.queries import key_of, open_contract
from balise.hotline.matching.exchange.rules import sheets
from balise.hotline.matching.exchange.rules.handles import handle_of

LINE = "hotline"
_AHEAD = 4  # pages that are signed before they are asked for


@dataclass(frozen=True, slots=True)
class Pulled:
    """A signed page; or none yet, or nothing new."""

    body: bytes = b""
    key_id: str = ""
    signature: bytes = b""
    is_coming: bool = False


@transaction.atomic
def pull(*, after: int, by: Actor) -> Pulled:
    """Return the page of changes after a number; it is what the partner has until there.

    What was signed for before that is forgotten. Refuses NoContract and IsCutOff.
    """
    partner = access.partner_of(by, access.PULL)
    contract = open_contract(partner, holds=True)
    contract.sheets.exclude(after__gte=after).delete()
    contract.checkpoint, contract.pulled_at = after, now()
    sheet = contract.sheets.filter(after=after).first()
    is_coming = sheet is None and exchanging.has_changed(banks=contract.banks, after=after)
    contract.wanted = after if is_coming else None
    contract.save(update_fields=("checkpoint", "pulled_at", "wanted"))
    if sheet is None:
        return Pulled(is_coming=is_coming)
    record(BankPulled(subject=partner, checkpoint=after, entries=sheet.entries), by=by)
    return Pulled(bytes(sheet.body), sheet.key_id, bytes(sheet.signature))


@transaction.atomic
def prepare(*, partner_id: UUID, by: Actor) -> int:
    """Sign the next pages for a partner, from what it asked for last; return how many."""
    access.require(by, access.MANAGE)
    contract = Contract.locked(partner_id)
    if not contract.holds or contract.cut_off_at is not None:
        return 0
    last = contract.sheets.order_by("-until").first()
    if contract.wanted is not None and not contract.sheets.filter(after=contract.wanted).exists():
        contract.sheets.all().delete()
        last = None
    after = last.until if last else contract.checkpoint
    made = 0
    for _ahead in range(_AHEAD - contract.sheets.count()):
        until = _sign(contract, after, by)
        if until is None:
            break
        after, made = until, made + 1
    contract.wanted = None
    contract.save()
    return made


def _sign(contract: Contract, after: int, by: Actor) -> int | None:
    """Sign the page after a change; return where it ends, or None where nothing changed."""
    found = exchanging.changes(banks=contract.banks, after=after, most=sheets.MOST, seen_by=by)
    if found.until == after:
        return None
    key = key_of(contract.id)
    body = sheets.body(
        partner=contract.id,
        after=after,
        checkpoint=found.until,
        is_all=found.is_all,
        at=now(),
        entries=[_line(one, contract.id, key) for one in found.entries],
    )
    signed = sign_outward(LINE, body)
    Sheet.objects.create(
        contract=contract,
        after=after,
        until=found.until,
        entries=len(found.entries),
        body=body,
        key_id=signed.key_id,
        signature=signed.value,
        made_at=now(),
    )
    return found.until


@transaction.atomic
def note_ended(*, entries: list[int], is_back: bool = False, by: Actor) -> None:
    """Write down for partners that were told yes that entries are withdrawn, or back."""
    access.require(by, access.MANAGE)
    told = Handed.objects.filter(entry__in=entries, withdrawn_at__isnull=not is_back)
    told.update(withdrawn_at=None if is_back else now())


def _line(one: Changed, partner: UUID, key: bytes) -> sheets.Line:
    """Return an entry as the partner has it: by its handle; a film by a name of its own."""
    return sheets.Line(
        handle=str(handle_of(one.entry, key=key)),
        kind=one.kind,
        hash=one.value.hex(),
        quality=one.quality,
        opinion=one.opinion,
        labels=list(one.labels),
        clip=str(uuid5(partner, one.clip.hex)) if one.clip else None,
        second=one.second,
        on=one.is_on,
    )
