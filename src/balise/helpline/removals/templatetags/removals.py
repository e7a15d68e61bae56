"""A figure of removals beside the same figure of the year before."""

from django.template import Library

from balise.helpline.removals.queries.figures import PlatformRow
from balise.helpline.removals.rules.figures import Tally
from balise.takedown.notices.templatetags.notices import lasting

register = Library()


@register.inclusion_tag("helpline/removals/parts.html#years")
def years(row: PlatformRow, name: str, *, nth: int | None = None, unit: str = "") -> dict[str, str]:
    """Return a figure of the row, now and a year earlier; an en dash where it is not known.

    `nth` picks one of several durations, in seconds; `unit` follows the number.
    """
    return {
        "now": _written(row.now, name, nth=nth, unit=unit),
        "before": _written(row.before, name, nth=nth, unit=unit),
    }


def _written(tally: Tally, name: str, *, nth: int | None, unit: str) -> str:
    value = getattr(tally, name)
    if nth is not None:
        return lasting(value[nth] if value else None)
    if value is None:
        return "–"
    return f"{value}\N{NO-BREAK SPACE}{unit}" if unit else str(value)
