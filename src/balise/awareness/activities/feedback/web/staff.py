"""What educators say, for staff."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from balise.awareness.activities.feedback import queries
from balise.foundation.web.doors import Request, staff


@staff.get
def board(request: Request) -> HttpResponse:
    """Show what was said by kit."""
    found = queries.said(language=get_language() or "", by=request.actor)
    return render(request, "feedback/staff/board.html", {"kits": found})
