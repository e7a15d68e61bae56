"""The staff door: my day, a break, my switches; and the team's weeks, for its head."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.welfare import actions, queries
from balise.hotline.welfare.web.forms import WishForm


@staff
@require_http_methods(["GET", "POST"])
def mine(request: Request) -> HttpResponse:
    """Show one's own day, and keep how one likes to look."""
    form = WishForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            actions.choose(wish=form.wish, by=request.actor)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. Only you can see it."))
            return redirect("staff:welfare:mine")
    own = queries.own(seen_by=request.actor)
    context = {
        "own": own,
        "centre_limits": queries.limits_here(),
        "form": form or WishForm.of(own.wish),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    return render(request, "hotline/welfare/mine.html", context, status=status)


@staff
@require_POST
def take_break(request: Request) -> HttpResponse:
    """Take a break now."""
    actions.take_break(by=request.actor)
    messages.success(request, _("Your break begins. Open content is hidden."))
    return redirect("staff:welfare:mine")


@staff
@require_POST
def end_break(request: Request) -> HttpResponse:
    """Come back from a break of one's own."""
    actions.end_break(by=request.actor)
    return redirect("staff:welfare:mine")


@staff
@require_GET
def team(request: Request) -> HttpResponse:
    """Show what the team bore together, week by week."""
    weeks = queries.team(seen_by=request.actor)
    context = {"weeks": weeks, "limits": queries.limits_here()}
    return render(request, "hotline/welfare/team.html", context)
