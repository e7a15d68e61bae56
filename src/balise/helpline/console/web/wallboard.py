"""The wallboard: the room at a glance, and what a supervisor does from it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.accounts import visits
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.console import access, queries
from balise.helpline.console.actions import accepting, passing_on
from balise.helpline.console.queries.dangers import to_read
from balise.helpline.console.web.forms import RiskForm
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, dangers, seating, waiting
from balise.helpline.queue.queries.turns import today
from balise.helpline.queue.rules import WaitKind
from balise.helpline.staffing.rules.needs import work
from balise.helpline.telephony import access as telephony

_ACTS = {
    "come": passing_on.lower_hand,
    "give-back": claiming.give_back,
    "join": dangers.join,
}


@staff.get
def wallboard(request: Request) -> HttpResponse:
    """Show the room."""
    return render(request, "helpline/console/wallboard.html", _room(request))


@staff.get
@visits.shown_when_locked
@visits.unattended
def numbers(request: Request) -> HttpResponse:
    """Return how the room is, in numbers alone: a screen on the wall goes on when it is locked."""
    if request.actor.abilities:
        access.require(request.actor, access.WORK)
    return render(request, "helpline/console/wallboard.html#numbers", {"live": queue.live()})


@staff.get
@visits.shown_when_locked
@visits.unattended
def room(request: Request) -> HttpResponse:
    """Return the room as it is now, for the page that shows it; once locked, in numbers."""
    if not request.actor.abilities:
        return numbers(request)
    return render(request, "helpline/console/wallboard.html#room", _room(request))


@staff.post
def act(request: Request, item_id: UUID) -> HttpResponse:
    """Come to a raised hand, give back, join a danger."""
    access.require(request.actor, access.SUPERVISE)
    action: Any = there(_ACTS.get(request.POST.get("act", "")))
    with attempt(request):
        action(item_id=item_id, by=request.actor)
    if action is dangers.join:
        return redirect("staff:console:person", item_id)
    return redirect("staff:console:wallboard")


@staff.post
def switchboard(request: Request) -> HttpResponse:
    """Take a whole queue over, or let it go to everyone again."""
    access.require(request.actor, access.SUPERVISE)
    kind = request.POST.get("kind", "")
    if kind not in WaitKind.values:
        raise Http404
    action = accepting.release_queue if "release" in request.POST else accepting.take_queue
    with attempt(request):
        action(kind=WaitKind(kind), by=request.actor)
    return redirect("staff:console:wallboard")


@staff.post
def written_work(request: Request, account: UUID) -> HttpResponse:
    """Put a seat on written work, or take it off again."""
    with attempt(request):
        seating.set_written_work(
            account=str(account), on="release" not in request.POST, by=request.actor
        )
    return redirect("staff:console:wallboard")


@staff.form
def risk(request: Request, item_id: UUID) -> HttpResponse:
    """Judge how urgent someone is who waits, or whom a listener has."""
    access.require(request.actor, access.WORK)
    item = queue.item(item_id, seen_by=request.actor)
    form = RiskForm(posted(request), initial={"risk": item.risk})
    if form.is_valid():
        with attempt(request):
            waiting.judge_risk(item_id=item_id, risk=form.cleaned_data["risk"], by=request.actor)
        if item.held_by == request.actor.key:
            return redirect("staff:console:person", item_id)
        return redirect("staff:console:wallboard")
    context = {"form": form, "kind": WaitKind(item.kind), "item_id": item.id}
    return render(request, "helpline/console/risk.html", context, status=status_of(form))


def _room(request: Request) -> dict[str, Any]:
    aim = work(settings.COUNTRY).target
    within = timedelta(seconds=aim.within_s)
    return {
        "aim": {"minutes": within.total_seconds() / 60, "share": round(100 * aim.share)},
        "today": today(within=within, seen_by=request.actor),
        "board": queries.board(seen_by=request.actor),
        "to_read": to_read(seen_by=request.actor) if request.actor.may(access.SUPERVISE) else (),
        "may_supervise": request.actor.may(access.SUPERVISE),
        "may_agree": request.actor.may(telephony.UNSEAL),
    }
