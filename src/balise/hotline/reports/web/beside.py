"""The list of the queue, on its own page and at the side of a content: the same rows and filters.

The filters are parameters of the queue's address, and are kept in the session for the pages of
content: a save and Back leave them as they are. A host is kept by its code, never by its name.
"""

from collections.abc import Mapping
from datetime import UTC
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from balise.foundation.web.doors import Request
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.queries import known, listing, views
from balise.hotline.reports.queries.closing import open_closings
from balise.hotline.reports.queries.listing import After, Page
from balise.hotline.reports.rules.closing import stamp
from balise.hotline.reports.rules.views import FILTERS
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.web.forms.content import FilterForm, ViewForm

ROWS = "hotline/reports/queue_beside.html#rows"
_KEPT = "hotline.queue"


def keep(request: Request) -> None:
    """Keep the filters of this page of the queue, for the pages of content that follow it."""
    chosen = FilterForm(request.GET).kept
    if after := _after(request.GET.get("after", "")):
        chosen["after"] = _place(after)
    if chosen != request.session.get(_KEPT, {}):
        request.session[_KEPT] = chosen


def kept(request: Request) -> Mapping[str, str]:
    """Return the filters of the queue that this person saw last."""
    chosen: Mapping[str, str] = request.session.get(_KEPT, {})
    return chosen


def listed(
    request: Request, *, asked: Mapping[str, str], current: UUID | None = None
) -> dict[str, Any]:
    """Return what `hotline/reports/queue_beside.html` draws, under `queue`.

    `asked` are the parameters of an address of the queue, `current` the content that is shown.
    """
    return {"queue": _drawn(request, asked, current, _page(request, asked))}


def alone(request: Request, current: UUID) -> dict[str, Any]:
    """Return what a content alone draws of `listed`; its page has the list, which asks itself."""
    return {"queue": {"known": known.known({current}, seen_by=request.actor)}}


def rows_again(request: Request) -> HttpResponse:
    """Return the rows for a page that has them already; 204 if it shows them as they are.

    `here` is the content that the page shows.
    """
    page, current = _page(request, request.GET), _uuid(request.GET.get("here", ""))
    if request.GET.get("seen") == _stamp(page, current):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    drawn = _drawn(request, request.GET, current, page)
    return render(request, ROWS, {"queue": drawn, "rows_alone": True})


def after_row(request: Request) -> HttpResponse | None:
    """Return where one is after an act on a row of the list; None if it was not done from there.

    The form names the content that was shown, or nothing on the page of the queue.
    """
    if "here" not in request.POST:
        return None
    current = _uuid(request.POST["here"])
    if request.htmx:
        drawn = listed(request, asked=kept(request), current=current)
        return render(request, ROWS, drawn | {"rows_alone": True})
    if current:
        return redirect("staff:hotline:content", current)
    return to_list(request)


def to_list(request: Request) -> HttpResponseRedirect:
    """Return the way to the queue, with the filters that this person saw last."""
    return HttpResponseRedirect(reverse("staff:hotline:queue", query=kept(request) or None))


def _page(request: Request, asked: Mapping[str, str]) -> Page:
    filters = FilterForm(asked).filters
    return listing.queue(
        filters=filters, after=_after(asked.get("after", "")), seen_by=request.actor
    )


def _drawn(
    request: Request, asked: Mapping[str, str], current: UUID | None, page: Page
) -> dict[str, Any]:
    form = FilterForm(asked, auto_id="queue-%s")
    chosen = form.kept
    after = _after(asked.get("after", ""))
    state = form.filters.state
    own = views.own_views(seen_by=request.actor)
    saved = next((one for one in own if one.filters == chosen), None)
    here = chosen | ({"after": _place(after)} if after else {})
    return {
        "form": form,
        "page": page,
        "current": current,
        "hosts": consulting.hosts_of(content_ids=[row.id for row in page.rows], by=request.actor),
        "names": views.holders(page.rows),
        "known": known.known(
            {*(row.id for row in page.rows), *([current] if current else [])},
            seen_by=request.actor,
        ),
        "waiting": views.waiting(seen_by=request.actor),
        "is_narrowed": bool(chosen),
        "view": _view(chosen),
        "is_unnamed": not (_view(chosen) or saved),
        "own": [(one, urlencode(one.filters), one.filters == chosen) for one in own],
        "saved": saved,
        "view_form": ViewForm(initial={"name": saved.name if saved else ""}, auto_id="view-%s"),
        "to_save": {name: chosen[name] for name in FILTERS if name in chosen},
        "closings": open_closings(seen_by=request.actor),
        "older": f"?{urlencode(chosen | {'after': _place(page.after)})}" if page.after else "",
        "newest": f"?{urlencode(chosen)}" if after else "",
        "again": urlencode(here | {"seen": _stamp(page, current)}),
        "ticked": frozenset(one.partition("~")[0] for one in request.POST.getlist("content")),
        "may_assess": request.actor.may(access.ASSESS),
        "may_close_many": request.actor.may(access.CLOSE_MANY)
        and state in {None, ContentState.WAITING},
    }


def _view(chosen: Mapping[str, str]) -> str:
    """Return which view of everybody's these filters are; "" for another one."""
    known = {"": {}, "mine": {"mine": "on"}, "second": {"state": ContentState.SECOND_LOOK.value}}
    return next((name or "all" for name, filters in known.items() if filters == chosen), "")


def _stamp(page: Page, current: UUID | None) -> str:
    """Return a short code for the rows of a page: another as soon as one of them changes."""
    rows = ((row.id, row.stamp, row.claimed_by, row.is_opened) for row in page.rows)
    return stamp(current, *rows)


def _after(text: str) -> After | None:
    """Return where the page begins, from `priority~moment~id`; None if unreadable."""
    priority, _tilde, rest = text.partition("~")
    moment, _tilde, identifier = rest.partition("~")
    try:
        parsed, content_id = parse_datetime(moment), _uuid(identifier)
        if not (priority.isdecimal() and parsed and parsed.tzinfo and content_id):
            return None
        return After(min(int(priority), 10_000), parsed.astimezone(UTC), content_id)
    except (ValueError, OverflowError):
        return None


def _place(after: After) -> str:
    return f"{after.priority}~{after.first_reported_at.isoformat()}~{after.id}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
