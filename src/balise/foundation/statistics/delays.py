"""The usual delays: computed from the tallies once a day, read by the public door."""

from collections.abc import Mapping

from django.db import transaction

from balise.foundation.clock import today
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.models import UsualDelay
from balise.foundation.statistics.queries import totals_of
from balise.foundation.statistics.usual import LASTS, LOOKED_BACK, Usual, usual

_BAND = "band"


def note() -> None:
    """Compute the usual delay of each measure with bands, from its last 90 days.

    One that has too few cases now loses what was noted before.
    """
    measures = {name: (_BAND,) for name, each in MEASURES.items() if _BAND in each.by}
    on = today()
    found = totals_of(measures, on - LOOKED_BACK, on)
    noted = {
        name: told
        for name, rows in found.items()
        if (told := usual({row.codes[_BAND]: row.count for row in rows})) is not None
    }
    with transaction.atomic():
        UsualDelay.objects.exclude(measure__in=noted).delete()
        for name, told in noted.items():
            values = {"half": told.half, "most": told.most, "on": on}
            UsualDelay.objects.update_or_create(measure=name, defaults=values)


def usual_delays(*measures: str) -> Mapping[str, Usual]:
    """Return the usual delays of some measures that are known and not too old. One query."""
    found = UsualDelay.objects.filter(measure__in=measures, on__gte=today() - LASTS)
    return {one.measure: Usual(one.half, one.most) for one in found}
