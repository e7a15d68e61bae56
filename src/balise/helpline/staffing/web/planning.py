"""The forecast of a week and what one more would change, for who plans."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from balise.foundation.clock import today
from balise.foundation.web.doors import Request, staff
from balise.helpline.staffing.queries import history, planning
from balise.helpline.staffing.queries.planning import Week
from balise.helpline.staffing.rules.calendar import monday_of
from balise.helpline.staffing.web.drawing import columns
from balise.helpline.staffing.web.forms import WhatIfForm

WEEKS_SHOWN = 4


@staff.get
def forecast(request: Request) -> HttpResponse:
    """Show a week to come, and one of its days by half hour."""
    asked = day_in(request, default=today() + timedelta(days=1))
    week = planning.week(monday_of(asked), seen_by=request.actor)
    day = next(each for each in week.days if each.day == asked)
    plan, manner, lessons = history.plan(), week.basis.manner, planning.assumed()
    tried = planning.trials(seen_by=request.actor)
    context = {
        "week": week,
        "day": day,
        "drawn": columns([half.seats for half in day.halves], [half.at for half in day.halves]),
        "weeks": week_tabs("staff:staffing:forecast", week.monday, first=0),
        "trials": [(_("Calls"), tried["calls"]), (_("Chats"), tried["chats"])],
        "tried_weeks": planning.TRIED_WEEKS,
        "call_minutes": manner.call_s / 60,
        "chat_minutes": manner.chat_s / 60,
        "patience_minutes": manner.patience_s / 60,
        "ratio_percent": 100 * (week.holiday_ratio or 0),
        "aim": plan.target,
        "aim_percent": 100 * plan.target.share,
        "most_busy_percent": 100 * plan.max_occupancy,
        "lessons": lessons,
        "spread": [round(100 * share) for share in lessons.spread],
        "to_verify": [
            each.source for each in (plan, planning.days(), lessons) if each.is_to_verify
        ],
        "parts": parts("forecast"),
    }
    return render(request, "helpline/staffing/forecast.html", context)


@staff.get
def what_if(request: Request) -> HttpResponse:
    """Show what seats around the needed number give; the fullest half hour of tomorrow at first."""
    asked = day_in(request, default=today() + timedelta(days=1))
    week = planning.week(monday_of(asked), seen_by=request.actor)
    given = request.GET if "calls" in request.GET else None
    form = WhatIfForm(given or _fullest(week, asked, request.GET.get("at", "")))
    plan = history.plan()
    context: dict[str, Any] = {
        "form": form,
        "plan": plan,
        "shrinkage": 100 * plan.shrinkage,
        "parts": parts("what-if"),
    }
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "helpline/staffing/what_if.html", context, status=status)
    hour = form.cleaned_data
    context["found"] = planning.what_if(
        hour["calls"], hour["chats"], form.manner, seen_by=request.actor
    )
    context["concurrency"] = form.manner.concurrency
    return render(request, "helpline/staffing/what_if.html", context)


def day_in(request: Request, *, default: date) -> date:
    """Return the day that an address names, or another."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return default


def week_tabs(url_name: str, current: date, *, first: int) -> list[tuple[str, str, bool]]:
    """Return tabs of some weeks from this one (or from one before it) on."""
    mondays = [
        monday_of(today()) + timedelta(weeks=place) for place in range(first, first + WEEKS_SHOWN)
    ]
    if current not in mondays:
        mondays = sorted({*mondays, current})
    return [
        (
            _("Week of %(day)s") % {"day": date_format(monday, "j F")},
            f"{reverse(url_name)}?day={monday.isoformat()}",
            monday == current,
        )
        for monday in mondays
    ]


def parts(current: str) -> list[tuple[str, str, bool]]:
    """Return the tabs of who plans."""
    names = (
        ("forecast", _("Forecast")),
        ("what-if", _("Simulation")),
        ("rota", _("Rota")),
        ("adherence", _("Planned and present")),
        ("team", _("Team")),
    )
    return [(name, reverse(f"staff:staffing:{code}"), code == current) for code, name in names]


def _fullest(week: Week, asked: date, at: str) -> dict[str, Any]:
    day = next(each for each in week.days if each.day == asked)
    manner = week.basis.manner
    half = next((each for each in day.halves if each.at == at), None) or max(
        day.halves, key=lambda each: each.load.erlangs, default=None
    )
    return {
        "calls": _shown(half.calls.mean * 2 if half else 0),
        "chats": _shown(half.chats.mean * 2 if half else 0),
        "call_minutes": _shown(manner.call_s / 60),
        "chat_minutes": _shown(manner.chat_s / 60),
        "patience_minutes": _shown(manner.patience_s / 60),
        "concurrency": manner.concurrency,
    }


def _shown(number: float) -> str:
    """Return a number as a person of this language writes it."""
    return localize(round(number, 1))
