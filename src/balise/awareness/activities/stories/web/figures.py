"""The figures of stories, for staff."""

from django.http import HttpResponse
from django.shortcuts import render

from balise.awareness.activities.stories.queries.counted import board as counted_board
from balise.awareness.activities.stories.web import shown
from balise.foundation.web.doors import Request, staff


@staff.get
def board(request: Request) -> HttpResponse:
    """Show how often each story was begun and finished, with which endings and choices."""
    found = counted_board(language=shown.language(), by=request.actor)
    return render(request, "stories/staff/figures.html", {"stories": found})
