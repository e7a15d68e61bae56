"""A week's rota for who plans: ask for it, look at what it leaves open, publish it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.clock import today
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.staffing.actions import editing, planning
from balise.helpline.staffing.queries import adherence, history, rotas
from balise.helpline.staffing.queries.rotas import Sheet
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.rules.rota import GapKind
from balise.helpline.staffing.web.planning import (
    Columns,
    ShiftForm,
    columns,
    day_in,
    parts,
    week_tabs,
)

# Who is away stands above all that a rota leaves open.
_OPEN = tuple(kind for kind in GapKind if kind is not GapKind.AWAY)


@staff.get
def rota(request: Request) -> HttpResponse:
    """Show a week's rota: the draft where there is one, else the one in force."""
    monday = monday_of(day_in(request, default=today() + timedelta(weeks=1)))
    in_force, making = rotas.sheet(monday, seen_by=request.actor)
    shown = making or in_force
    context = {
        "monday": monday,
        "sheet": shown,
        "in_force": in_force,
        "is_draft_beside": making is not None and in_force is not None,
        "drawn": _drawn(shown) if shown else [],
        "away": shown.of_kind(GapKind.AWAY) if shown else [],
        "left": [(kind, shown.of_kind(kind)) for kind in _OPEN] if shown else [],
        "weeks": week_tabs("staff:staffing:rota", monday, first=0),
        "parts": parts("rota"),
    }
    return render(request, "helpline/staffing/rota.html", context)


@staff.post
def ask(request: Request) -> HttpResponse:
    """Ask for the shifts of a week."""
    monday = monday_of(day_in(request, default=today() + timedelta(weeks=1)))
    with attempt(request):
        planning.ask_rota(monday=monday, by=request.actor)
    return redirect(f"{reverse('staff:staffing:rota')}?day={monday.isoformat()}")


@staff.post
def publish(request: Request, rota_id: UUID) -> HttpResponse:
    """Let everyone see their week."""
    with attempt(request, said=_("Published: everyone sees their own week.")):
        planning.publish_rota(rota_id=rota_id, by=request.actor)
    monday = monday_of(day_in(request, default=today()))
    return redirect(f"{reverse('staff:staffing:rota')}?day={monday.isoformat()}")


@staff.form
def shift(request: Request, rota_id: UUID, account_id: UUID, day: str) -> HttpResponse:
    """Show someone's day in a rota; put them there, or take their shift away."""
    on = _day(day)
    place = there(rotas.place(rota_id, account_id, on, seen_by=request.actor))
    back = f"{reverse('staff:staffing:rota')}?day={place.monday.isoformat()}"
    form = ShiftForm(
        posted(request),
        open_halves=place.halves,
        lengths=history.plan().shift_halves,
        initial=place.turn.given if place.turn else {},
    )
    clears = "clear" in request.POST
    if request.method == "POST" and (clears or form.is_valid()):
        where: dict[str, Any] = {"rota_id": rota_id, "account": account_id, "day": on}
        with attempt(request, form, said=_("Saved.")):
            if clears:
                editing.clear_shift(**where, by=request.actor)
            else:
                editing.set_shift(**where, by=request.actor, **form.cleaned_data)
            return redirect(back)
    context = {"place": place, "day": on, "back": back, "form": form}
    return render(request, "helpline/staffing/shift.html", context, status=status_of(form))


@staff.get
def beside(request: Request) -> HttpResponse:
    """Show a day's rota beside what the seats did, for the team in sums."""
    day = min(day_in(request, default=today()), today())
    found = adherence.team_day(day, seen_by=request.actor)
    context = {
        "found": found,
        "drawn": columns(
            [half.seated for half in found.halves],
            [at for at, _half in found.rows],
            beside=[half.planned for half in found.halves],
        ),
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today() else None,
        "parts": parts("adherence"),
    }
    return render(request, "helpline/staffing/adherence.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _drawn(sheet: Sheet) -> list[tuple[date, Columns]]:
    found = []
    for day, covered, needed, halves in zip(
        sheet.days, sheet.covered, sheet.needed, sheet.halves, strict=True
    ):
        if halves:
            drawn = columns(
                [covered[half] for half in halves],
                [history.words_of(half) for half in halves],
                beside=[needed[half] for half in halves],
            )
            found.append((day, drawn))
    return found
