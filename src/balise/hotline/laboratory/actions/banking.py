"""Put what was sent in the bank: a job of the worker, which alone can open it and write there."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.laboratory.actions.disputing import open_dispute
from balise.hotline.laboratory.events import ItemBanked
from balise.hotline.laboratory.models import BANK, LINE, Case, Item
from balise.hotline.laboratory.queries.coded import prints_of
from balise.hotline.laboratory.rules.prints import Print, signals_of
from balise.hotline.laboratory.rules.words import CaseState, Ground, ItemState, Source
from balise.hotline.matching.banks.actions import keeping, looking
from balise.hotline.matching.banks.rules.listing import Asker
from balise.hotline.matching.banks.rules.opinions import Opinion


def bank(*, case_id: UUID, by: Actor = SYSTEM) -> None:
    """Put each fingerprint of a case on the list, once; what was withdrawn meanwhile stays off.

    One that a bank knows as harmless (a logo, a press picture) is stopped at once: we ask.
    """
    with transaction.atomic():
        case = Case.locked(case_id)
        if case.stands is not CaseState.SENT or not case.sealed:
            return
        have_bank(by=by)
        prints = prints_of(case, key_of_line(LINE, case.id))
        for item, one in zip(case.items.select_for_update(), prints, strict=True):
            if item.stands is ItemState.SENT:
                _put(item, one, by=by)
        case.sealed = b""
        case.save(update_fields=("sealed",))


def have_bank(*, by: Actor = SYSTEM) -> None:
    """Make the bank of what victims send, where it is not there yet."""
    with suppress(keeping.BankThere):
        keeping.add_bank(code=BANK, by=by)


def _put(item: Item, one: Print, *, by: Actor) -> None:
    item.entries = keeping.add(
        bank=BANK,
        signals=signals_of(one),
        opinion=Opinion.POSITIVE,
        reference=str(item.id),
        by=by,
    )
    item.state, item.active_at = ItemState.ACTIVE, now()
    item.save(update_fields=("state", "entries", "active_at"))
    record(ItemBanked(subject=item.id, case=item.case_id, kind=Code(item.kind)), by=by)
    if _is_harmless(one, by=by):
        keeping.hold(entries=item.entries, by=by)
        open_dispute(item=item, ground=Ground.KNOWN, source=Source.BANK, by=by)


def _is_harmless(one: Print, *, by: Actor) -> bool:
    looked = looking.look_up(signals=signals_of(one), asker=Asker.LABORATORY, by=by)
    return any(hit.opinion is Opinion.NEGATIVE for hit in looked.hits)
