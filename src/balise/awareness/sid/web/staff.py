"""The day for the team: editions, messages to read, activities, the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from balise.awareness.places.structures.rules.places import departement
from balise.awareness.sid import access, actions, queries
from balise.awareness.sid.access import press_token
from balise.awareness.sid.rules import Band, Method, Reason, Report, Sort, channels
from balise.awareness.sid.web.forms import EditionForm, PlanForm, ReadForm, RefuseForm, VoidForm
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

# The figures of an edition in words: one list of sections for the page and for the paper.


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table of two columns: its head and rows; no rows for none."""

    title: str
    says: Sequence[str]
    head: tuple[str, str] = ("", "")
    rows: Sequence[tuple[str, str]] = ()


def sections(report: Report) -> list[Section]:
    """Return the report, section by section, in the active language."""
    known = channels(settings.COUNTRY)
    return [
        Section(
            _("Activities"),
            [_activities(report)],
            (_("As part of"), _("Activities")),
            _rows(report.channels, {code: str(label) for code, label in known.items()}),
        ),
        Section(
            _("By whom"),
            (),
            (_("Participant"), _("Activities")),
            _rows(report.sorts, _labels(Sort.choices)),
        ),
        Section(
            _("Place"),
            [_("%(count)s départements and territories.") % {"count": len(report.areas)}],
            (_("Département or territory"), _("Activities")),
            [(area_name(code), number_format(many)) for code, many in report.areas.items()],
        ),
        Section(_("Ages"), _met(report), (_("Age"), _("Attendances")), _bands(report)),
        Section(
            _("Methods of counting"),
            (),
            (_("Method"), _("Activities")),
            _rows(report.methods, _labels(Method.choices)),
        ),
        Section(
            _("Other figures"),
            [_("Counted elsewhere under the day’s campaign. None adds up with another.")]
            if report.beside
            else [_("No other figure carries the day’s campaign.")],
            (_("Figure"), _("Number")),
            [(f"{each.label} ({each.unit})", number_format(each.number)) for each in report.beside],
        ),
    ]


def area_name(code: str) -> str:
    """Return the name of an area; abroad for none."""
    return departement(code).name if code else _("Abroad")


def _activities(report: Report) -> str:
    return ngettext(
        "%(count)s activity was declared, with %(expected)s people expected.",
        "%(count)s activities were declared, with %(expected)s people expected.",
        report.activities,
    ) % {
        "count": number_format(report.activities),
        "expected": number_format(report.expected),
    }


def _met(report: Report) -> list[str]:
    if report.reach is None:
        return [_("Nobody has said yet how many came: it is not known.")]
    said = {
        "told": number_format(report.told),
        "all": number_format(report.activities),
        "attendances": number_format(report.reach.attendances),
        "least": number_format(report.reach.at_least),
    }
    return [
        _("For %(told)s of %(all)s activities it is known how many came.") % said,
        _("They add up to %(attendances)s attendances.") % said,
        _(
            "A pupil who came twice is in it twice: they were %(least)s people at least, "
            "%(attendances)s at most."
        )
        % said,
    ]


def _bands(report: Report) -> list[tuple[str, str]]:
    return [
        (str(band.label), number_format(report.bands[band.value]))
        for band in Band
        if band.value in report.bands
    ]


def _rows(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    known = [(label, counts[code]) for code, label in labels.items() if code in counts]
    gone = [(code, many) for code, many in counts.items() if code not in labels]
    return [(label, number_format(many)) for label, many in (*known, *gone)]


def _labels(choices: Iterable[tuple[str, object]]) -> Mapping[str, str]:
    return {code: str(label) for code, label in choices}


@staff.form
def editions(request: Request) -> HttpResponse:
    """Show every edition, and give a year its date."""
    form = PlanForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The edition has its date.")):
            edition_id = actions.plan(by=request.actor, **form.cleaned_data)
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
            actions.change(
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
        "sections": sections(queries.report(found, seen_by=request.actor)),
        "may_publish": request.actor.may(access.REPORT)
        and not found.reported_at
        and today() > found.day,
    }
    return render(request, "sid/staff/report.html", shown)


@staff.post
def publish(request: Request, edition_id: UUID) -> HttpResponse:
    """Publish the report."""
    with attempt(request, said=_("The report is public.")):
        actions.publish_report(edition_id=edition_id, by=request.actor)
    return redirect("staff:sid:report", edition_id)


@staff.post
def show(request: Request, activity_id: UUID) -> HttpResponse:
    """Put a message on the wall."""
    form = ReadForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The message is on the wall.")):
            actions.show(activity_id=activity_id, by=request.actor, **form.cleaned_data)
    return _back(request, activity_id)


@staff.post
def refuse(request: Request, activity_id: UUID) -> HttpResponse:
    """Keep a message off the wall."""
    form = RefuseForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The message is not shown.")):
            actions.refuse(activity_id=activity_id, by=request.actor, **form.cleaned_data)
    return _back(request, activity_id)


@staff.post
def void(request: Request, activity_id: UUID) -> HttpResponse:
    """Leave an activity out."""
    form = VoidForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("The activity is not counted.")):
            actions.void(activity_id=activity_id, by=request.actor, **form.cleaned_data)
    return _back(request, activity_id, "activities")


def _back(request: Request, activity_id: UUID, page: str = "wall") -> HttpResponse:
    found = queries.edition_of(activity_id, seen_by=request.actor)
    return redirect(f"staff:sid:{page}", found)
