"""Figures for outside: whole months that are over, and no number that could identify someone.

Each month is masked on its own, and nothing else ever leaves: so the difference of two exports is
made of numbers that were published already. A number under the measure's threshold is withheld, and
another beside it, so that no total gives it back.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import Board, Figure, Form
from balise.foundation.statistics.measures import ADULTS, Table, Threshold, mask
from balise.foundation.statistics.rules import Coverage, Gap
from balise.steering.boards.rules.readings import Amount, Cells, code_rows, told
from balise.steering.rules.periods import Period
from balise.steering.rules.spans import read_spans


class NoWholeMonth(Refused, code="no-whole-month"):
    pass


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One code of a month; `number` is None where it is withheld, or was not counted."""

    code: str
    label: str
    number: int | None
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """One figure for one month, as it may leave; None is withheld, or was not counted."""

    figure: Figure
    month: date
    total: int | None
    rows: tuple[PublishedRow, ...]
    mean_seconds: int | None
    counted_until: datetime | None = None
    is_counted: bool = True
    threshold: Threshold = ADULTS

    @property
    def subject(self) -> str:
        """What it counts, whichever board shows it and by whatever code."""
        return f"{self.figure.measure}{' sums' if self.figure.sums else ''}"

    @property
    def table(self) -> Table:
        parts = {row.code: row.number for row in self.rows}
        return Table(
            self.figure.by,
            self.total,
            parts,
            threshold=self.threshold,
            mean=self.mean_seconds,
            counted_until=self.counted_until,
        )

    def with_numbers(self, table: Table) -> "PublishedMonth":
        """Return it with the numbers of a table, which may have left before."""
        rows = {row.code: replace(row, number=table.parts.get(row.code, 0)) for row in self.rows}
        gone = table.parts.keys() - rows.keys()
        return replace(
            self,
            total=table.total,
            rows=(*rows.values(), *(PublishedRow(code, code, table.parts[code]) for code in gone)),
            mean_seconds=table.mean,
            counted_until=table.counted_until,
        )


@dataclass(frozen=True, slots=True)
class Publication:
    """A board's figures as they may leave, month by month."""

    board: Board
    months: tuple[Period, ...]
    figures: tuple[PublishedMonth, ...]
    coverage: Coverage

    @property
    def first(self) -> date:
        return self.months[0].first

    @property
    def last(self) -> date:
        return self.months[-1].last


def check_has_month(months: tuple[Period, ...]) -> None:
    """Refuse an export of a period in which no month is over."""
    if not months:
        raise NoWholeMonth(_("Only complete months can be exported. There are none here."))


def published_month(
    figure: Figure,
    cells: Cells,
    *,
    month: Period,
    gap: Gap | None = None,
    counted_until: datetime | None = None,
    threshold: Threshold = ADULTS,
) -> PublishedMonth:
    """Return a figure of one month as it may leave.

    Of a month that is not counted to its end nothing leaves: the difference of two files would be
    what was counted in between.
    """
    if gap is Gap.NOT_YET:
        cells = ()
    whole = sum((amount for _codes, amount in cells), Amount())
    number = whole.of(figure)
    # A sum can be large though it tells of one event: both must be many.
    is_small = threshold.is_small(whole.count) or threshold.is_small(number)
    rows = code_rows(figure, cells, ()) if figure.by else ()
    if figure.sums and is_small:
        masked: dict[str, int | None] = dict.fromkeys((row.code for row in rows), None)
    else:
        masked = mask({row.code: row.number or 0 for row in rows}, threshold)
    spans = None
    if figure.form is Form.SPANS and not is_small:
        spans = read_spans({row.code: row.number or 0 for row in rows}, seconds=whole.total)
    return PublishedMonth(
        figure=figure,
        month=month.first,
        total=None if is_small else told(number, gap),
        rows=tuple(
            PublishedRow(
                row.code,
                row.label,
                masked[row.code] if row.number or gap is None else None,
                is_counted=bool(row.number) or gap is None,
            )
            for row in rows
        ),
        mean_seconds=spans.mean_seconds if spans else None,
        counted_until=counted_until,
        is_counted=told(number, gap) is not None,
        threshold=threshold,
    )
