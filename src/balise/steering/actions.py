"""Export figures: masked, month by month, and logged."""

from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.boards import Board
from balise.steering import access, queries
from balise.steering.events import FiguresExported
from balise.steering.rules.periods import Period, whole_months
from balise.steering.rules.publishing import Publication, check_has_month


def export(*, board: Board, period: Period, form: str, by: Actor) -> Publication:
    """Return a board's figures as they may leave, and write down who took them.

    Refuses a period in which no month is over.
    """
    access.require(by, access.EXPORT)
    months = whole_months(period, today=today())
    check_has_month(months)
    publication = queries.publication(board, months, seen_by=by)
    with transaction.atomic():
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
