"""A board's figures for outside: exact by whole months, or as they were told by whole quarters."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import Board, Figure, Form, label_of
from balise.foundation.statistics.protection import Node
from balise.foundation.statistics.rules import Coverage, Gap
from balise.foundation.statistics.telling import Printed
from balise.steering.boards.rules.readings import Amount, Cells, code_rows, told
from balise.steering.rules.periods import Period
from balise.steering.rules.spans import read_spans


class NoWholeMonth(Refused, code="no-whole-month"):
    pass


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One code of a period; `number` is None where it was not counted, or `is_under` 11."""

    code: str
    label: str
    number: int | None
    is_counted: bool = True
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """One figure for one month, or for a quarter where it tells of people (`is_protected`)."""

    figure: Figure
    period: str
    rows: tuple[PublishedRow, ...] = ()
    total: int | None = None
    mean_seconds: int | None = None
    counted_until: datetime | None = None
    is_counted: bool = True
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """A board's figures as they may leave, in the order of their periods."""

    board: Board
    months: tuple[Period, ...]
    figures: tuple[PublishedPart, ...]
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


def exact(
    figure: Figure,
    cells: Cells,
    *,
    month: Period,
    with_rows: bool = True,
    gap: Gap | None = None,
    counted_until: datetime | None = None,
) -> PublishedPart:
    """Return a public figure of one month, as it was counted.

    Of a month that is not counted to its end nothing leaves: it would be taken for all of it.
    """
    if gap is Gap.NOT_YET:
        cells = ()
    whole = sum((amount for _codes, amount in cells), Amount())
    number = told(whole.of(figure), gap)
    rows = code_rows(figure, cells, (), gap=gap) if figure.by and with_rows else ()
    spans = None
    if figure.form is Form.SPANS and rows:
        spans = read_spans({row.code: row.number or 0 for row in rows}, seconds=whole.total)
    return PublishedPart(
        figure=figure,
        period=f"{month.first:%Y-%m}",
        total=number,
        rows=tuple(
            PublishedRow(row.code, row.label, row.number, is_counted=row.number is not None)
            for row in rows
        ),
        mean_seconds=spans.mean_seconds if spans else None,
        counted_until=counted_until,
        is_counted=number is not None,
    )


def protected(figure: Figure, node: Node, parts: Printed, whole: Printed) -> PublishedPart:
    """Return what was told of a figure in a quarter: its parts, its number, or both."""
    labels = figure.labels()
    total = whole.cells.get("")
    return PublishedPart(
        figure=figure,
        period=str(node),
        rows=tuple(
            PublishedRow(
                code,
                label_of(code, labels),
                cell.least if cell else None,
                is_under=cell is None,
            )
            for code, cell in sorted(parts.cells.items())
        ),
        total=total.least if total else None,
        is_counted="" in whole.cells,
        is_protected=True,
    )
