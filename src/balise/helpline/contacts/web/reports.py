"""The staff door: the files for Insafe and for Child Helpline International, to take outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _, pgettext

from balise.foundation import clock
from balise.foundation.moments import day_words
from balise.foundation.statistics.protection import Node
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.contacts.actions import taking
from balise.helpline.contacts.queries import reports as figures
from balise.helpline.contacts.rules import reports as rules
from balise.helpline.contacts.rules.reports import Layout, Report, Volume, as_csv, as_object

PAGE = "helpline/contacts/reports.html"


class PeriodForm(forms.Form):
    """Which period, of those that are over; the last one that can be had at first."""

    def __init__(self, prefix: str, nodes: Sequence[Node], given: Any = None) -> None:
        super().__init__(given, prefix=prefix)
        day = clock.today()
        self.ready = [node for node in nodes if node.latest(day)]
        self.waits = [
            (_words(node), day_words(rules.had_from(node)))
            for node in nodes
            if node not in self.ready
        ]
        period = forms.TypedChoiceField(
            label=_("Quarter") if prefix == "insafe" else _("Year"),
            choices=_choices(nodes),
            coerce=lambda text: tuple(int(part) for part in text.split("-")),
        )
        period.widget.choices = _choices(self.ready)
        self.fields["period"] = period


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the page shows it: its periods, what it has and has not."""

    code: str
    title: str
    url: str
    form: PeriodForm
    layout: Layout
    period: str = ""  # the last that can be had
    volume: Volume | None = None


@staff.get
def reports(request: Request) -> HttpResponse:
    """Show which files there are, each with its periods."""
    return _show(request)


@staff.post
def insafe(request: Request) -> HttpResponse:
    """Take the file of a quarter for Insafe."""
    form = _insafe_form(request, request.POST)
    if form.is_valid():
        with attempt(request, form, at="period"):
            year, quarter = form.cleaned_data["period"]
            report = taking.take_insafe(year=year, quarter=quarter, by=request.actor)
            return _file(request, report, f"insafe-{year}-{quarter}")
    return _show(request, form)


@staff.post
def chi(request: Request) -> HttpResponse:
    """Take the file of a year for Child Helpline International."""
    form = _chi_form(request, request.POST)
    if form.is_valid():
        with attempt(request, form, at="period"):
            (year,) = form.cleaned_data["period"]
            return _file(request, taking.take_chi(year=year, by=request.actor), f"chi-{year}")
    return _show(request, form)


def _insafe_form(request: Request, given: Any = None) -> PeriodForm:
    return PeriodForm("insafe", figures.quarters(seen_by=request.actor), given)


def _chi_form(request: Request, given: Any = None) -> PeriodForm:
    return PeriodForm("chi", figures.years(seen_by=request.actor), given)


def _show(request: Request, *sent: PeriodForm) -> HttpResponse:
    layouts = figures.layouts(seen_by=request.actor)
    titles = {
        "insafe": gettext("Insafe, each quarter"),
        "chi": gettext("Child Helpline International, each year"),
    }
    fresh = (_insafe_form(request), _chi_form(request))
    drawn = {str(form.prefix): form for form in (*fresh, *sent)}
    files = [
        _File(
            code,
            titles[code],
            reverse(f"staff:contacts:report-{code}"),
            form,
            layouts[code],
            *_volume(request, form),
        )
        for code, form in drawn.items()
    ]
    return render(request, PAGE, {"files": files}, status=status_of(*sent))


def _volume(request: Request, form: PeriodForm) -> tuple[str, Volume | None]:
    if not form.ready:
        return "", None
    return _words(form.ready[0]), figures.volume_of(form.ready[0], seen_by=request.actor)


def _choices(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    return [
        (f"{node.year}-{node.quarter}" if node.quarter else str(node.year), _words(node))
        for node in nodes
    ]


def _words(node: Node) -> str:
    if not node.quarter:
        return str(node.year)
    return pgettext("quarter", "%(first)s to %(last)s") % {
        "first": date_format(node.first, "F"),
        "last": date_format(node.last, "F Y"),
    }


def _file(request: Request, report: Report, name: str) -> HttpResponse:
    if request.POST.get("form") == "json":
        text, kind = orjson.dumps(as_object(report)) + b"\n", "json"
    else:
        text, kind = as_csv(report).encode(), "csv"
    content_type = "application/json" if kind == "json" else "text/csv; charset=utf-8"
    answer = HttpResponse(text, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
