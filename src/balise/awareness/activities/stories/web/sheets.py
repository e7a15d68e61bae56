"""The adult's sheet of a story, without an account: how to lead a session, the map of choices."""

from django.http import HttpResponse
from django.shortcuts import render

from balise.awareness.activities.stories.queries import mapped, published
from balise.awareness.activities.stories.rules.session import RULES
from balise.awareness.activities.stories.web import plans, shown
from balise.foundation.web.doors import Request, public


@public.get
def sheet(request: Request, slug: str) -> HttpResponse:
    """Show how a class plays a story, what to expect, and where its choices lead."""
    found, stops = published(slug), mapped(slug)
    context = {
        "story": shown.card(found.card),
        "rules": RULES,
        "plan": plans.drawn(stops),
        "scenes": plans.listed(stops, found.words.get(shown.language(), {})),
        **shown.sheet(found),
    }
    return render(request, "stories/sheet.html", context)
