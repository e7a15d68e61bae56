"""The page of one figure: its value, what it means, where it comes from, how it changed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, pgettext

from balise.foundation.accounts.queries import role_name
from balise.foundation.actors import ActorKind
from balise.foundation.moments import day_words
from balise.foundation.oversight.queries import authors
from balise.foundation.refusals import refusals_as
from balise.foundation.statistics.boards import label_of
from balise.foundation.statistics.indicators import Indicator, IndicatorKind, Method, indicator_of
from balise.foundation.statistics.protection import Exposure
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.navigation import ways_into
from balise.foundation.web.pages import parts_of
from balise.steering.boards import access, actions
from balise.steering.boards.rules.sentences import Table, until_words, waiting_words
from balise.steering.boards.web.charts import of_steps
from balise.steering.boards.web.leaving import table_as_csv
from balise.steering.boards.web.staff import FigureForm
from balise.steering.indicators.queries.comparing import compared_values
from balise.steering.indicators.queries.covering import covered
from balise.steering.indicators.queries.leaving import exposure_of_total
from balise.steering.indicators.queries.origins import origin_of
from balise.steering.indicators.queries.tables import in_each, noun, permalink
from balise.steering.indicators.queries.targets import alerts_of, targets_of
from balise.steering.indicators.queries.values import Dimension, dimensions
from balise.steering.indicators.rules.sentences import decimal_words, lack_words, name_of, sentence
from balise.steering.indicators.rules.values import Compared, Part, Stepped, Value
from balise.steering.rules.leaving import NOT_COUNTED, bound_words, number_words, percent_words
from balise.steering.rules.periods import title, when

# Who entered what a figure is made of, in words: roles, never people.


LATEST: Final = 500  # facts that are looked at: all would take as long as the journal is


@dataclass(frozen=True, slots=True)
class Author:
    """A role, or what is no role, and its share of the facts."""

    name: str
    share: str


@dataclass(frozen=True, slots=True)
class Entered:
    """Who recorded the latest facts of a figure, the most frequent first."""

    looked_at: int
    authors: tuple[Author, ...]


def entered_by(one: Indicator) -> Entered | None:
    """Return who recorded the latest facts that a figure is made of; None where there are none."""
    found = authors(origin_of(one).events, latest=LATEST)
    if not found.looked_at:
        return None
    named = [(role_name(code) or _("Someone who has left"), count) for code, count in found.roles]
    named += [(_kind(kind), count) for kind, count in found.others]
    named.sort(key=lambda each: -each[1])
    told = (Author(name, percent_words(count, found.looked_at)) for name, count in named)
    return Entered(found.looked_at, tuple(told))


def _kind(kind: ActorKind) -> str:
    match kind:
        case ActorKind.PUBLIC:
            return pgettext("recorded by", "The public, on our pages")
        case ActorKind.PARTNER:
            return pgettext("recorded by", "Partners, through the API")
        case ActorKind.SYSTEM:
            return pgettext("recorded by", "The platform, by its schedule")
        case ActorKind.STAFF:
            return pgettext("recorded by", "Staff")


_KINDS = {
    IndicatorKind.FLOW: lambda: pgettext("figure", "flow"),
    IndicatorKind.STOCK: lambda: pgettext("figure", "stock"),
    IndicatorKind.CUMULATIVE: lambda: pgettext("figure", "all that ever was"),
    IndicatorKind.RATE: lambda: pgettext("figure", "share"),
    IndicatorKind.MEAN: lambda: pgettext("figure", "mean"),
    IndicatorKind.READING: lambda: pgettext("figure", "reading"),
}
_METHODS = {
    Method.MEASURED: lambda: pgettext("figure", "measured"),
    Method.DECLARED: lambda: pgettext("figure", "declared"),
    Method.IMPORTED: lambda: pgettext("figure", "imported"),
    Method.ESTIMATED: lambda: pgettext("figure", "estimated"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A version of a meaning: its number, since when, what it says."""

    number: int
    since: str
    says: str


@staff.get
def figure(request: Request, code: str) -> HttpResponse:
    """Show one figure for a period, beside another, whole: small numbers too."""
    began = time.perf_counter()
    one = _indicator(code)
    form = FigureForm(request.GET)
    period = form.chosen
    known = dimensions(one)
    by = request.GET.get("by", "")
    by = by if by in {each.by for each in known} else ""
    coverage = covered([code])  # before the tallies: they may only know more
    [found] = compared_values(
        [code],
        period,
        against=form.against_what,
        known_by=form.day_known,
        steps=True,
        parts=True,
        by=by,
        seen_by=request.actor,
    )
    says = sentence(found)
    context = {
        "indicator": one,
        "form": form,
        "period": period,
        "other": found.before.period if found.before else None,
        "found": found,
        "value": _whole_words(found.now),
        "bound": bound_words(found.now.quantity.bound) if found.now.quantity else "",
        "noun": noun(one),
        "says": says,
        "lacks": lack_words(found.now) if found.now.quantity else "",
        "days": _days(found),
        "tags": _tags(one),
        "drawing": of_steps(found, head=str(one.name), says=says),
        "steps": _steps(found),
        "rows": _parts(found),
        "breakdowns": _breakdowns(known, by or one.by, form.asked),
        "facts": number_words(found.now.events) if found.now.events else "",
        "origin": origin_of(one),
        "entered_by": entered_by(one),
        "lists": ways_into(origin_of(one).modules, request.actor),
        "numerator": _ratio(found),
        "definition": in_each(lambda: str(one.definition)),
        "meanings": [
            Meaning(each.number, day_words(each.since) if each.since else "", str(each.says))
            for each in reversed(one.versions)
        ],
        "breaks": [(day_words(each.on), name_of(each)) for each in found.breaks],
        "known_by": day_words(form.day_known) if form.day_known else "",
        "until": until_words(localtime(coverage.whole_until)),
        "waiting": waiting_words(coverage),
        "milliseconds": max(1, round((time.perf_counter() - began) * 1000)),
        "targets": targets_of(found),
        "alerts": alerts_of(found),
        "permalink": permalink(code, period, form.day_known),
        "parts": parts_of("steering.figure", found, seen_by=request.actor),
        "may_export": request.actor.may(access.EXPORT),
        "is_invented": settings.DEMONSTRATION,
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "steering/figure.html", context, status=status)


@staff.post
def leave(request: Request, code: str) -> HttpResponse:
    """Hand a figure over as a CSV file, masked; who took it is written down."""
    _indicator(code)
    form = FigureForm(request.POST)
    if not form.is_valid():
        raise Http404
    with attempt(request):
        table = actions.take(
            code=code,
            period=form.chosen,
            against=form.against_what,
            known_by=form.day_known,
            by=request.actor,
        )
        answer = HttpResponse(table_as_csv(table), content_type="text/csv; charset=utf-8")
        invented = "demonstration-" if settings.DEMONSTRATION else ""
        name = f"{invented}{code}-{form.chosen.first}-{form.chosen.last}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return redirect(f"{reverse('staff:steering:figure', args=[code])}?{urlencode(form.asked)}")


def _indicator(code: str) -> Indicator:
    with refusals_as(Http404):
        return indicator_of(code)


def _days(found: Compared) -> str:
    """Return of how many days a number is, where its period is not over."""
    if not found.now.is_partial:
        return ""
    days = {"days": found.now.days, "all": found.now.period.day_count}
    return _("%(days)d days of %(all)d are over.") % days


_LEAVES: Final = {
    Exposure.PUBLIC: lambda: _("leaves exact"),
    Exposure.SENSITIVE: lambda: _("leaves by quarter, within 4"),
    Exposure.GRAVE: lambda: _("leaves by quarter, within 5"),
    Exposure.INSIDE: lambda: _("does not leave"),
}


def _tags(one: Indicator) -> list[str]:
    adds = _("adds up over time") if one.adds_over_time else _("does not add up over time")
    leaves = _LEAVES[exposure_of_total(one)]()
    version = _("%(code)s, definition %(version)d") % {"code": one.code, "version": one.version}
    return [_KINDS[one.kind](), adds, _METHODS[one.method](), leaves, version]


def _ratio(found: Compared) -> str:
    """Return what a ratio is made of, as “620 of 820”."""
    above, below = found.now.numerator, found.now.denominator
    if above is None or below is None:
        return ""
    made = {"part": decimal_words(above.value), "whole": decimal_words(below.value)}
    if found.now.whole_of:
        made |= {"when": when(found.now.period), "when_whole": when(found.now.whole_of)}
        return _("%(part)s %(when)s over %(whole)s %(when_whole)s") % made
    return _("%(part)s over %(whole)s") % made


def _steps(found: Compared) -> Table | None:
    if not found.now.steps:
        return None
    other = found.before.steps if found.before else ()
    is_share = found.now.is_share
    rows = []
    for place, step in enumerate(found.now.steps):
        cells = [title(step.period), _told(step, is_share=is_share)]
        if found.before:
            cells.append(_told(other[place], is_share=is_share) if place < len(other) else "")
        rows.append(tuple(cells))
    return Table(_heads(found, _("Time")), tuple(rows))


def _parts(found: Compared) -> Table | None:
    """Return the parts of a figure now, then those that it had before alone; and their total."""
    columns = [found.now, *([found.before] if found.before else [])]
    labels = found.now.indicator.labels()
    named = {part.code: part.label for value in reversed(columns) for part in value.parts}
    codes = dict.fromkeys(part.code for value in columns for part in value.parts)
    if not codes:
        return None
    rows = [
        (
            named[code] or label_of(code, labels),
            *(_part_words(value, code) for value in columns),
        )
        for code in codes
    ]
    if found.now.indicator.adds_across:
        rows.append((pgettext("figures", "Total"), *(_whole_words(value) for value in columns)))
    return Table(_heads(found, _("Kind")), tuple(rows))


def _part_words(value: Value, code: str) -> str:
    """Return a part; zero where others have it and this has none, though it was counted."""
    for part in value.parts:
        if part.code == code:
            return _told(part, is_share=value.is_share)
    return NOT_COUNTED if value.quantity is None else number_words(0)


def _whole_words(value: Value) -> str:
    if value.quantity is None:
        return NOT_COUNTED
    return decimal_words(value.quantity.value, is_share=value.is_share)


def _breakdowns(
    known: Sequence[Dimension], current: str, asked: Mapping[str, str]
) -> list[tuple[str, str, bool]]:
    """Return the codes to break a figure down by, as tabs; none where there is no choice."""
    if len(known) < 2:  # noqa: PLR2004 - a choice
        return []
    return [
        (str(each.name), f"?{urlencode({**asked, 'by': each.by})}#rows", each.by == current)
        for each in known
    ]


def _heads(found: Compared, first: str) -> tuple[str, ...]:
    heads = (first, str(found.now.period))
    return (*heads, str(found.before.period)) if found.before else heads


def _told(one: Part | Stepped, *, is_share: bool) -> str:
    if one.quantity is None:
        return NOT_COUNTED
    return decimal_words(one.quantity.value, is_share=is_share)
