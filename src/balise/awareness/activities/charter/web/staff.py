"""The family charter, for staff: what was counted, of families that said yes."""

from django.http import HttpResponse
from django.shortcuts import render

from balise.awareness.activities.charter import queries
from balise.foundation.web.doors import Request, staff


@staff.get
def board(request: Request) -> HttpResponse:
    """Show how many charters were made, and which rules families choose and keep."""
    context = {"figures": queries.figures(by=request.actor)}
    return render(request, "charter/staff/board.html", context)
