"""What a table says in a sentence, in each language: a page's title, and a description.

Which sentence it is follows from what may be claimed; call them under `override(language)`.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy, override, pgettext

from balise.foundation.moments import day_words
from balise.steering.editions.rules.claims import Claim, Told, claimed, is_same_days
from balise.steering.rules.leaving import (
    FigureTable,
    Span,
    TableRow,
    Text,
    cell_words,
    decimal_words,
)
from balise.steering.rules.periods import Period, than_when, title, when

# By what may be said: a page's title, and the whole sentence. A claim without words of its own is a
# number and its days.
_TITLES: Final = {
    Claim.RISE: gettext_lazy("%(name)s: %(share)s more %(than)s"),
    Claim.FALL: gettext_lazy("%(name)s: %(share)s less %(than)s"),
    Claim.DOUBLE: gettext_lazy("%(name)s: nearly twice as many %(as)s"),
    Claim.STABLE: gettext_lazy("%(name)s: stable, %(with)s"),
    Claim.UNCLEAR: gettext_lazy("%(name)s: no clear change, %(with)s"),
    Claim.NOTHING: "%(name)s",
}
_SENTENCES: Final = {
    Claim.RISE: gettext_lazy("%(name)s: %(number)s %(when)s, %(share)s more %(than)s (%(before)s)"),
    Claim.FALL: gettext_lazy("%(name)s: %(number)s %(when)s, %(share)s less %(than)s (%(before)s)"),
    Claim.DOUBLE: gettext_lazy(
        "%(name)s: %(number)s %(when)s, nearly twice as many %(as)s (%(before)s)"
    ),
    Claim.STABLE: gettext_lazy("%(name)s: %(number)s %(when)s; stable, %(with)s (%(before)s)"),
    Claim.UNCLEAR: gettext_lazy(
        "%(name)s: %(number)s %(when)s; no clear change, %(with)s (%(before)s)"
    ),
    Claim.BESIDE: gettext_lazy("%(name)s: %(number)s %(when)s; %(before)s %(when_before)s"),
    Claim.SO_FAR: gettext_lazy(
        "%(name)s: already %(number)s by %(day)s, against %(before)s in all of %(year)s"
    ),
    Claim.STOCK: gettext_lazy(
        "%(name)s: %(number)s on %(day)s, %(difference)s since %(day_before)s"
    ),
    Claim.NOTHING: "%(name)s",
}
_ALONE: Final = gettext_lazy("%(name)s: %(number)s %(when)s")


def headline(table: FigureTable, language: str) -> str:
    """Return what a table says, with one number where something changed.

    The name alone where nothing of it may be shown.
    """
    told = claimed(table)
    template = _TITLES.get(told.claim) or _SENTENCES.get(told.claim, _ALONE)
    return str(template) % (_words(table, language) | _beside_words(table, told))


def sentence(table: FigureTable, language: str) -> str:
    """Return what a table says in full: its number, its days, and what it stands beside."""
    told = claimed(table)
    words = _words(table, language) | _beside_words(table, told)
    return f"{_SENTENCES.get(told.claim, _ALONE)}" % words + "."


def no_comparison(table: FigureTable, language: str) -> str:
    """Return why a table's two numbers are not compared: a break between; empty where none is."""
    if table.compared is None or not table.breaks:
        return ""
    last = table.breaks[-1]
    words = {"name": last.name[language], "day": day_words(last.on)}
    return _("The two periods do not compare: since %(day)s, “%(name)s”.") % words


def said(table: FigureTable, languages: Sequence[str]) -> Text:
    """Return what is read where a chart is not seen: the sentence, and the largest of its rows."""
    found = {}
    for language in languages:
        with override(language):
            words = [sentence(table, language), no_comparison(table, language)]
            if largest := _largest(table):
                most = {
                    "label": largest.label[language],
                    "number": cell_words(largest.cells[0], is_percent=table.is_percent),
                }
                words.append(_("The most: %(label)s, with %(number)s.") % most)
            found[language] = " ".join(filter(None, words))
    return found


def _words(table: FigureTable, language: str) -> dict[str, str]:
    cells = table.rows[0].cells if table.rows else ()
    numbers = [cell_words(one, is_percent=table.is_percent) for one in cells[:2]]
    return {
        "name": table.name[language],
        "number": numbers[0] if numbers else "",
        "before": numbers[1] if len(numbers) > 1 else "",
        "when": when(_period(table.period)),
        "day": day_words(table.period.last),
    }


def _beside_words(table: FigureTable, told: Told) -> dict[str, str]:
    """Return the words for what a table stands beside; none where it stands alone."""
    other = table.compared
    if other is None:
        return {}
    year, period = {"year": other.last.year}, _period(other)
    is_same = is_same_days(table.period, other)
    in_words = {"period": title(period)}
    now, before = (one.value or Decimal() for one in table.rows[0].cells[:2])
    return {
        "than": pgettext("change", "than on the same days of %(year)s") % year
        if is_same
        else than_when(period),
        "as": pgettext("change", "as on the same days of %(year)s") % year
        if is_same
        else pgettext("change", "as in: %(period)s") % in_words,
        "with": pgettext("change", "compared with the same days of %(year)s") % year
        if is_same
        else pgettext("change", "compared with: %(period)s") % in_words,
        "when_before": when(period),
        "day_before": day_words(other.last),
        "year": str(other.last.year),
        "share": percent(told.share or Decimal()),
        "difference": _signed(now - before),
    }


def percent(share: Decimal) -> str:
    """Return a change in whole per cent, as it is printed."""
    return decimal_words(share.quantize(Decimal("0.01"), ROUND_HALF_UP), is_percent=True)


def _signed(number: Decimal) -> str:
    if not number:
        return pgettext("change", "no change")
    return f"{'+' if number > 0 else '−'}{decimal_words(abs(number))}"


def _period(span: Span) -> Period:
    return Period(span.first or span.last, span.last)


def _largest(table: FigureTable) -> TableRow | None:
    """Return the part or step with the largest number that is shown; None where all are alike."""
    rows = [row for row in table.rows if row.code and row.cells[0].value is not None]
    rows.sort(key=lambda row: row.cells[0].value or Decimal(), reverse=True)
    if not rows or (len(rows) > 1 and rows[0].cells[0].value == rows[1].cells[0].value):
        return None
    return rows[0]
