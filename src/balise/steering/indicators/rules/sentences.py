"""A value in words, in the language that is read."""

from decimal import Decimal

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext

from balise.foundation.moments import day_words
from balise.steering.indicators.rules.values import Compared, Lack, Value
from balise.steering.rules.leaving import NOT_COUNTED, Break, bounded, number_words
from balise.steering.rules.periods import when

# Under this many before, a percentage says more than is known.
FEWEST_FOR_PERCENT = 20
_WHOLE_FROM = 100  # from here on, a mean needs no decimal
_LACKS = {
    Lack.BEFORE_THE_CENTRE: gettext_lazy(
        "Not counted: this is before the first facts of this centre."
    ),
    Lack.BEFORE_THE_MEASURE: gettext_lazy("This has been counted since a later day only."),
    Lack.NOT_YET: gettext_lazy("Not all of it is counted yet."),
    Lack.NOT_COUNTED: gettext_lazy("Nothing in this centre counts it yet."),
    Lack.NO_READING: gettext_lazy("Nobody has entered a reading on or before this day."),
    Lack.NO_WHOLE: gettext_lazy("It has no single number: see its parts."),
    Lack.NO_BOUND: gettext_lazy("Its parts are bounded on both sides: no sum follows."),
}


def decimal_words(value: Decimal, *, is_share: bool = False) -> str:
    """Return a number as the language writes it: a share as a percentage, a mean to a decimal."""
    if is_share:
        return pgettext("percent", "%(number)s%%") % {"number": decimal_words(value * 100)}
    value = round(value, 1)
    if value == value.to_integral_value() or abs(value) >= _WHOLE_FROM:
        return number_words(round(value))
    return formats.number_format(value, force_grouping=True)


def value_words(value: Value) -> str:
    """Return the number of a value with its bound and unit, as “at least 1,240 reports”."""
    quantity = value.quantity
    if quantity is None:
        return NOT_COUNTED
    number = decimal_words(quantity.value, is_share=value.is_share)
    if not value.is_share:
        count = 1 if quantity.value == 1 else 2
        number = str(value.indicator.unit % {"count": count, "many": number})
    return bounded(number, quantity.bound)


def sentence(one: Compared) -> str:
    """Return a value beside what it is compared with; no percentage goes across a break unsaid."""
    now, other = one.now, one.before
    if now.quantity is None:
        return lack_words(now)
    said = {"value": value_words(now), "when": when(now.period)}
    if other is None or other.quantity is None:
        return _("%(value)s %(when)s.") % said
    said |= {
        "before": decimal_words(other.quantity.value, is_share=other.is_share),
        "when_before": when(other.period),
    }
    words = _("%(value)s %(when)s; %(before)s %(when_before)s.") % said
    change = change_words(one)
    if not change:
        return words
    words = f"{words} " + _("Change: %(change)s.") % {"change": change}
    if one.breaks:
        between = _("Between the two: %(breaks)s.") % {"breaks": breaks_words(one.breaks)}
        return f"{words} {between}"
    return words


def change_words(one: Compared) -> str:
    """Return the change beside a value, as “+12%” or “+4”; nothing where none follows."""
    difference = one.difference
    if difference is None or one.before is None or one.before.quantity is None:
        return ""
    if not difference.value:
        return pgettext("change", "no change")
    sign = "+" if difference.value > 0 else "−"
    size, other = abs(difference.value), one.before.quantity.value
    if one.now.is_share:
        points = _("%(number)s points") % {"number": decimal_words(size * 100)}
        return f"{sign}{points}"
    if other < FEWEST_FOR_PERCENT:
        return f"{sign}{decimal_words(size)}"
    return f"{sign}{decimal_words(size / other, is_share=True)}"


def breaks_words(breaks: tuple[Break, ...]) -> str:
    """Return breaks in a sentence: their names and days."""
    names = [f"{name_of(each)} ({day_words(each.on)})" for each in breaks]
    return get_text_list(names, pgettext("between the last two of a list", "and"))


def name_of(one: Break) -> str:
    """Return the name of a break in the language that is read."""
    return one.name.get((get_language() or "en")[:2], one.name["en"])


def lack_words(value: Value) -> str:
    """Return why a value has no number; nothing where it has one and all of it."""
    if value.gap is None:
        return ""
    if value.gap is Lack.NOT_COUNTED:
        return str(getattr(value.indicator.source, "why", "")) or str(_LACKS[value.gap])
    return str(_LACKS[value.gap])
