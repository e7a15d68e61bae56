"""The staff door: the files for Insafe and for Child Helpline International, to take outside."""

from http import HTTPStatus

import orjson
from django.http import HttpResponse
from django.shortcuts import render

from balise.foundation.web.doors import Request, staff
from balise.helpline.contacts.actions import taking
from balise.helpline.contacts.queries import reports as figures
from balise.helpline.contacts.rules.reports import Report, as_csv, as_object
from balise.helpline.contacts.web.public import QuarterForm, YearForm

PAGE = "helpline/contacts/reports.html"


@staff.get
def reports(request: Request) -> HttpResponse:
    """Show which files there are, each with its periods."""
    return _show(request)


@staff.post
def insafe(request: Request) -> HttpResponse:
    """Take the file of a quarter for Insafe."""
    form = QuarterForm(request.POST, quarters=figures.quarters(seen_by=request.actor))
    if not form.is_valid():
        return _show(request, insafe=form)
    year, quarter = form.cleaned_data["period"]
    report = taking.take_insafe(year=year, quarter=quarter, by=request.actor)
    return _file(request, report, f"insafe-{year}-{quarter}")


@staff.post
def chi(request: Request) -> HttpResponse:
    """Take the file of a year for Child Helpline International."""
    form = YearForm(request.POST, years=figures.years(seen_by=request.actor))
    if not form.is_valid():
        return _show(request, chi=form)
    year = form.cleaned_data["period"]
    return _file(request, taking.take_chi(year=year, by=request.actor), f"chi-{year}")


def _show(
    request: Request, *, insafe: QuarterForm | None = None, chi: YearForm | None = None
) -> HttpResponse:
    quarters = figures.quarters(seen_by=request.actor)
    years = figures.years(seen_by=request.actor)
    context = {
        "insafe": insafe or QuarterForm(quarters=quarters),
        "has_quarters": bool(quarters),
        "chi": chi or YearForm(years=years),
        "has_years": bool(years),
        "to_verify": figures.to_verify(seen_by=request.actor),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if insafe or chi else HTTPStatus.OK
    return render(request, PAGE, context, status=status)


def _file(request: Request, report: Report, name: str) -> HttpResponse:
    if request.POST.get("form") == "json":
        text, kind = orjson.dumps(as_object(report)) + b"\n", "json"
    else:
        text, kind = as_csv(report).encode(), "csv"
    content_type = "application/json" if kind == "json" else "text/csv; charset=utf-8"
    answer = HttpResponse(text, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
