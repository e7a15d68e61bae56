"""The staff door: my day, a break, my switches; and the team's weeks, for its head."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.welfare import actions, queries
from balise.hotline.welfare.web.forms import WishForm


@staff.form
def mine(request: Request) -> HttpResponse:
    """Show one's own day, and keep how one likes to look."""
    own = queries.own(seen_by=request.actor)
    form = WishForm(request.POST) if request.method == "POST" else WishForm.of(own.wish)
    if form.is_valid():
        with attempt(request, form, said=_("Saved. Only you can see it.")):
            actions.choose(wish=form.wish, by=request.actor)
            return redirect("staff:welfare:mine")
    context = {"own": own, "centre_limits": queries.limits_here(), "form": form}
    return render(request, "hotline/welfare/mine.html", context, status=status_of(form))


@staff.post
def take_break(request: Request) -> HttpResponse:
    """Take a break now."""
    actions.take_break(by=request.actor)
    messages.success(request, _("Your break begins. Open content is hidden."))
    return redirect("staff:welfare:mine")


@staff.post
def end_break(request: Request) -> HttpResponse:
    """Come back from a break of one's own."""
    actions.end_break(by=request.actor)
    return redirect("staff:welfare:mine")


@staff.get
def team(request: Request) -> HttpResponse:
    """Show what the team bore together, week by week."""
    weeks = queries.team(seen_by=request.actor)
    context = {"weeks": weeks, "limits": queries.limits_here()}
    return render(request, "hotline/welfare/team.html", context)
