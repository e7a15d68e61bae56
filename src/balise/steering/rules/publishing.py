"""Figures for outside: whole months that are over, and no number small enough to point at someone.

Each month is masked on its own, and nothing else ever leaves: so the difference of two exports is
made of numbers that were published already. A number under FEWEST is withheld, and another beside
it, so that no total gives it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.steering.rules.boards import Board, Figure, Form
from balise.steering.rules.periods import Period
from balise.steering.rules.readings import Amount, Cells, code_rows
from balise.steering.rules.spans import read_spans

FEWEST: Final = 5


class NoWholeMonth(Refused):
    code = "no-whole-month"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One code of a month; `number` is None where it is withheld."""

    code: str
    label: str
    number: int | None


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """One figure for one month, as it may leave; withheld numbers are None."""

    figure: Figure
    month: date
    total: int | None
    rows: tuple[PublishedRow, ...]
    mean_seconds: int | None


@dataclass(frozen=True, slots=True)
class Publication:
    """A board's figures as they may leave, month by month."""

    board: Board
    months: tuple[Period, ...]
    figures: tuple[PublishedMonth, ...]

    @property
    def first(self) -> date:
        return self.months[0].first

    @property
    def last(self) -> date:
        return self.months[-1].last


def check_has_month(months: tuple[Period, ...]) -> None:
    """Refuse an export of a period in which no month is over."""
    if not months:
        raise NoWholeMonth(
            _("Only whole months that are over can be exported; there is none here.")
        )


def published_month(figure: Figure, cells: Cells, *, month: Period) -> PublishedMonth:
    """Return a figure of one month as it may leave."""
    whole = sum((amount for _codes, amount in cells), Amount())
    number = whole.of(figure)
    # A sum can be large though it tells of one event: both must be many.
    is_small = is_withheld(whole.count) or is_withheld(number)
    rows = code_rows(figure, cells, ()) if figure.by else ()
    if figure.sums and is_small:
        masked: dict[str, int | None] = dict.fromkeys((row.code for row in rows), None)
    else:
        masked = mask({row.code: row.number for row in rows})
    spans = None
    if figure.form is Form.SPANS and not is_small:
        spans = read_spans({row.code: row.number for row in rows}, seconds=whole.total)
    return PublishedMonth(
        figure=figure,
        month=month.first,
        total=None if is_small else number,
        rows=tuple(PublishedRow(row.code, row.label, masked[row.code]) for row in rows),
        mean_seconds=spans.mean_seconds if spans else None,
    )


def is_withheld(number: int) -> bool:
    """Return whether a number is too small to leave; none at all points at nobody."""
    return 0 < number < FEWEST


def mask(numbers: Mapping[str, int]) -> dict[str, int | None]:
    """Return a row whose total is known, None in the place of what is withheld.

    Beside small numbers the smallest large one is withheld, with all that equal it; where there is
    none, the whole row. Then whoever knows the total and this rule still has two possible values
    or more for each small number (tried on every small row by a test).
    """
    withheld = {code for code, number in numbers.items() if is_withheld(number)}
    if withheld:
        large = [number for number in numbers.values() if number >= FEWEST]
        beside = min(large) if large else None
        withheld |= {code for code, number in numbers.items() if beside is None or number == beside}
    return {code: None if code in withheld else number for code, number in numbers.items()}
