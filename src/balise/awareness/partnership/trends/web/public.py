"""An edition for who has its link, as a page and as PDF; confirm an address, or leave."""

from datetime import date
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from balise.awareness.partnership.trends.access import briefing_token, read_briefing, read_reader
from balise.awareness.partnership.trends.actions import readers
from balise.awareness.partnership.trends.documents import papers
from balise.awareness.partnership.trends.queries import briefings
from balise.foundation.finding import there
from balise.foundation.web import subscription
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced


@public.get
def briefing(request: Request, token: str) -> HttpResponse:
    """Show an edition as it was sent, and whether another corrects it."""
    found = briefings.edition(read_briefing(token))
    told = there(found.told)
    shown = {
        "told": told,
        "day": date.fromisoformat(told["day"]),
        "uses": [{**use, "seen": date.fromisoformat(use["first_seen"])} for use in told["uses"]],
        "references": [{**one, "on": date.fromisoformat(one["day"])} for one in told["references"]],
        "corrects": found.corrects,
        "corrected_by": [
            (number, reverse("trends:briefing", args=[briefing_token(each)]))
            for number, each in found.corrected_by
        ],
        "token": token,
    }
    return render(request, "network/trends/edition.html", shown)


@public.get
def paper(_request: Request, token: str) -> HttpResponse:
    """Give an edition as PDF/UA: the same octets each time."""
    told = there(briefings.edition(read_briefing(token)).told)
    answer = HttpResponse(papers.briefing(told), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="briefing-{told["number"]}.pdf"'
    return answer


@public.form
@paced
def news(request: Request, token: str) -> HttpResponse:
    """Confirm an address, or leave, in one press; the link is that of a mail."""
    reader = read_reader(token)
    return subscription.said(
        request,
        "network/trends/news.html",
        confirm=partial(readers.confirm, reader=reader, by=request.actor),
        leave=partial(readers.leave, reader=reader, by=request.actor),
    )
