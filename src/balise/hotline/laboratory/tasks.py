"""What follows from what happened: hashes go to the bank, withdrawals too, answers to the case."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily
from balise.hotline.laboratory.actions import disputing, hearing


def bank_sent(entries: Sequence[Entry]) -> None:
    """Queue the banking of each case that was sent."""
    for entry in entries:
        bank.later(case_id=entry.subject)


def take_off_asked(entries: Sequence[Entry]) -> None:
    """Queue the withdrawal of each fingerprint that someone takes back."""
    for entry in entries:
        take_off.later(item_id=entry.subject)


def hear_partners(entries: Sequence[Entry]) -> None:
    """Bring what partners said of our entries to the cases."""
    for reference in {entry.facts.get("reference") or "" for entry in entries} - {""}:
        hearing.hear(reference=reference)


def stop_flooded(entries: Sequence[Entry]) -> None:
    """Ask about what the bank put in quarantine."""
    for entry in entries:
        disputing.stop_flooded(entry=entry.facts["entry"])


def follow_banks(entries: Sequence[Entry]) -> None:
    """Say on the pages of cases what someone did to entries in the bank's pages."""
    disputing.follow(entries={entry.facts["entry"] for entry in entries})


def note_contracts(_entries: Sequence[Entry]) -> None:
    """Bring the list of partners up to date."""
    hearing.note_partners()


@job(attempts=6)
def bank(case_id: str) -> None:
    """Put one case in the bank."""
    disputing.bank(case_id=UUID(case_id))


@job(attempts=6)
def take_off(item_id: str) -> None:
    """Take one fingerprint off the list."""
    disputing.take_off(item_id=UUID(item_id))


@job()
def note_partners() -> None:
    """Have the bank that contracts name, and bring the list of partners up to date each day."""
    disputing.have_bank()
    hearing.note_partners()


@job()
def end_unopened() -> None:
    """Withdraw what nobody came back to for five years."""
    disputing.end_unopened()


SCHEDULE = (Daily(time(3, 50), end_unopened), Daily(time(0, 20), note_partners))
