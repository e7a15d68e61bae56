"""The report to the European Commission for a period: its KPIs as they may leave."""

from datetime import date

from django.utils.translation import override

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.statistics.coverage import coverage
from balise.steering.indicators.queries.leaving import may_leave, unless_nobody_counted
from balise.steering.indicators.queries.values import Tallies, values
from balise.steering.indicators.rules.grant import Grant, Told, percent_of, reason_of
from balise.steering.indicators.rules.values import Ask
from balise.steering.rules.periods import Period


def told(grant: Grant, first: date, last: date, *, seen_by: Actor) -> tuple[Told, ...]:
    """Return each KPI of a grant for a period, in English, by the rules of what leaves.

    Refuses an indicator that there is not. Nothing is compared: a baseline is the agreement's.
    """
    asks = [Ask(one.indicator, Period(first, last)) for one in grant.kpis]
    found = values(asks, seen_by=seen_by)
    tallies = Tallies([one.indicator for one in found], known_by=None)
    told_of = []
    with override("en"):
        for kpi, ask, known in zip(grant.kpis, asks, found, strict=True):
            value = unless_nobody_counted(known, tallies)
            left = may_leave(ask, value, value, known_by=None)
            measures = value.indicator.measures
            spans = coverage(measures).spans.values() if measures else ()
            begins = max((span.first for span in spans), default=first)
            since = begins if first < begins <= today() else None  # nothing is counted: no day
            told_of.append(
                Told(
                    kpi=kpi,
                    name=str(value.indicator.name),
                    cell=left.total,
                    reason=reason_of(value, left.total, since=since),
                    since=since,
                    percent=percent_of(kpi, left.total, value, is_protected=left.is_protected),
                )
            )
    return tuple(told_of)
