"""The days from which series mean something else."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _, override

from balise.foundation.statistics.indicators import Indicator
from balise.steering.indicators.models import Break as Row
from balise.steering.rules.leaving import Break, Text

LANGUAGES = ("fr", "en")


def breaks_of(one: Indicator, rows: Iterable[Row], first: date, last: date) -> tuple[Break, ...]:
    """Return the breaks of an indicator after the first day of a span, until its last.

    They are what staff noted, and each later version of its meaning. From the first day on, the
    whole span means one thing.
    """
    noted = [
        Break(row.on, {"fr": row.name_fr, "en": row.name_en})
        for row in rows
        if one.code in row.indicators or one.line in row.lines
    ]
    versions = [
        Break(version.since, _version(version.number)) for version in one.versions if version.since
    ]
    found = [each for each in (*noted, *versions) if first < each.on <= last]
    return tuple(sorted(found, key=lambda each: each.on))


def noted() -> Sequence[Row]:
    """Return all that was noted, oldest first: there are a few a year."""
    return tuple(Row.objects.all())


def _version(number: int) -> Text:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _("definition %(number)d") % {"number": number}
    return found
