"""The team for who plans; one's own week for each listener."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.clock import today
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.staffing import access
from balise.helpline.staffing.actions import people, swapping
from balise.helpline.staffing.queries import adherence, people as known, rotas
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.web.planning import (
    AbsenceForm,
    ContractForm,
    WishForm,
    day_in,
    parts,
    week_tabs,
)


@staff.get
def team(request: Request) -> HttpResponse:
    """Show who may be planned."""
    context = {"team": known.team(seen_by=request.actor), "parts": parts("team")}
    return render(request, "helpline/staffing/team.html", context)


@staff.form
def member(request: Request, account_id: UUID) -> HttpResponse:
    """Show and set someone's hours and professions, and note when they are away."""
    one = there(known.person(account_id, seen_by=request.actor))
    is_absence = "first" in request.POST
    contract = ContractForm(
        None if is_absence else posted(request),
        initial={"hours": one.hours, "skills": list(one.skills)},
    )
    absence = AbsenceForm(request.POST if is_absence else None)
    asked = absence if is_absence else contract
    if asked.is_valid():
        with attempt(request, asked, said=_("Saved.")):
            if is_absence:
                people.note_absence(account=account_id, by=request.actor, **absence.cleaned_data)
            else:
                people.set_contract(
                    account=account_id,
                    halves=round(contract.cleaned_data["hours"] * 2),
                    skills=contract.cleaned_data["skills"],
                    by=request.actor,
                )
            return redirect("staff:staffing:member", account_id)
    context = {"one": one, "contract": contract, "absence": absence}
    return render(request, "helpline/staffing/member.html", context, status=status_of(asked))


@staff.form
def my_week(request: Request) -> HttpResponse:
    """Show one's own week, wish and absences; note them."""
    me = known.own(seen_by=request.actor)
    is_absence = "first" in request.POST
    wish = WishForm(
        None if is_absence else posted(request),
        initial={"wish": me.wish},
    )
    absence = AbsenceForm(request.POST if is_absence else None)
    asked = absence if is_absence else wish
    if asked.is_valid():
        with attempt(request, asked, said=_("Saved.")):
            if is_absence:
                people.note_absence(by=request.actor, **absence.cleaned_data)
            else:
                people.note_wish(by=request.actor, **wish.cleaned_data)
            return redirect("staff:staffing:my-week")
    monday = monday_of(day_in(request, default=today()))
    week = rotas.own_week(monday, seen_by=request.actor)
    context = {
        "me": me,
        "week": week,
        "wish": wish,
        "absence": absence,
        "today": today(),
        "kept": [
            (day, adherence.own_day(day, seen_by=request.actor))
            for day in (monday + timedelta(days=place) for place in range(7))
            if day <= today()
        ],
        "weeks": week_tabs("staff:staffing:my-week", monday, first=-1),
    }
    return render(request, "helpline/staffing/my_week.html", context, status=status_of(asked))


@staff.post
def withdraw_absence(request: Request, absence_id: UUID) -> HttpResponse:
    """Take an absence back."""
    people.withdraw_absence(absence_id=absence_id, by=request.actor)
    messages.success(request, _("Offer withdrawn."))
    account = request.POST.get("account", "")
    if account and request.actor.may(access.PLAN):
        try:
            return redirect("staff:staffing:member", UUID(account))
        except ValueError:
            pass
    return redirect("staff:staffing:my-week")


@staff.post
def swap(request: Request, shift_id: UUID) -> HttpResponse:
    """Offer a shift, take it back, or take a colleague's."""
    action = swapping.take_shift if "take" in request.POST else swapping.offer_shift
    with attempt(request, said=_("Saved.")):
        action(shift_id=shift_id, by=request.actor)
    return redirect("staff:staffing:my-week")
