"""How often resources are used, and short links: for those who write and lead awareness."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final, Self
from uuid import UUID

import segno
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balise.awareness.usage import actions, queries
from balise.awareness.usage.rules.periods import Per, Period, period_of
from balise.awareness.usage.rules.tallies import UsageKind
from balise.foundation.clock import today
from balise.foundation.limited.lanes import EXPORTS
from balise.foundation.tables import as_csv
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

# Read which period someone looks at, and where a new short link leads.


class PeriodForm(forms.Form):
    """A kind of period and a day in it; without a word, this month."""

    per = forms.TypedChoiceField(
        label=_("Period"), choices=Per.choices, coerce=Per, empty_value=None, required=False
    )
    day = forms.DateField(
        label=_("A day of it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Return the form as it was sent, with what was left out."""
        given = {name: asked.get(name) for name in ("per", "day") if asked.get(name)}
        return cls({"per": Per.MONTH.value, "day": today().isoformat(), **given})

    @property
    def period(self) -> Period:
        return period_of(self._chosen("per") or Per.MONTH, self._chosen("day") or today())

    def _chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() else None


class LinkForm(forms.Form):
    """A new short link."""

    address = forms.CharField(
        label=_("Address of the page"),
        max_length=400,
        help_text=_("A page of this site, as it stands in the browser."),
    )
    campaign = forms.CharField(
        label=_("Campaign code"),
        max_length=40,
        required=False,
        help_text=_("Optional: it is counted with the link. Example: SID-2027."),
    )


_DARK, _LIGHT = "#14222e", "#ffffff"
_PNG: Final = 12  # points of a square: a poster's print stays sharp
COLUMNS: Final = ("first", "last", "thing", "title", "kind", "number", "remark")


@staff
@require_GET
def board(request: Request) -> HttpResponse:
    """Show what was used in a period, by resource."""
    form = PeriodForm.of(request.GET)
    period = form.period
    found = queries.used(period, language=get_language() or "", seen_by=request.actor)
    shown = {
        "form": form,
        "period": period,
        "is_over": period.last < today(),
        "kinds": UsageKind.labels,
        "found": found,
    }
    return render(request, "usage/board.html", shown)


@staff
@require_POST
@EXPORTS.turn()
def export(request: Request) -> HttpResponse:
    """Give the numbers of a period that is over as a file."""
    form = PeriodForm.of(request.POST)
    period = form.period
    with attempt(request):
        counted = actions.export(period=period, by=request.actor)
        found = queries.used(period, language=get_language() or "", seen_by=request.actor)
        titles = {row.thing: row.named.title for row in found.rows if row.named}
        written = _as_csv(period, counted, titles, at_least=bool(found.lost))
        answer = HttpResponse(written, content_type="text/csv; charset=utf-8")
        name = f"usage-{period.first:%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return redirect("staff:usage:board")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Request) -> HttpResponse:
    """Show all short links, and open one."""
    form = LinkForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("The short link is ready.")):
            actions.open_link(by=request.actor, **form.cleaned_data)
            return redirect("staff:usage:links")
    period = PeriodForm.of({}).period
    shown = {
        "form": form,
        "links": [
            (each, _address(each.link.code))
            for each in queries.links(period, language=get_language() or "", seen_by=request.actor)
        ],
    }
    return render(request, "usage/links.html", shown, status=status_of(form))


@staff
@require_POST
def close(request: Request, link_id: UUID) -> HttpResponse:
    """Close a short link."""
    with attempt(request, said=gettext("The short link is closed.")):
        actions.close_link(link_id=link_id, by=request.actor)
    return redirect("staff:usage:links")


@staff
@require_GET
def code(request: Request, link_id: UUID, form: str) -> HttpResponse:
    """Draw a short link as a QR code, to be printed: SVG or PNG."""
    link = queries.link(link_id, seen_by=request.actor)
    drawn = BytesIO()
    squares = segno.make(_address(link.code), error="m")
    if form == "svg":
        squares.save(drawn, kind="svg", scale=5, border=4, dark=_DARK, light=_LIGHT)
    else:
        squares.save(drawn, kind="png", scale=_PNG, border=4, dark=_DARK, light=_LIGHT)
    kind = "image/svg+xml" if form == "svg" else "image/png"
    answer = HttpResponse(drawn.getvalue(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{link.code}.{form}"'
    return answer


def _address(code: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}/r/{code}"


def _as_csv(
    period: Period,
    counted: Mapping[UsageKind, Mapping[str, int]],
    titles: Mapping[str, str],
    *,
    at_least: bool,
) -> str:
    """Return one row for each kind and thing."""
    rows: list[tuple[object, ...]] = [COLUMNS]
    days = (period.first.isoformat(), period.last.isoformat())
    remark = gettext("at least") if at_least else ""
    for kind, numbers in counted.items():
        total = ("total", gettext("All uses"), sum(numbers.values()))
        things = ((each, titles.get(each, ""), many) for each, many in sorted(numbers.items()))
        rows += (
            (*days, thing, title, kind.value, n, remark) for thing, title, n in (total, *things)
        )
    return as_csv(rows)
