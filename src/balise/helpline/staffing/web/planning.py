"""The forecast of a week and what one more would change, for who plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField
from balise.helpline.queue.rules import MOST_CHATS, Skill
from balise.helpline.staffing.queries import history, planning
from balise.helpline.staffing.queries.history import words_of
from balise.helpline.staffing.queries.planning import Week
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.rules.needs import Manner
from balise.helpline.staffing.rules.rota import MOST_WEEK_HOURS, Wish

# Columns over a day, in the page's own colours: the table beside them says the same in numbers.
#
# The drawing stretches to the page's width, so words stand outside of it.


_HIGH = 100
_WIDE = 10
_APART = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: from its left edge, how far up; `is_short` where more was needed."""

    x: int
    y: float
    height: float
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a day and, as a line of steps over them, what they are compared with."""

    columns: tuple[Column, ...]
    steps: str
    width: int
    most: int
    hours: tuple[str, ...]


def columns(
    values: Sequence[float], hours: Sequence[str], *, beside: Sequence[float] = ()
) -> Columns:
    """Return columns of some values, one for each half hour, as high as the highest of all."""
    most = max([*values, *beside, 1])
    drawn = tuple(
        Column(
            x=place * _WIDE,
            y=round(_HIGH - value / most * _HIGH, 1),
            height=round(value / most * _HIGH, 1),
            is_short=bool(beside) and value < beside[place],
        )
        for place, value in enumerate(values)
    )
    corners = [
        f"{place * _WIDE + at},{round(_HIGH - value / most * _HIGH, 1)}"
        for place, value in enumerate(beside)
        for at in (0, _WIDE)
    ]
    labelled = tuple(hour for place, hour in enumerate(hours) if place % 4 == 0)
    return Columns(
        drawn, " ".join(corners), max(len(values) * _WIDE - _APART, 1), round(most), labelled
    )


# What a lead asks of a what-if, and sets of the team; what a listener says of their own week.


_MOST_PER_HOUR = 500
_MOST_MINUTES = 240


def _number(label: Any, *, most: int, least: float = 0, hint: Any = "") -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=hint,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class WhatIfForm(forms.Form):
    """An hour: who comes, how long it takes, how long they wait."""

    calls = _number(_("Calls an hour"), most=_MOST_PER_HOUR)
    chats = _number(_("Chats an hour"), most=_MOST_PER_HOUR)
    call_minutes = _number(
        _("Minutes per call"), least=1, most=_MOST_MINUTES, hint=_("With the wrap-up.")
    )
    chat_minutes = _number(_("Minutes per chat"), least=1, most=_MOST_MINUTES)
    patience_minutes = _number(
        _("Minutes of waiting before someone gives up"), least=0.1, most=_MOST_MINUTES
    )
    concurrency = forms.TypedChoiceField(
        label=_("Chats at once"),
        choices=[(n, str(n)) for n in range(1, MOST_CHATS + 1)],
        coerce=int,
    )

    @property
    def manner(self) -> Manner:
        """Return how contacts are, as it was asked."""
        given = self.cleaned_data
        return Manner(
            call_s=given["call_minutes"] * 60,
            chat_s=given["chat_minutes"] * 60,
            patience_s=given["patience_minutes"] * 60,
            concurrency=given["concurrency"],
        )


class ContractForm(forms.Form):
    """How long someone works each week, and as what."""

    hours = _number(
        _("Hours a week"),
        most=MOST_WEEK_HOURS,
        hint=_("Working time without breaks. 0: no longer planned."),
    )
    skills = forms.TypedMultipleChoiceField(
        label=_("Professions"),
        choices=Skill.choices,
        coerce=Skill,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ShiftForm(forms.Form):
    """From when someone works on a day, and for how long."""

    begins = forms.TypedChoiceField(label=pgettext_lazy("shift", "From"), coerce=int)
    halves = forms.TypedChoiceField(
        label=pgettext_lazy("shift", "Hours, the break included"),
        coerce=int,
        help_text=_("A break, if due, is placed in the middle."),
    )

    def __init__(
        self, *args: Any, open_halves: Sequence[int], lengths: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        begins = [(half, words_of(half)) for half in open_halves]
        self.fields["begins"].choices = begins  # type: ignore[attr-defined]
        hours = [(halves, floatformat(halves / 2, -1)) for halves in lengths]
        self.fields["halves"].choices = hours  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """At which time of the day one would rather work."""

    wish = CodeField(Wish, label=_("I would rather work"), widget=forms.RadioSelect)


class AbsenceForm(forms.Form):
    """Days away, both included; why is not asked."""

    first = DayField(label=_("First day off"))
    last = DayField(label=_("Last day off"))


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
        "trials": [(gettext("Calls"), tried["calls"]), (gettext("Chats"), tried["chats"])],
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
            gettext("Week of %(day)s") % {"day": date_format(monday, "j F")},
            f"{reverse(url_name)}?day={monday.isoformat()}",
            monday == current,
        )
        for monday in mondays
    ]


def parts(current: str) -> list[tuple[str, str, bool]]:
    """Return the tabs of who plans."""
    names = (
        ("forecast", gettext("Forecast")),
        ("what-if", gettext("Simulation")),
        ("rota", gettext("Rota")),
        ("adherence", gettext("Planned and present")),
        ("team", gettext("Team")),
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
