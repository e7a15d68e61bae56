"""A story that cannot be played, and an address that leads to no place of it, say so.

With whom to call: nothing is lost by it.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render

from balise.awareness.activities.stories.queries import published
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.web import shown
from balise.awareness.activities.stories.web.addresses import PlaceLost
from balise.foundation.failures import note
from balise.foundation.web.doors import Request

_UNAVAILABLE = 503
_NOWHERE = 404


def played(view: Callable[[Request, str], HttpResponse]) -> Callable[[Request, str], HttpResponse]:
    """Return a view that answers 503 where the story fails, 404 where the address has no place.

    The log says where, not of whom.

    A choice is counted and kept after it is played, so the place stays the one before it.
    """

    @wraps(view)
    def safe(request: Request, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except PlaceLost:
            lost = {"story": shown.card(published(slug).card)}
            return render(request, "stories/lost.html", lost, status=_NOWHERE)
        except StoryFaulty as error:
            context = {
                "story": shown.card(published(slug).card),
                "helps": shown.helps(),
                "reference": note(error, f"story {slug} {error.code}"),
            }
            return render(request, "stories/faulty.html", context, status=_UNAVAILABLE)

    return safe
