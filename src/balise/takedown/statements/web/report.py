"""The yearly report of the trusted flagger: read it, take it outside."""

from dataclasses import dataclass
from http import HTTPStatus

import orjson
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.doors import Request, staff
from balise.takedown.statements.actions import reporting
from balise.takedown.statements.documents.yearly import yearly_pdf
from balise.takedown.statements.queries.flagging import yearly_report
from balise.takedown.statements.rules.flagging import as_document
from balise.takedown.statements.rules.layout import layout

_FIRST_YEAR = 2024  # the regulation applies since 17 February 2024


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the report, in words."""

    provider: str
    category: str
    action: str
    count: int
    median: float | None
    p90: float | None


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(today().year, _FIRST_YEAR - 1, -1)]


class YearForm(forms.Form):
    """Which year."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, choices=_years)


@staff.get
def show(request: Request) -> HttpResponse:
    """Show a year's report as it stands today."""
    form = YearForm(request.GET or {"year": today().year})
    year = form.cleaned_data["year"] if form.is_valid() else today().year
    report = yearly_report(year, seen_by=request.actor)
    language = _language()
    plan = layout(settings.COUNTRY)
    rows = [
        ReportRow(
            row.provider,
            plan.category(row.category, language),
            plan.action(row.action, language),
            row.count,
            row.hours.median,
            row.hours.p90,
        )
        for row in report.rows
    ]
    context = {
        "form": form,
        "report": report,
        "rows": rows,
        "is_over": year < today().year,
        "has_statement": bool(settings.INDEPENDENCE.get(language)),
        "independence": settings.INDEPENDENCE.get(language)
        or plan.independence.in_language(language),
    }
    return render(request, "takedown/statements/report.html", context)


@staff.post
def take(request: Request) -> HttpResponse:
    """Hand over the report as a file; who took it is written down."""
    form = YearForm(request.POST)
    kind = request.POST.get("form", "")
    if not form.is_valid() or kind not in {"pdf", "json"}:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    year = form.cleaned_data["year"]
    report = reporting.take_report(year=year, form=kind, by=request.actor)
    if kind == "pdf":
        content, content_type = yearly_pdf(report, language=_language()), "application/pdf"
    else:
        content, content_type = orjson.dumps(as_document(report)), "application/json"
    name = f"trusted-flagger-{year}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _language() -> str:
    return (get_language() or "fr")[:2]
