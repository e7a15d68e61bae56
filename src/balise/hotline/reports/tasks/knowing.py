"""The jobs of known content: ask the banks, tell them what people decided, hear what left them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.hotline.matching.signals.documents import reading
from balise.hotline.matching.signals.documents.reading import HasherOff
from balise.hotline.reports.actions import banking, recognising, settling, submitting
from balise.hotline.reports.queries.known import (
    fingerprinted,
    inherited_from,
    is_heard,
    waiting_bare,
)


@job(attempts=8)
def recognise(content_id: str) -> None:
    """Ask the banks about a content, and do what follows."""
    with suppress(NotHere):  # its place was corrected since
        recognising.recognise(content_id=UUID(content_id), by=SYSTEM)


@job(attempts=8)
def bank(content_id: str) -> None:
    """Let the centre's own bank think of a content what its verdict says."""
    with suppress(NotHere):
        banking.bank_verdict(content_id=UUID(content_id), by=SYSTEM)


@job(attempts=8)
def recall(entry: int) -> None:
    """Put before a person what has its verdict from an entry that left its bank."""
    banking.recall(entry=entry, by=SYSTEM)


@job(attempts=2, outside=True, lane=Lane.WATCH)
def read_picture(content_id: str) -> None:
    """Have the hasher read the picture at a content's address."""
    with suppress(HasherOff):  # turned off since
        submitting.read_picture(content_id=UUID(content_id), by=SYSTEM)


def read_reported(entries: Sequence[Entry]) -> None:
    """Queue a reading of what has just been reported, while the hasher is on."""
    if reading.is_on():
        for content_id in waiting_bare(_each(entries)):
            read_picture.later(content_id=str(content_id))


def ask_banks(entries: Sequence[Entry]) -> None:
    """Ask the banks about contents that have just been given fingerprints."""
    for content_id in _each(entries):
        recognise.later(content_id=str(content_id))


def hear_matches(entries: Sequence[Entry]) -> None:
    """Ask again about contents of the last days, for an entry that came after them."""
    late = (one for one in entries if one.facts["is_late"])
    for content_id in dict.fromkeys(
        one.subject for one in late if not is_heard(one.subject, entry=one.facts["entry"])
    ):
        recognise.later(content_id=str(content_id))


def bank_verdicts(entries: Sequence[Entry]) -> None:
    """Tell the centre's own bank what was decided, or waits again, of what has fingerprints."""
    for content_id in sorted(fingerprinted(_each(entries))):
        bank.later(content_id=str(content_id))


def hear_withdrawn(entries: Sequence[Entry]) -> None:
    """Look for contents that have their verdict from entries that have just left their banks."""
    for entry in sorted(inherited_from({one.facts["entry"] for one in entries})):
        recall.later(entry=entry)


@job(attempts=1)
def ask_again() -> None:
    """Ask the banks again where their answer was not whole, or someone had the content in hand."""
    recognising.ask_again(at=now(), by=SYSTEM)


@job(attempts=1)
def end_settlings() -> None:
    """Give copies that were decided together their verdict, once it can no longer be undone."""
    settling.take_effect(at=now(), by=SYSTEM)


def _each(entries: Iterable[Entry]) -> Iterable[UUID]:
    return dict.fromkeys(one.subject for one in entries)


SCHEDULE = (
    Every(timedelta(minutes=1), ask_again),
    Every(timedelta(minutes=1), end_settlings),
)
