"""Export figures as they may leave; who took them is logged."""

from datetime import date
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.boards import Board
from balise.steering.boards import access, queries
from balise.steering.boards.events import FiguresExported
from balise.steering.boards.rules.publishing import Publication, check_has_month
from balise.steering.indicators import queries as indicators
from balise.steering.indicators.queries.comparing import beside
from balise.steering.indicators.queries.covering import covered
from balise.steering.indicators.rules.values import Ask
from balise.steering.rules.leaving import FigureTable
from balise.steering.rules.periods import Against, Period, whole_months


@transaction.atomic
def export(*, board: Board, period: Period, form: str, by: Actor) -> Publication:
    """Return a board's figures as they may leave, and write down who took them.

    Refuses a period in which no month is over.
    """
    access.require(by, access.EXPORT)
    months = whole_months(period, today=today())
    check_has_month(months)
    publication = queries.publication(board, months, seen_by=by)
    record(
        FiguresExported(
            subject=uuid4(),
            board=Code(board.code),
            first=publication.first,
            last=publication.last,
            form=Code(form),
        ),
        by=by,
    )
    return publication


@transaction.atomic
def take(
    *, code: str, period: Period, against: Against, known_by: date | None, by: Actor
) -> FigureTable:
    """Return a figure's table as it may leave, and write down who took it."""
    access.require(by, access.EXPORT)
    found = indicators.table(
        Ask(code, period, parts=True),
        compared=beside(period, against, known_by=known_by),
        known_by=known_by,
        as_of=covered([code]).whole_until,
    )
    record(
        FiguresExported(
            subject=uuid4(),
            board=Code(code),
            first=period.first,
            last=period.last,
            form=Code("csv"),
        ),
        by=by,
    )
    return found
