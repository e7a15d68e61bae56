"""The release, its signature and its key as they are in the centre's folder; the worker."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from balise.foundation.finding import NotHere
from balise.foundation.web.doors import STAFF_PATHS, Request, public
from balise.foundation.web.own import leads_away
from balise.foundation.web.quick_exit import AWAY_COOKIE, AWAY_SECONDS, SeeOther
from balise.helpline.app.queries import release as queries
from balise.helpline.app.queries.release import Signed


@public.get
@gzip_page
def worker(request: Request) -> HttpResponse:
    """Give the worker of an origin: of the app, or of the public door that leads to it."""
    told = {
        "cookie": AWAY_COOKIE,
        "seconds": AWAY_SECONDS,
        "doors": [*STAFF_PATHS, "/api/"],
        "moved": settings.APP_ADDRESS if leads_away(request) else "",
    }
    return render(
        request, "helpline/app/worker.js", told, content_type="text/javascript; charset=utf-8"
    )


@public.get
@gzip_page
def manifest(request: Request) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Give the exact bytes that were signed."""
    return _given(lambda found: found.manifest, "application/json")


@public.get
def signature(request: Request) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Give the signature."""
    return _given(lambda found: found.signature.encode(), "text/plain; charset=utf-8")


@public.get
def key(request: Request) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Give the public key, which a phone saves at its first visit and never changes."""
    return _given(lambda found: found.key.encode(), "text/plain; charset=utf-8")


@csrf_exempt  # nothing is read of it: what is shared is for the worker
@public.form
def shared(request: Request) -> HttpResponse:
    """Lead what was shared without a worker to the vault, which says that nothing arrived."""
    with override(get_language_from_request(request)):
        return SeeOther(f"{reverse('vault:vault')}#shared")


def _given(part: Callable[[Signed], bytes], kind: str) -> HttpResponse:
    found = queries.offered()
    if found is None:
        raise NotHere
    return HttpResponse(part(found), content_type=kind)
