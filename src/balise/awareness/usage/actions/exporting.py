"""Figures of use as they may leave the house, and who took them."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.usage import access, queries
from balise.awareness.usage.events import UseExported
from balise.awareness.usage.rules.auditing import Span, problem, spans
from balise.awareness.usage.rules.periods import Period
from balise.awareness.usage.rules.words import UsageKind
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.foundation.statistics.audit import audit
from balise.foundation.statistics.exports import left_before, settle
from balise.foundation.statistics.suppression import ADULTS, Table, mask


class PeriodNotOver(Refused):
    code = "period-not-over"


def export(*, period: Period, by: Actor) -> Mapping[UsageKind, Table]:
    """Return the numbers of a period that is over, by kind and thing, and write down who took them.

    Small numbers are withheld, and so is what would tell of one beside an earlier export, of these
    days or of others that meet them.
    """
    access.require(by, access.READ)
    if period.last >= clock.today():
        raise PeriodNotOver(_("Only complete periods can be exported."))
    with transaction.atomic():
        settled = {}
        for kind, numbers in queries.counts(period).items():
            total = sum(numbers.values())
            table = Table("thing", None if ADULTS.is_small(total) else total, mask(numbers))
            table = _audited(table, kind, period)
            (settled[kind],) = settle(
                [table], subject=_subject(kind), first=period.first, last=period.last
            )
        record(UseExported(subject=uuid4(), first=period.first, last=period.last), by=by)
    return settled


def _audited(table: Table, kind: UsageKind, period: Period) -> Table:
    """Return a table without what would tell of something small beside what left of other days."""
    days = Span(period.first, period.last)
    left = [one for one in left_before(_subject(kind), *days) if one[:2] != days]
    if not left:
        return table
    counted = {
        span: queries.counts(replace(period, first=span.first, last=span.last))[kind]
        for span in spans(days, left)
    }
    asked, codes = problem(table, days, left, counted)
    gone = {codes[row] for row in audit(asked)}
    parts = {code: None if code in gone else many for code, many in table.parts.items()}
    return replace(table, total=None if "" in gone else table.total, parts=parts)


def _subject(kind: UsageKind) -> str:
    return f"awareness.usage.{kind.value}"
