"""What a plan aims at, beside what was reached; and what drifts."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from balise.steering.indicators.models import Target
from balise.steering.indicators.rules.drift import Cause, Drift, drift
from balise.steering.indicators.rules.sentences import breaks_words, decimal_words
from balise.steering.indicators.rules.values import Compared
from balise.steering.rules.periods import when


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target in words, and how much of it was reached: 0.8 is 80%; None without a number."""

    plan: str
    objective: str
    year: int
    value: str
    reached: str


def targets_of(found: Compared) -> list[Aimed]:
    """Return the targets of an indicator for the year in which a period ends, and later ones."""
    quantity = found.now.quantity
    is_share = found.now.is_share
    rows = Target.objects.filter(
        indicator=found.now.indicator.code, year__gte=found.now.period.last.year
    )
    return [
        Aimed(
            row.plan,
            row.objective,
            row.year,
            decimal_words(row.value / 100 if is_share else row.value, is_share=is_share),
            decimal_words(_reached(quantity.value, row.value, is_share=is_share), is_share=True)
            if quantity and row.value
            else "",
        )
        for row in rows
    ]


def alerts_of(found: Compared) -> list[str]:
    """Return in words what drifts, each with its likely cause."""
    last = found.now.period.first + timedelta(days=found.now.days - 1)
    over = sum(step.period.last <= last for step in found.now.steps)
    found_drift = drift(found.now.steps, found.now.breaks, over=over)
    return [drift_words(found_drift)] if found_drift else []


def drift_words(one: Drift) -> str:
    """Return a drift in a sentence, with what may explain it."""
    said = {
        "when": when(one.period),
        "percent": decimal_words(abs(one.share), is_share=True),
        "breaks": breaks_words(one.breaks),
    }
    if one.cause is Cause.STOPPED:
        return _("Nothing at all %(when)s: the source may have stopped.") % said
    if one.share > 0:
        words = _("%(percent)s more %(when)s than in the steps before.") % said
    else:
        words = _("%(percent)s less %(when)s than in the steps before.") % said
    if one.cause is Cause.BREAK:
        return f"{words} " + _("%(breaks)s may explain it.") % said
    return f"{words} " + _("No break explains it.")


def _reached(value: Decimal, aim: Decimal, *, is_share: bool) -> Decimal:
    return value / (aim / 100 if is_share else aim)
