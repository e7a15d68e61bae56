"""What a plan aims at, beside what was reached; and what drifts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _, pgettext

from balise.steering.indicators import ports
from balise.steering.indicators.models import Target
from balise.steering.indicators.rules.drift import Campaign, Cause, Drift, drift
from balise.steering.indicators.rules.sentences import breaks_words, decimal_words
from balise.steering.indicators.rules.values import Compared
from balise.steering.rules.periods import Period, when


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
    campaigns = ports.campaigns.ask(found.now.period.first, found.now.period.last)
    found_drift = drift(found.now.steps, found.now.breaks, campaigns, over=over)
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
    if one.cause is Cause.CAMPAIGN:
        told = {"campaigns": _campaigns_words(one.campaigns)}
        if one.share > 0:
            said_of = _("A campaign that began then may explain it: %(campaigns)s.")
        else:
            said_of = _("A campaign that ended then may explain it: %(campaigns)s.")
        return f"{words} {said_of % told}"
    return f"{words} " + _("No break and no campaign explains it.")


def _campaigns_words(campaigns: Sequence[Campaign]) -> str:
    names = [f"{name} ({when(Period(first, last))})" for _code, name, first, last in campaigns]
    return get_text_list(names, pgettext("between the last two of a list", "and"))


def _reached(value: Decimal, aim: Decimal, *, is_share: bool) -> Decimal:
    return value / (aim / 100 if is_share else aim)
