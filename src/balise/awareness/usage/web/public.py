"""Follow a short link, and read how use is counted."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_safe

from balise.awareness.usage import queries
from balise.awareness.usage.rules import clients
from balise.awareness.usage.rules.words import UsageKind
from balise.awareness.usage.web import counting
from balise.foundation.statistics.suppression import ADULTS
from balise.foundation.web.doors import Request, public


@public
@require_safe
def follow(request: Request, code: str) -> HttpResponse:
    """Lead to the page of a short link; one that is closed leads nowhere."""
    link = queries.follow(code)
    answer = HttpResponseRedirect(link.path)
    answer["Cache-Control"] = "no-store"
    counting.note(request, answer, kind=UsageKind.LINK, thing=link.code, campaign=link.campaign)
    return answer


@public
@require_safe
def method(request: Request) -> HttpResponse:
    """Say how use is counted, and what is not kept."""
    shown = {
        "minutes": int(clients.WINDOW) // 60,
        "most": number_format(clients.MOST, force_grouping=True),
        "fewest": ADULTS.fewest,
        "zone": settings.CENTRE.time_zone,
    }
    return render(request, "usage/method.html", shown)
