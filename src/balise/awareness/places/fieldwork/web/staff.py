"""The field for the coordinator: requests, the calendar, workshops declared, figures."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_http_methods

from balise.awareness.places.fieldwork import access
from balise.awareness.places.fieldwork.actions import asking, planning, workshops as declaring
from balise.awareness.places.fieldwork.queries import (
    interventions,
    of_structures,
    workshops as told,
)
from balise.awareness.places.fieldwork.queries.workshops import Shown
from balise.awareness.places.fieldwork.rules.visits import VisitState
from balise.awareness.places.fieldwork.rules.workshops import Band, WorkshopState
from balise.awareness.places.fieldwork.web.forms import (
    AT,
    HEADS,
    AskForm,
    MetForm,
    OpinionForm,
    PlanForm,
    TalkForm,
    VoidForm,
    WorkshopFacts,
)
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public, staff
from balise.foundation.web.pauses import paced

AHEAD: Final = timedelta(days=180)
_PAGE: Final = "fieldwork/staff/intervention.html"


@staff.get
def requests(request: Request) -> HttpResponse:
    """Show what is asked for, the oldest first, and what ended last."""
    context = {
        "asked": interventions.listed(VisitState.ASKED, seen_by=request.actor),
        "ended": interventions.ended(seen_by=request.actor),
        "parts": _parts("requests"),
    }
    return render(request, "fieldwork/staff/requests.html", context)


@staff.get
def calendar(request: Request) -> HttpResponse:
    """Show what has a day: interventions, and workshops that structures plan."""
    planned = interventions.listed(VisitState.PLANNED, seen_by=request.actor)
    coming = told.planned(until=clock.today() + AHEAD, seen_by=request.actor)
    days: dict[date, dict[str, list[Any]]] = {}
    for each in planned:
        if each.row.planned_on:
            days.setdefault(each.row.planned_on, {}).setdefault("visits", []).append(each)
    for one in coming:
        days.setdefault(one.row.day, {}).setdefault("workshops", []).append(one)
    context = {
        "days": sorted(days.items()),
        "today": clock.today(),
        "parts": _parts("calendar"),
    }
    return render(request, "fieldwork/staff/calendar.html", context)


@staff.form
def new(request: Request) -> HttpResponse:
    """Write down a talk for professionals that someone asked for."""
    interventions.listed(seen_by=request.actor)  # who may not read may not open it
    form = TalkForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The request is written down.")):
            made = asking.ask(asked=form.asked(), by=request.actor)
            return redirect("staff:fieldwork:intervention", made)
    context = {"form": form, "parts": _parts("requests")}
    return render(request, "fieldwork/staff/new.html", context, status=status_of(form))


@staff.get
def intervention(request: Request, intervention_id: UUID) -> HttpResponse:
    """Show one, with what can be done now."""
    return _intervention(request, intervention_id)


@staff.post
def plan(request: Request, intervention_id: UUID) -> HttpResponse:
    """Give it a day and who comes."""
    form = PlanForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with attempt(request, form, said=_("The day is set.")):
            planning.plan(
                intervention_id=intervention_id,
                day=said["planned_on"],
                half_day=said["half_day"],
                comes=said["comes"],
                structure=said["structure"],
                by=request.actor,
            )
            return redirect("staff:fieldwork:intervention", intervention_id)
    return _intervention(request, intervention_id, plan_form=form)


@staff.post
def met(request: Request, intervention_id: UUID) -> HttpResponse:
    """Write down who was met."""
    found = interventions.one(intervention_id, seen_by=request.actor)
    form = _met_form(found, request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("The people met are written down.")):
            planning.meet(
                intervention_id=intervention_id,
                day=form.cleaned_data["met_on"],
                heads={code: number for code, number in form.met.items() if number},
                by=request.actor,
            )
            return redirect("staff:fieldwork:intervention", intervention_id)
    return _intervention(request, intervention_id, met_form=form)


@staff.post
def close(request: Request, intervention_id: UUID) -> HttpResponse:
    """Decline it, or cancel it."""
    declines = request.POST.get("outcome") == VisitState.DECLINED
    with attempt(request, said=_("The request is closed.")):
        planning.close(
            intervention_id=intervention_id,
            outcome=VisitState.DECLINED if declines else VisitState.CANCELLED,
            by=request.actor,
        )
    return redirect("staff:fieldwork:intervention", intervention_id)


@staff.get
def workshops(request: Request) -> HttpResponse:
    """Show the workshops declared, of a kit or a territory where one is chosen."""
    kit, area = _uuid(request.GET.get("kit", "")), request.GET.get("area", "")
    leaf = int(text) if (text := request.GET.get("page", "")).isdecimal() else 1
    shown, has_more = told.listed(kit=kit, area=area, seen_by=request.actor, leaf=leaf)
    chosen = f"kit={kit or ''}&area={area}"
    context = {
        "shown": shown,
        "newer": f"?{chosen}&page={leaf - 1}" if leaf > 1 else "",
        "older": f"?{chosen}&page={leaf + 1}" if has_more else "",
        "kits": kits.current(language=request.LANGUAGE_CODE),
        "areas": of_structures.areas(),
        "kit": str(kit or ""),
        "area": area,
        "parts": _parts("workshops"),
    }
    return render(request, "fieldwork/staff/workshops.html", context)


@staff.form
def workshop(request: Request, workshop_id: UUID) -> HttpResponse:
    """Show one workshop, and correct it."""
    found = told.one(workshop_id, seen_by=request.actor)
    row = found.row
    form = WorkshopFacts(posted(request), initial=_facts(found))
    if form.is_valid():
        with attempt(request, form, at=AT, said=_("The declaration is corrected.")):
            declaring.correct(
                workshop_id=workshop_id,
                told=form.told(home=row.area, is_planned=row.stands is WorkshopState.PLANNED),
                by=request.actor,
            )
            return redirect("staff:fieldwork:workshop", workshop_id)
    context = {
        "found": found,
        "heads": [(Band(band).label, number) for band, number in row.heads.items()],
        "form": form,
        "void_form": VoidForm(),
        "counts": row.stands is not WorkshopState.VOID,
        "parts": _parts("workshops"),
    }
    return render(request, "fieldwork/staff/workshop.html", context, status=status_of(form))


@staff.post
def void(request: Request, workshop_id: UUID) -> HttpResponse:
    """Say that a declaration counts no more."""
    access.require(request.actor, access.CHANGE)
    form = VoidForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The declaration no longer counts.")):
            declaring.void(workshop_id=workshop_id, why=form.cleaned_data["why"], by=request.actor)
    return redirect("staff:fieldwork:workshop", workshop_id)


@staff.get
def figures(request: Request) -> HttpResponse:
    """Show the return rates, what those who asked say, and workshops by territory."""
    rates = interventions.returns(seen_by=request.actor)
    season = rates[-1]
    areas = of_structures.area_names()
    counted = told.by_area(since=season.since, until=season.by, seen_by=request.actor)
    context = {
        "rates": rates,
        "ratings": interventions.ratings(seen_by=request.actor),
        "season": season,
        "areas": [(areas.get(code, code), *numbers) for code, numbers in counted.items()],
        "parts": _parts("figures"),
    }
    return render(request, "fieldwork/staff/figures.html", context)


def _intervention(request: Request, intervention_id: UUID, **forms: Any) -> HttpResponse:
    found = interventions.one(intervention_id, seen_by=request.actor)
    row = found.listed.row
    stands = row.stands
    drawn = {
        "plan_form": PlanForm(
            initial={
                "planned_on": row.planned_on,
                "half_day": row.half_day,
                "comes": row.comes,
                "structure": row.structure,
            }
        ),
        "met_form": _met_form(found, None),
        **forms,
    }
    context = {
        "found": found,
        "one": found.listed,
        "row": row,
        "may_plan": stands in {VisitState.ASKED, VisitState.PLANNED},
        "may_meet": stands is VisitState.PLANNED,
        "may_decline": stands is VisitState.ASKED,
        "parts": _parts("requests"),
        **drawn,
    }
    return render(request, _PAGE, context, status=status_of(*forms.values()))


def _met_form(found: interventions.Shown, data: Any) -> MetForm:
    row = found.listed.row
    day = row.planned_on or clock.today()
    return MetForm(data, audience=row.for_whom, groups=row.groups, day=day)


def _facts(found: Shown) -> dict[str, Any]:
    row = found.row
    return {
        "kit": f"{row.kit}.{row.edition}" if row.kit else "",
        "day": row.day,
        "setting": row.setting,
        "method": row.method,
        "needs": row.needs,
        "talked": row.talked,
        "campaign": row.campaign,
        **{f"{HEADS}{band}": number for band, number in row.heads.items()},
    }


def _parts(current: str) -> list[tuple[str, str, bool]]:
    """Return the tabs of the field."""
    names = (
        ("requests", _("Requests")),
        ("calendar", pgettext("fieldwork", "Calendar")),
        ("workshops", _("Workshops")),
        ("figures", pgettext("fieldwork", "Figures")),
    )
    return [(name, reverse(f"staff:fieldwork:{code}"), code == current) for code, name in names]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# A school asks for a visit, and says how it was.


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for a visit to a school."""
    form = AskForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            asking.ask(asked=form.asked(), by=request.actor)
            return redirect(f"{request.path}?sent=1")
    context = {"form": form, "is_sent": "sent" in request.GET}
    return render(request, "fieldwork/ask.html", context, status=status_of(form))


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: Request, token: str) -> HttpResponse:
    """Say how a visit was; the link is that of a mail."""
    intervention = access.read_token(token)
    waits = interventions.to_rate(intervention)
    form = OpinionForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            planning.rate(
                intervention_id=intervention, rating=form.cleaned_data["rating"], by=request.actor
            )
            return redirect(request.path)
    context = {"form": form, "waits": waits or form.is_bound}
    return render(request, "fieldwork/after.html", context, status=status_of(form))
