"""Who came: ticks, a list of codes, or heads where nobody registers."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _, ngettext

from balise.awareness.events import access
from balise.awareness.events.actions import attending
from balise.awareness.events.queries import desk, people
from balise.awareness.events.rules.codes import codes_in
from balise.awareness.events.web.showing import shown_in
from balise.awareness.events.web.staff_forms import CodesForm, HeadsForm
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.form
def attendance(request: Request, event_id: UUID) -> HttpResponse:
    """Show who registered with ticks; save those of this page, the others stay."""
    access.require(request.actor, access.ATTEND)
    found = desk.desk(event_id, seen_by=request.actor)
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() else 0
    listed = people.people(event_id, after=start, seen_by=request.actor)
    if request.method == "POST":
        shown_ids = {str(one.id): one.id for one in listed}
        came = {shown_ids[key] for key in request.POST.getlist("came") if key in shown_ids}
        with attempt(request, said=_("Saved.")):
            attending.note(
                event_id=event_id,
                came=came,
                absent=set(shown_ids.values()) - came,
                by=request.actor,
            )
            return redirect("staff:events:event", event_id)
    return _page(request, found, listed)


@staff.post
def codes(request: Request, event_id: UUID) -> HttpResponse:
    """Note that the bearers of codes came; codes that are nobody's are told."""
    access.require(request.actor, access.ATTEND)
    form = CodesForm(request.POST)
    if form.is_valid():
        with attempt(request, form):
            read = attending.read_codes(
                event_id=event_id, codes=codes_in(form.cleaned_data["codes"]), by=request.actor
            )
            messages.success(
                request,
                ngettext("%(many)s person came.", "%(many)s people came.", read.came)
                % {"many": read.came},
            )
            if read.unknown:
                unknown = ", ".join(code[:20] for code in read.unknown[:20])
                messages.warning(
                    request, _("Codes that are not known: %(codes)s") % {"codes": unknown}
                )
            return redirect("staff:events:event", event_id)
    found = desk.desk(event_id, seen_by=request.actor)
    listed = people.people(event_id, seen_by=request.actor)
    return _page(request, found, listed, form)


@staff.form
def heads(request: Request, event_id: UUID) -> HttpResponse:
    """Say how many were counted where nobody registers."""
    access.require(request.actor, access.ATTEND)
    found = desk.desk(event_id, seen_by=request.actor)
    form = HeadsForm(posted(request), initial={"heads": found.heads})
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            attending.declare(event_id=event_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:events:event", event_id)
    shown = {"event": shown_in(found.card, _language()), "form": form}
    return render(request, "events/staff/heads.html", shown, status=status_of(form))


def _page(
    request: Request,
    found: desk.Desk,
    listed: Sequence[people.Person],
    form: CodesForm | None = None,
) -> HttpResponse:
    shown = {
        "event": shown_in(found.card, _language()),
        "people": listed,
        "next": people.next_after(listed),
        "codes_form": form or CodesForm(),
    }
    status = status_of(form) if form else HTTPStatus.OK
    return render(request, "events/staff/attendance.html", shown, status=status)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
