"""The release of the app as it is served: its pages in each language, and the files they need.

A page is of the release if it says so (`data-released`), which `helpline/app/frame.html` does. All
those that the first page leads to are found; each is drawn twice, and must be the same.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from balise.helpline.app.rules import release as rules
from balise.helpline.app.rules.release import Listed, ReleaseFaulty

_SAID: Final = (
    "Content-Type",
    "Content-Security-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)
_MARK: Final = "data-released"


class Gathering:
    """What was found so far, by path; the pages are asked as a browser asks them."""

    def __init__(self) -> None:
        if "public" not in settings.DOORS:
            raise ReleaseFaulty("this process does not open the public door")
        self._door = BaseHandler()
        self._door.load_middleware()
        self._host = urlsplit(settings.PUBLIC_ADDRESS).netloc
        self.headers: Mapping[str, str] = {}

    def files(self) -> list[Listed]:
        """Return all files of the release: pages, static files, the worker."""
        drawn = dict(self._pages())
        first = next(iter(drawn.values()))
        self.headers = first.headers
        pages = [
            Listed(one.path, one.content, _other(one.headers, than=self.headers))
            for one in drawn.values()
        ]
        named = {
            name
            for one in drawn.values()
            for name in rules.named_files(one.content.decode(), below=settings.STATIC_URL)
        }
        worker = self._page(reverse("app-worker"))
        statics = [
            Listed(f"{settings.STATIC_URL}{name}", content) for name, content in _needed(named)
        ]
        return [*pages, *statics, Listed(worker.path, worker.content)]

    def _pages(self) -> Iterator[tuple[str, Listed]]:
        """Yield the pages that are the same for everyone, from the first page of each language."""
        begins = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                begins.append(reverse("app:home"))
        seen = set(begins)
        while begins:
            page = self._page(path := begins.pop(0))
            text = page.content.decode()
            if not page.headers or _MARK not in text:
                continue
            if self._page(path).content != page.content:
                raise ReleaseFaulty(f"{path} is not the same twice")
            yield path, page
            for link in rules.links(text):
                if link not in seen:
                    seen.add(link)
                    begins.append(link)
        # What no page leads to: the worker answers with it.
        for language, _name in settings.LANGUAGES:
            with override(language):
                path = reverse("app:offline")
            yield path, self._page(path)

    def _page(self, path: str) -> Listed:
        """Return what is served at a path; without headers where it is no page of ours."""
        request = HttpRequest()
        request.method = "GET"
        request.path = request.path_info = path
        request.META = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "HTTP_HOST": self._host,
            "HTTP_X_FORWARDED_PROTO": urlsplit(settings.PUBLIC_ADDRESS).scheme,
            "SERVER_NAME": self._host,
            "SERVER_PORT": "80",
        }
        answer = cast("HttpResponse", self._door.get_response(request))
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ReleaseFaulty(f"{path} cannot be drawn: are the static files collected?")
        if answer.status_code != HTTPStatus.OK:
            return Listed(path, b"")
        said = {name: answer.headers[name] for name in _SAID if name in answer.headers}
        return Listed(path, answer.content, said)


def _needed(names: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield static files by name, with all that they fetch; a name without a file is none."""
    waiting, seen = sorted(names), set(names)
    while waiting:
        name = waiting.pop()
        content = _static(name)
        if content is None:
            continue
        yield name, content
        for found in rules.needed_by(name, content):
            if found not in seen:
                seen.add(found)
                waiting.append(found)


def _static(name: str) -> bytes | None:
    try:
        if staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return bytes(file.read())
    except (SuspiciousFileOperation, IsADirectoryError):
        return None
    found = finders.find(name)
    if not found:
        return None
    with open(found, "rb") as file:  # noqa: PTH123 - a finder gives a path as text
        return file.read()


def _other(headers: Mapping[str, str], *, than: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in headers.items() if than.get(name) != value}
