"""The day for everyone: its page, what is declared for it, the press, the report."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _

from balise.awareness.learning.events.queries.when import hour
from balise.awareness.publications import queries as published
from balise.awareness.sid import actions, queries
from balise.awareness.sid.access import read_own, read_press
from balise.awareness.sid.documents.papers import paper
from balise.awareness.sid.rules import Wall, is_open
from balise.awareness.sid.web.forms import ActivityForm, DeclareForm, MetForm
from balise.awareness.sid.web.staff import area_name, sections
from balise.foundation.clock import now, today
from balise.foundation.finding import NotHere, there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

if TYPE_CHECKING:
    from balise.awareness.sid.models import Edition


@public.get
def day(request: Request) -> HttpResponse:
    """Show the edition that is spoken of now; say it where none has a date."""
    try:
        edition = queries.now_current()
    except NotHere:
        return render(request, "sid/no_date.html", {"year": ""}, status=404)
    return _show(request, edition)


@public.get
def of_year(request: Request, year: int) -> HttpResponse:
    """Show a year's edition; say it where that year has no date."""
    edition = queries.of_year(year)
    if edition is None:
        return render(request, "sid/no_date.html", {"year": year}, status=404)
    return _show(request, edition)


def _show(request: Request, edition: "Edition") -> HttpResponse:
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= 4 else 1  # noqa: PLR2004 - 9,999 pages
    messages, is_more = queries.wall(edition, page=number)
    language = get_language() or ""
    kits = published.addresses([edition.kit], language=language) if edition.kit else {}
    shown = {
        "edition": edition,
        "theme": edition.theme.get(language, ""),
        "counters": queries.counters(edition),
        "is_open": is_open(edition.day, today=today()),
        "is_over": today() > edition.day,
        "at": hour(localtime(now())),
        "kit": kits.get(edition.kit, ""),
        "has_release": bool(edition.release),
        "is_held": _is_held(edition),
        "messages_shown": [(each, area_name(each.area)) for each in messages],
        "newer": number - 1,
        "older": number + 1 if is_more else 0,
    }
    return render(request, "sid/day.html", shown)


@public.form
@paced
def declare(request: Request) -> HttpResponse:
    """Declare an activity, for the edition that is spoken of."""
    edition = queries.now_current()
    form = DeclareForm(posted(request), initial={"on": edition.day})
    if form.is_valid():
        with attempt(request, form):
            actions.declare(
                key=form.cleaned_data["key"],
                edition_id=edition.id,
                said=form.said,
                contact=form.cleaned_data["contact"],
                language=get_language() or settings.LANGUAGE_CODE,
                by=request.actor,
            )
            return redirect("sid:declared")
    shown = {"form": form, "edition": edition, "is_open": is_open(edition.day, today=today())}
    return render(request, "sid/declare.html", shown, status=status_of(form))


@public.get
def declared(request: Request) -> HttpResponse:
    """Say what happens next."""
    return render(request, "sid/declared.html")


@public.form
@paced
def own(request: Request, token: str) -> HttpResponse:
    """Correct an activity, say who came, take it back: for who has its link."""
    activity = queries.own(read_own(token))
    say = request.POST.get("say", "")
    form = ActivityForm(
        request.POST if say == "correct" else None, initial=ActivityForm.told(activity)
    )
    before = {**activity.met, "method": activity.method}
    met = MetForm(request.POST if say == "met" else None, initial=before)
    with attempt(request, form if say == "correct" else met if say == "met" else None):
        if _did(request, activity.id, say, form=form, met=met):
            return redirect(f"{request.path}?said={say}")
    shown = {
        "activity": activity,
        "form": form,
        "met_form": met,
        "is_open": is_open(activity.edition.day, today=today())
        and not (activity.withdrawn_at or activity.voided),
        "has_come": today() >= activity.on,
        "wall": Wall(activity.wall),
        "said": request.GET.get("said", ""),
    }
    return render(request, "sid/own.html", shown, status=status_of(form, met))


def _did(request: Request, activity: UUID, say: str, *, form: ActivityForm, met: MetForm) -> bool:
    """Do what was asked, and return whether something was."""
    by = request.actor
    if say == "correct" and form.is_valid():
        actions.correct(activity_id=activity, said=form.said, by=by)
    elif say == "met" and met.is_valid():
        actions.say_met(activity_id=activity, met=met.met, method=met.cleaned_data["method"], by=by)
    elif say == "withdraw":
        actions.withdraw(activity_id=activity, by=by)
    else:
        return False
    return True


@public.get
def press(request: Request, year: int) -> HttpResponse:
    """Show the press release once its embargo is over; before, until when it is held."""
    return _release(request, _with_release(year), is_before=False)


@public.get
def press_before(request: Request, token: str) -> HttpResponse:
    """Show the press release to who has the link for journalists, marked with its embargo."""
    return _release(request, _with_release(read_press(token)), is_before=True)


@public.get
def press_paper(_request: Request, year: int) -> HttpResponse:
    """Give the press release as PDF, once its embargo is over."""
    edition = _with_release(year)
    if _is_held(edition):
        raise Http404
    shown = {"title": _title(edition), "says": _lines(edition), "head": (), "rows": ()}
    octets = paper(
        language=get_language() or "",
        title=_title(edition),
        organisation=settings.CENTRE.organisation,
        lead=date_format(edition.day, "DATE_FORMAT"),
        sections=[{**shown, "title": _("Press release")}],
        timestamp=int((edition.embargo_until or now()).timestamp()),
    )
    return _pdf(octets, f"safer-internet-day-{year}-press.pdf")


@public.get
def report(request: Request, year: int) -> HttpResponse:
    """Show what came of an edition, as it was published."""
    edition = there(queries.of_year(year))
    found = queries.published(edition)
    shown = {"edition": edition, "sections": sections(found)}
    return render(request, "sid/report.html", shown)


@public.get
def report_paper(_request: Request, year: int) -> HttpResponse:
    """Give the report as PDF: the same contents are the same octets."""
    edition = there(queries.of_year(year))
    found = queries.published(edition)
    assert edition.reported_at is not None  # noqa: S101 - it is published
    at = date_format(edition.reported_at, "DATE_FORMAT")
    octets = paper(
        language=get_language() or "",
        title=_("Safer Internet Day %(year)s: what was done") % {"year": edition.year},
        organisation=settings.CENTRE.organisation,
        lead=_("Published on %(day)s. These figures stay as they are.") % {"day": at},
        sections=[asdict(each) for each in sections(found)],
        timestamp=int(edition.reported_at.timestamp()),
    )
    return _pdf(octets, f"safer-internet-day-{year}.pdf")


def _release(request: Request, edition: "Edition", *, is_before: bool) -> HttpResponse:
    is_held = _is_held(edition)
    shown = {
        "edition": edition,
        "title": _title(edition),
        "is_held": is_held,
        "until": _moment(edition.embargo_until) if edition.embargo_until else "",
        "lines": _lines(edition) if is_before or not is_held else (),
    }
    return render(request, "sid/press.html", shown)


def _with_release(year: int) -> "Edition":
    """Return an edition that has something for the press. Raises NotHere."""
    edition = there(queries.of_year(year))
    return there(edition if edition.release else None)


def _is_held(edition: "Edition") -> bool:
    return edition.embargo_until is not None and now() < edition.embargo_until


def _moment(at: datetime) -> str:
    local = localtime(at)
    return _("%(day)s at %(time)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "time": hour(local),
    }


def _title(edition: "Edition") -> str:
    return _("Safer Internet Day %(year)s") % {"year": edition.year}


def _lines(edition: "Edition") -> list[str]:
    """Return the paragraphs of a release, in another language where this one has none."""
    told = edition.release.get(get_language() or "") or next(iter(edition.release.values()), "")
    return [each for each in told.splitlines() if each.strip()]


def _pdf(octets: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
