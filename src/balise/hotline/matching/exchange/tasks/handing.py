"""Sign pages for partners that hold a bank, plant entries, and tell who was told yes."""

from collections.abc import Sequence
from datetime import time, timedelta
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily, Every
from balise.hotline.matching.exchange import queries
from balise.hotline.matching.exchange.actions import handing, planting


def note_ended(entries: Sequence[Entry]) -> None:
    """Write down for partners that were told yes that entries are withdrawn or held."""
    handing.note_ended(entries=[one.facts["entry"] for one in entries], by=SYSTEM)


def note_back(entries: Sequence[Entry]) -> None:
    """Write down that entries are asked again."""
    ids = [one.facts["entry"] for one in entries]
    handing.note_ended(entries=ids, is_back=True, by=SYSTEM)


def prepare_changed(_entries: Sequence[Entry]) -> None:
    """Queue the signing of pages for every partner that may hold a bank."""
    for partner_id in queries.holding():
        prepare.later(partner_id=partner_id)


@job(attempts=3)
def prepare(partner_id: str) -> None:
    """Sign the next pages for a partner."""
    handing.prepare(partner_id=UUID(partner_id), by=SYSTEM)


@job(attempts=1)
def prepare_wanted() -> None:
    """Queue the signing of pages that partners asked for and that were not ready."""
    for partner_id in queries.waiting():
        prepare.later(partner_id=partner_id)


@job(attempts=1)
def plant() -> None:
    """See to it that the banks that partners know of have planted entries."""
    for bank in queries.banks():
        planting.plant(bank=bank, by=SYSTEM)


SCHEDULE = (
    Every(timedelta(seconds=5), prepare_wanted),
    Daily(time(4, 40), plant),
)
