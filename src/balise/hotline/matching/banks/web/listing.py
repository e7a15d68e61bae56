"""The staff door: past look-ups. The filters and the place of a page are in its address."""

from collections.abc import Mapping
from datetime import UTC
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from balise.foundation.web.doors import Request, staff
from balise.hotline.matching.banks.queries import listing
from balise.hotline.matching.banks.queries.listing import Place
from balise.hotline.matching.banks.web.forms import PastForm


@staff.get
def look_ups(request: Request) -> HttpResponse:
    """List past look-ups, the newest first."""
    form = PastForm(request.GET)
    page = listing.look_ups(
        filters=form.filters, place=_place(request.GET.get("from", "")), seen_by=request.actor
    )
    chosen = form.kept
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(chosen),
        "newer": _address(chosen, page.newer),
        "older": _address(chosen, page.older),
    }
    return render(request, "hotline/banks/look_ups.html", context)


def _address(chosen: Mapping[str, str], place: Place | None) -> str:
    if place is None:
        return ""
    side = "newer" if place.is_newer else "older"
    return f"?{urlencode({**chosen, 'from': f'{side}~{place.at.isoformat()}~{place.id}'})}"


def _place(text: str) -> Place | None:
    """Return where a page begins, from `side~moment~id`; None if unreadable."""
    side, _tilde, rest = text.partition("~")
    moment, _tilde, identifier = rest.partition("~")
    try:
        at = parse_datetime(moment)
        if side not in {"newer", "older"} or at is None or at.tzinfo is None:
            return None
        return Place(at.astimezone(UTC), UUID(identifier), is_newer=side == "newer")
    except (ValueError, OverflowError):
        return None
