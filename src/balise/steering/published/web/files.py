"""Open figures for programs: JSON, and the data package. Open to any site; no token, no cookie."""

import json
from collections.abc import Callable
from functools import partial, wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from balise.foundation.finding import NotHere
from balise.foundation.web.doors import Request, problem, public
from balise.steering.editions.queries.addresses import public_address
from balise.steering.published import queries
from balise.steering.published.queries import Open
from balise.steering.published.rules.described import described
from balise.steering.published.rules.licence import licence
from balise.steering.published.rules.package import packaged
from balise.steering.published.web.reading import day_of

LICENCE: Final = licence(settings.COUNTRY)
type View = Callable[..., HttpResponse]


def open_to_any_site(view: View) -> View:
    """Let scripts of any site read an answer; what is not there is a problem document."""

    @wraps(view)
    def answering(request: Request, *args: str, **kwargs: str) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except NotHere:
            answer = problem("not-here", "There is no such edition.", status=HTTPStatus.NOT_FOUND)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    return answering


@public.get
@open_to_any_site
def latest(request: Request) -> HttpResponse:
    """Give the latest published edition as JSON."""
    return _json(request, queries.edition())


@public.get
@open_to_any_site
def edition(request: Request, day: str) -> HttpResponse:
    """Give a published edition as JSON."""
    return _json(request, queries.edition(day_of(day)))


@public.get
@open_to_any_site
def package(request: Request, day: str) -> HttpResponse:
    """Give a published edition as a data package (Frictionless)."""
    found = queries.edition(day_of(day))
    octets = packaged(
        found.deck,
        published_at=found.published_at,
        name=settings.CENTRE.organisation,
        licence=LICENCE,
        linked=partial(public_address, found.day),
    )
    return _tagged(request, as_file(octets, "application/zip", f"figures-{day}.zip"))


def as_file(octets: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be saved; its name says where it is a demonstration's."""
    answer = HttpResponse(octets, content_type=kind)
    named = f"demonstration-{name}" if settings.DEMONSTRATION else name
    answer["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer


def _json(request: HttpRequest, found: Open) -> HttpResponse:
    told = described(
        found.deck,
        published_at=found.published_at,
        mark=found.digest,
        licence=LICENCE,
        linked=partial(public_address, found.day),
    )
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _tagged(request, HttpResponse(text.encode(), content_type="application/json"))


def _tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return an answer named by the digest of what it holds; 304 to who has that already."""
    tag = f'"{sha256(answer.content).hexdigest()}"'
    answer.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer
