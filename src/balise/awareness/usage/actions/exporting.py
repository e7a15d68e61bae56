"""Figures of use as they may leave the house, and who took them."""

from collections.abc import Mapping
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.usage import access, queries
from balise.awareness.usage.events import UseExported
from balise.awareness.usage.rules.periods import Period
from balise.awareness.usage.rules.words import Kind
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.foundation.statistics.exports import settle
from balise.foundation.statistics.suppression import ADULTS, Table, mask


class PeriodNotOver(Refused):
    code = "period-not-over"


def export(*, period: Period, by: Actor) -> Mapping[Kind, Table]:
    """Return the numbers of a period that is over, by kind and thing, and write down who took them.

    Small numbers are withheld, and so is what would tell of one beside an earlier export.
    """
    access.require(by, access.READ)
    if period.last >= clock.today():
        raise PeriodNotOver(_("Only complete periods can be exported."))
    with transaction.atomic():
        settled = {}
        for kind, numbers in queries.counts(period).items():
            total = sum(numbers.values())
            table = Table("thing", None if ADULTS.is_small(total) else total, mask(numbers))
            (settled[kind],) = settle(
                [table],
                subject=f"awareness.usage.{kind.value}",
                first=period.first,
                last=period.last,
            )
        record(UseExported(subject=uuid4(), first=period.first, last=period.last), by=by)
    return settled
