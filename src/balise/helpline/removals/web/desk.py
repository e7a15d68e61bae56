"""The desk: what waits for whom; and how long platforms take."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from balise.foundation.web.doors import Request, staff
from balise.helpline.removals import access, queries
from balise.helpline.removals.queries import Pile
from balise.helpline.removals.rules.figures import PERCENTILES, year_before
from balise.helpline.removals.web.forms import FiguresForm


@staff.get
def desk(request: Request) -> HttpResponse:
    """Show one part of the desk."""
    asked = request.GET.get("pile", "")
    which = Pile(asked) if asked in set(Pile) else Pile.TO_DO
    rows, counts = queries.pile(which, seen_by=request.actor)
    here = reverse("staff:removals:desk")
    context = {
        "which": which,
        "rows": rows,
        "tabs": [
            (f"{each.label} ({counts.get(each, 0)})", f"{here}?pile={each.value}", each is which)
            for each in Pile
        ],
        "answers": queries.answers_to_read(seen_by=request.actor),
        "may_work": request.actor.may(access.WORK),
    }
    return render(request, "helpline/removals/desk.html", context)


@staff.get
def figures(request: Request) -> HttpResponse:
    """Show what came of removals by platform, with the same days of the year before."""
    form = FiguresForm(request.GET)
    since, until = form.period
    whole, rows = queries.figures(since=since, until=until, seen_by=request.actor)
    context = {
        "form": form,
        "since": since,
        "until": until,
        "since_before": year_before(since),
        "until_before": year_before(until),
        "rows": (*rows, whole) if rows else (),
        "percentiles": PERCENTILES,
    }
    return render(request, "helpline/removals/figures.html", context)
