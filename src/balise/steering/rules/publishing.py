"""Figures for outside: whole months that are over, and no number small enough to point at someone.

Each month is masked on its own, and nothing else ever leaves: so the difference of two exports is
made of numbers that were published already. A number under FEWEST is withheld, and another beside
it, so that no total gives it back.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.suppression import is_withheld, mask
from balise.steering.rules.boards import Board, Figure, Form
from balise.steering.rules.periods import Period
from balise.steering.rules.readings import Amount, Cells, code_rows
from balise.steering.rules.spans import read_spans


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
