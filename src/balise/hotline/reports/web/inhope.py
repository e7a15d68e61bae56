"""The staff door: INHOPE's yearly file, to take outside."""

from typing import Any

import orjson
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from balise.foundation import clock
from balise.foundation.moments import day_words
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import taking
from balise.hotline.reports.queries import inhope as figures
from balise.hotline.reports.rules import inhope as rules

PAGE = "hotline/reports/inhope.html"


class YearForm(forms.Form):
    """Which year, of those that are over; the last one that can be had at first."""

    def __init__(self, request: Request, given: Any = None) -> None:
        super().__init__(given)
        nodes, day = figures.years(seen_by=request.actor), clock.today()
        self.ready = [node for node in nodes if rules.had_from(node) <= day]
        self.waits = [
            (node.year, day_words(rules.had_from(node))) for node in nodes if node not in self.ready
        ]
        year = forms.TypedChoiceField(
            label=_("Year"), choices=[(node.year, str(node.year)) for node in nodes], coerce=int
        )
        year.widget.choices = [(node.year, str(node.year)) for node in self.ready]
        self.fields["year"] = year


@staff.get
def page(request: Request) -> HttpResponse:
    """Show of which years there is a file, and what is not in it."""
    return _show(request, YearForm(request))


@staff.post
def take(request: Request) -> HttpResponse:
    """Take the file of a year for INHOPE."""
    form = YearForm(request, request.POST)
    if form.is_valid():
        with attempt(request, form, at="year"):
            year = form.cleaned_data["year"]
            file = taking.take_inhope(year=year, by=request.actor)
            return _file(file, f"inhope-{year}", is_json=request.POST.get("form") == "json")
    return _show(request, form)


def _show(request: Request, form: YearForm) -> HttpResponse:
    told = {"form": form, "not_collected": rules.NOT_COLLECTED}
    return render(request, PAGE, told, status=status_of(form))


def _file(file: rules.YearFile, name: str, *, is_json: bool) -> HttpResponse:
    if is_json:
        answer = HttpResponse(
            orjson.dumps(rules.as_object(file)) + b"\n", content_type="application/json"
        )
    else:
        answer = HttpResponse(rules.as_csv(file), content_type="text/csv; charset=utf-8")
    kind = "json" if is_json else "csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
