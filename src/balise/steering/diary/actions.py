"""Enter what the centre did, correct it, withdraw it; say that it is a break of series too."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.diary import access, ports
from balise.steering.diary.events import DiaryMarked, DiaryNoted, DiaryWithdrawn
from balise.steering.diary.models import Entry
from balise.steering.diary.queries import editions_of
from balise.steering.diary.rules import EntryTold, EntryWithdrawn, check, title_in
from balise.steering.imports.ports import campaign

_TURN = "steering.diary"


@transaction.atomic
def note(*, told: EntryTold, breaks: Sequence[str] = (), by: Actor) -> UUID:
    """Enter what was done; return its id. `breaks` are lines of which series change from then on.

    Raises DaysFaulty, EditionFaulty, and Refused for a campaign that there is not.
    """
    access.require(by, access.WRITE)
    row = Entry(entered_by=by.key)
    _fill(row, told)
    row.save(force_insert=True)
    record(_noted(row, is_again=False), by=by)
    if breaks:
        _mark(row, breaks, by=by)
    return row.id


@transaction.atomic
def change(*, entry_id: UUID, told: EntryTold, breaks: Sequence[str] = (), by: Actor) -> None:
    """Write an entry down again as it was. A break that it marked is changed where breaks are.

    `breaks` mark one that marked none. Raises EntryWithdrawn and what `note` raises.
    """
    access.require(by, access.WRITE)
    row = _locked(entry_id)
    _fill(row, told)
    row.save()
    record(_noted(row, is_again=True), by=by)
    if breaks and row.marked is None:
        _mark(row, breaks, by=by)


@transaction.atomic
def withdraw(*, entry_id: UUID, why: str, by: Actor) -> None:
    """Say that an entry was none, and why; the row stays. Raises EntryWithdrawn."""
    access.require(by, access.WRITE)
    row = _locked(entry_id)
    row.withdrawn_at, row.withdrawn_why = clock.now(), why
    row.save(update_fields=("withdrawn_at", "withdrawn_why"))
    record(DiaryWithdrawn(subject=row.id, first=row.first), by=by)


def _locked(entry_id: UUID) -> Entry:
    row = Entry.locked(entry_id)
    if row.withdrawn_at is not None:
        raise EntryWithdrawn(_("This entry was withdrawn."))
    return row


def _fill(row: Entry, told: EntryTold) -> None:
    rows.in_turn(_TURN)  # two editions of a series are looked at one after the other
    others = editions_of(told.series, but=row.id) if told.series else {}
    check(told, others=others)
    row.kind, row.first, row.last = told.kind.value, told.first, told.last
    row.titles = {language: text.strip() for language, text in told.titles.items() if text.strip()}
    row.place, row.series = told.place, told.series
    row.edition, row.since_year = told.edition, told.since_year
    row.campaign = campaign.ask(told.campaign) if told.campaign.strip() else ""
    row.changed_at = clock.now()


def _noted(row: Entry, *, is_again: bool) -> DiaryNoted:
    return DiaryNoted(
        subject=row.id,
        kind=Code(row.kind),
        first=row.first,
        last=row.last,
        campaign=Code(row.campaign),
        is_again=is_again,
    )


def _mark(row: Entry, lines: Sequence[str], *, by: Actor) -> None:
    row.marked = ports.mark_break.ask(
        on=row.first,
        name_fr=title_in(row.titles, "fr"),
        name_en=title_in(row.titles, "en"),
        lines=lines,
        by=by,
    )
    row.save(update_fields=("marked",))
    record(
        DiaryMarked(subject=row.id, on=row.first, lines=tuple(Code(each) for each in lines)), by=by
    )
