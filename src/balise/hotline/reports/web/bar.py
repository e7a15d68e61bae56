"""The verdict bar: what each verdict rests on; and what is sealed, shown and covered again."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.accounts import visits
from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import claiming, consulting
from balise.hotline.reports.actions.consulting import OpenedContent
from balise.hotline.reports.queries import listing, views
from balise.hotline.reports.queries.known import fingerprinted
from balise.hotline.reports.queries.listing import ContentRow
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import Looked
from balise.hotline.reports.rules.leaving import About, leaves
from balise.hotline.reports.rules.words import (
    LOOKED_AT,
    Confidence,
    ContentState,
    Ground,
    PlaceKind,
    Verdict,
)
from balise.hotline.reports.web.forms.content import VerdictForm
from balise.hotline.welfare import actions as welfare, queries as looking
from balise.hotline.welfare.actions import Enough
from balise.takedown.directory.queries import channel_for
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.tracing import queries as tracing
from balise.takedown.tracing.queries.hosting import Asked
from balise.takedown.tracing.rules.live import Found
from balise.takedown.watch import access as watching, queries as watch
from balise.takedown.watch.rules import WatchState


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict: its ground in words, or why it would be refused; what leaves after it."""

    verdict: Verdict
    rests_on: str
    is_refused: bool
    then: tuple[str, ...]


def lines(
    row: ContentRow, form: VerdictForm, *, asked: Asked | None, watched: str | None, seen_by: Actor
) -> list[Line]:
    """Return a line for each verdict, of a form as it is filled in so far.

    `asked` is the last trace, `watched` the state of the watch.
    """
    given = form["confidence"].value()
    sure = Confidence(given) if given in Confidence.values else None
    about = About(
        at_once=row.state is ContentState.SECOND_LOOK or row.danger,
        has_address=row.kind is PlaceKind.WEB,
        is_abroad=bool(row.country) and row.country.upper() != settings.COUNTRY.upper(),
        followers=listing.followers(content_id=row.id, seen_by=seen_by),
    )
    looked = Looked(
        opened=row.is_opened,
        watch_found_gone=watched == WatchState.GONE,
        watch_found_online=watched == WatchState.ONLINE,
        name_leads_nowhere=asked is not None and asked.found is Found.NOWHERE,
        fingerprinted=form["ground"].value() == Ground.FINGERPRINT
        and row.id in fingerprinted([row.id]),
    )
    found = []
    for verdict in Verdict:
        known = row.state is ContentState.WAITING and row.verdict is verdict
        rests_on, is_refused = _rests_on(verdict, form, row, replace(looked, known=known))
        then = tuple(leaves(verdict, form.chosen, sure, about))
        found.append(Line(verdict, rests_on, is_refused, then))
    return found


def lines_alone(row: ContentRow, form: VerdictForm, *, seen_by: Actor) -> dict[str, Any]:
    """Return what draws the lines without the rest of the page."""
    found = watch.of(line="hotline", subjects=[row.id], seen_by=seen_by) if _sees(seen_by) else {}
    watched = found.get(row.id)
    asked = tracing.last_asked(line="hotline", subject=row.id, seen_by=seen_by)
    state = watched.state if watched else None
    return {
        "lines": lines(row, form, asked=asked, watched=state, seen_by=seen_by),
        "apart": True,
    }


def _sees(seen_by: Actor) -> bool:
    return seen_by.may(watching.READ)


def _rests_on(
    verdict: Verdict, form: VerdictForm, row: ContentRow, looked: Looked
) -> tuple[str, bool]:
    try:
        assessing.check_danger_read(is_unread=row.danger and not row.is_opened)
        said = assessing.ground(verdict, form.ground_of(verdict), looked)
    except Refused as refusal:
        return refusal.message, True
    if said is Ground.LOOKED:
        return f"{said.label} ({form.look_so_far})", False
    return str(said.label), False


# The staff door: a verdict, kept as it is typed.


@staff.post
def draft(request: Request, content_id: UUID) -> HttpResponse:
    """Keep a verdict as it is typed, and say on its page until when."""
    refusal = keep_typed(request, content_id)
    says = refusal.message if refusal else ""
    typed = views.typed(content_id=content_id, seen_by=request.actor)
    context = {"typed": typed, "typed_says": says}
    if typed is not None:
        row = listing.content(content_id=content_id, seen_by=request.actor)
        form = VerdictForm(initial=_fields(request))
        context |= lines_alone(row, form, seen_by=request.actor)
    return render(request, "hotline/reports/parts.html#typed_now", context)


def keep_typed(request: Request, content_id: UUID) -> Refused | None:
    """Keep a verdict as it was sent; return why it is not kept, None if it is."""
    try:
        claiming.keep_draft(content_id=content_id, fields=_fields(request), by=request.actor)
    except Refused as refusal:
        return refusal
    return None


def _fields(request: Request) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in VerdictForm.base_fields}


# The staff door: what is sealed of a content, shown while someone looks, and covered again.


SEALED = "hotline/reports/work.html#sealed"


@staff.post
def reveal(request: Request, content_id: UUID) -> HttpResponse:
    """Open what is sealed, because the analyst asks for it; or say kindly why not now.

    With script it is a part of the content's page. Without, it is a page of its own without a
    form, which covers itself after a moment.
    """
    try:
        opened = consulting.consult(
            content_id=content_id, ends_by_itself=not request.htmx, by=request.actor
        )
    except Enough as refusal:
        return _covered(request, content_id, says=refusal.message)
    return _show(request, content_id, opened)


@staff.post
@visits.unattended
def look(request: Request, content_id: UUID) -> HttpResponse:
    """Hear from the page that it is still open, or that it is covered."""
    if "ends" in request.POST:
        welfare.end(content_id=content_id, by=request.actor)
        return _covered(request, content_id)
    try:
        welfare.go_on(
            content_id=content_id, is_touched=bool(request.POST.get("touched")), by=request.actor
        )
    except Refused as refusal:
        return _covered(request, content_id, says=refusal.message)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _show(request: Request, content_id: UUID, opened: OpenedContent) -> HttpResponse:
    row = listing.content(content_id=content_id, seen_by=request.actor)
    trace = tracing.last_trace(line="hotline", subject=content_id, seen_by=request.actor)
    place = opened.place
    context = {
        "row": row,
        "opened": opened,
        # The form that a reporter's day goes into is on the page that this is a part of.
        "asks_day": request.htmx and opened.place is not None,
        "pane": looking.pane(seen_by=request.actor),
        # Opened only after `consult` wrote down that the content is.
        "trace": trace,
        "told": channel_for(
            domain=place.domain if place else (trace.domain if trace else ""),
            asn=row.network,
            wanted=Wanted(line="hotline", country=row.country),
        ),
    }
    if not request.htmx:
        return render(request, "hotline/reports/content_alone.html", context)
    if row.is_mine and row.state in LOOKED_AT:
        # The page sends what is filled in along: what a verdict rests on is another now.
        form = VerdictForm(initial=request.POST.dict())
        context |= lines_alone(row, form, seen_by=request.actor)
    return render(request, "hotline/reports/parts.html#opened_now", context)


def _covered(request: Request, content_id: UUID, *, says: str = "") -> HttpResponse:
    if not request.htmx and not says:
        return redirect("staff:hotline:content", content_id)
    row = listing.content(content_id=content_id, seen_by=request.actor)
    alone = "hotline/reports/content_alone.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if says else HTTPStatus.OK
    page_or_part = SEALED if request.htmx else alone
    return render(request, page_or_part, {"row": row, "says": says}, status=status)
