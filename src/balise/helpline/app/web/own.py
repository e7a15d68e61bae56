"""The app's own origin: files of the signed release, byte for byte, and what changes."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language_from_path, get_language_from_request, override

from balise.foundation.finding import NotHere
from balise.foundation.web import quick_exit
from balise.foundation.web.doors import Request, public
from balise.foundation.web.spending import writes_nothing
from balise.helpline.app.queries import release
from balise.helpline.app.web import pages


@public.get
def threshold(request: Request) -> HttpResponse:
    """Give the home in the language that the browser asks for; whoever left has come back."""
    answer = _given(request, f"/{get_language_from_request(request)}/app/")
    answer.headers["Vary"] = "Accept-Language, Accept-Encoding"
    quick_exit.come_back(request, answer)
    return answer


@writes_nothing("What is shared without a worker is read by nobody.")
@public.form
def listed(request: Request, path: str) -> HttpResponse:
    """Give a file that the release names; what it does not name is a page that says so."""
    at = f"/{path}"
    return _given(request, at if request.method != "POST" else "")


@public.get
def state(request: Request, language: str) -> HttpResponse:
    """Return what changes, in a language of ours."""
    if language not in dict(settings.LANGUAGES):
        raise NotHere
    with override(language):
        return pages.state(request)


def _given(request: Request, path: str) -> HttpResponse:
    found, status = release.given(path), HTTPStatus.OK
    if found is None:
        language = get_language_from_path(path) or get_language_from_request(request)
        found, status = release.given(f"/{language}/app/lost/"), HTTPStatus.NOT_FOUND
    if found is None:  # nothing signed lies here yet
        raise NotHere
    zips = "gzip" in request.headers.get("Accept-Encoding", "")
    content = found.zipped if zips else found.content
    answer = HttpResponse(content, status=status, headers=dict(found.headers))
    answer.headers["Vary"] = "Accept-Encoding"
    if zips:
        answer.headers["Content-Encoding"] = "gzip"
    return answer
