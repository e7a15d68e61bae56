"""A figure as a card that other sites show in a frame: no script, no cookie, nothing fetched."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import override

from balise.foundation.web.doors import Request, framed_anywhere, public
from balise.steering.editions.queries.drawing import public_address
from balise.steering.published import queries
from balise.steering.published.queries import Open
from balise.steering.published.web.reading import or_withdrawn, reading
from balise.steering.rules.drawing.svg import hue
from balise.steering.rules.leaving import FigureTable


@public.get
@or_withdrawn
def card(request: Request, mark: str, number: str) -> HttpResponse:
    """Show a figure of an edition, which stays; once it is corrected, as the correction has it."""
    return _card(request, *queries.newest_figure(mark, number))


@public.get
@or_withdrawn
def latest(request: Request, code: str) -> HttpResponse:
    """Show a figure as the latest published edition has it."""
    return _card(request, *queries.latest(code))


@cache
def style() -> str:
    """Return the style sheet of a card."""
    return render_to_string("steering/published/card.css")


def _card(request: Request, found: Open, table: FigureTable) -> HttpResponse:
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        shown = {
            "edition": found,
            "one": reading(found, table),
            "colour": hue(table.line).dark,
            "link": public_address(found.mark, table.number, language=language),
        }
        answer = render(request, "steering/published/card.html", shown)
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return framed_anywhere(answer, f"'sha256-{digest}'")
