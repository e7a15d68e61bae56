"""The day for the team: editions, messages to read, activities, the report."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.awareness.sid import access, queries
from balise.awareness.sid.access import press_token
from balise.awareness.sid.actions import editions as planning, moderating
from balise.awareness.sid.queries import reports
from balise.awareness.sid.rules.words import Reason, channels
from balise.awareness.sid.web.forms import EditionForm, PlanForm, ReadForm, RefuseForm, VoidForm
from balise.awareness.sid.web.telling import area_name, sections
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.form
def editions(request: Request) -> HttpResponse:
    """Show every edition, and give a year its date."""
    form = PlanForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The edition has its date.")):
            edition_id = planning.plan(by=request.actor, **form.cleaned_data)
            return redirect("staff:sid:edition", edition_id)
    shown = {
        "form": form,
        "editions": queries.editions(seen_by=request.actor),
        "may_change": request.actor.may(access.MANAGE),
    }
    return render(request, "sid/staff/editions.html", shown, status=status_of(form))


@staff.form
def edition(request: Request, edition_id: UUID) -> HttpResponse:
    """Show an edition and change what it says."""
    found = queries.edition(edition_id, seen_by=request.actor)
    form = EditionForm(posted(request), edition=found)
    if form.is_valid():
        given = form.cleaned_data
        with attempt(request, form, at="campaign", said=_("Saved.")):
            planning.change(
                edition_id=edition_id,
                day=given["day"],
                theme=form.by_language("theme"),
                release=form.by_language("release"),
                embargo_until=given["embargo_until"],
                kit=given["kit"],
                campaign=given["campaign"],
                by=request.actor,
            )
            return redirect("staff:sid:edition", edition_id)
    link = reverse("sid:press_before", args=[press_token(found.year)])
    shown = {
        "edition": found,
        "form": form,
        "counters": queries.counters(found),
        "press_link": f"{settings.PUBLIC_ADDRESS}{link}" if found.release else "",
    }
    return render(request, "sid/staff/edition.html", shown, status=status_of(form))


@staff.get
def wall(request: Request, edition_id: UUID) -> HttpResponse:
    """Show the messages that wait to be read."""
    found = queries.edition(edition_id, seen_by=request.actor)
    waiting = queries.to_read(found, seen_by=request.actor)
    shown = {
        "edition": found,
        "waiting": [
            (
                each,
                area_name(each.area),
                RefuseForm(initial={"read": each.words}, auto_id=f"{each.id}-%s"),
            )
            for each in waiting
        ],
    }
    return render(request, "sid/staff/wall.html", shown)


@staff.get
def activities(request: Request, edition_id: UUID) -> HttpResponse:
    """Show what was declared last."""
    found = queries.edition(edition_id, seen_by=request.actor)
    known = channels(settings.COUNTRY)
    shown = {
        "edition": found,
        "activities": [
            (
                each,
                area_name(each.area),
                known.get(each.channel, each.channel),
                sum(each.met.values()),
            )
            for each in queries.activities(found, seen_by=request.actor)
        ],
        "reasons": Reason.choices,
        "may_void": request.actor.may(access.MODERATE),
    }
    return render(request, "sid/staff/activities.html", shown)


@staff.get
def report(request: Request, edition_id: UUID) -> HttpResponse:
    """Show the report as it stands, or as it was published."""
    found = queries.edition(edition_id, seen_by=request.actor)
    shown = {
        "edition": found,
        "sections": sections(reports.report(found, seen_by=request.actor)),
        "may_publish": request.actor.may(access.REPORT)
        and not found.reported_at
        and today() > found.day,
    }
    return render(request, "sid/staff/report.html", shown)


@staff.post
def publish(request: Request, edition_id: UUID) -> HttpResponse:
    """Publish the report."""
    with attempt(request, said=_("The report is public.")):
        planning.publish_report(edition_id=edition_id, by=request.actor)
    return redirect("staff:sid:report", edition_id)


@staff.post
def show(request: Request, activity_id: UUID) -> HttpResponse:
    """Put a message on the wall."""
    form = ReadForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The message is on the wall.")):
            moderating.show(activity_id=activity_id, by=request.actor, **form.cleaned_data)
    return _back(request, activity_id)


@staff.post
def refuse(request: Request, activity_id: UUID) -> HttpResponse:
    """Keep a message off the wall."""
    form = RefuseForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The message is not shown.")):
            moderating.refuse(activity_id=activity_id, by=request.actor, **form.cleaned_data)
    return _back(request, activity_id)


@staff.post
def void(request: Request, activity_id: UUID) -> HttpResponse:
    """Leave an activity out."""
    form = VoidForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The activity is not counted.")):
            moderating.void(activity_id=activity_id, by=request.actor, **form.cleaned_data)
    return _back(request, activity_id, "activities")


def _back(request: Request, activity_id: UUID, page: str = "wall") -> HttpResponse:
    found = queries.edition_of(activity_id, seen_by=request.actor)
    return redirect(f"staff:sid:{page}", found)
