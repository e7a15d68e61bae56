"""The release of the app as it is served: its pages in each language, and the files they need.

A page is of the release if it says so (`data-released`), which `helpline/app/frame.html` does. All
those that the first page leads to are found; each is drawn twice, and must be the same. Where the
app has an origin of its own it is drawn for that, and what stays at the public door is a release of
its own: the vault's page alone, for those whose vault lies there still.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final, cast

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from balise.foundation.url import split_url
from balise.foundation.web import own
from balise.helpline.app.rules import release as rules
from balise.helpline.app.rules.looks import looks
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
_POLICY: Final = "Content-Security-Policy"


class Gathering:
    """What was found so far, by path; the pages are asked as a browser asks them."""

    def __init__(self, *, is_old_home: bool = False) -> None:
        if "public" not in settings.DOORS:
            raise ReleaseFaulty("this process does not open the public door")
        self._door = BaseHandler()
        self._door.load_middleware()
        self._host = split_url(settings.PUBLIC_ADDRESS).netloc
        self._is_own = bool(settings.APP_ADDRESS) and not is_old_home
        self._is_old_home = is_old_home
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
        named = {name for one in drawn.values() for name in rules.named_files(one.content.decode())}
        worker = self._page(reverse("app-worker"))
        assets = [
            Listed(f"{settings.STATIC_URL}{name}", content) for name, content in _needed(named)
        ]
        return [*pages, *assets, Listed(worker.path, worker.content)]

    def _pages(self) -> Iterator[tuple[str, Listed]]:
        """Yield the pages that are the same for everyone, from the first page of each language."""
        begins = [] if self._is_old_home else list(_in_each_language("app:home"))
        seen = set(begins)
        while begins:
            page = self._page(path := begins.pop(0))
            text = page.content.decode()
            if not page.headers or _MARK not in text:
                continue
            yield path, self._twice(page)
            for link in rules.links(text):
                if link not in seen:
                    seen.add(link)
                    begins.append(link)
        for path in self._beside():
            yield path, self._twice(self._page(path))

    def _beside(self) -> Iterator[str]:
        """Yield what no page leads to: a worker answers with it, a button of others leads there."""
        yield from _in_each_language("app:offline")
        if self._is_old_home:
            yield from _in_each_language("vault:vault")
        if self._is_own:
            yield from _in_each_language("app:lost")
            yield from _in_each_language("app:from")
            for look in looks(settings.COUNTRY):
                yield from _in_each_language("app:manifest", look.code)

    def _twice(self, page: Listed) -> Listed:
        """Return a page that is the same when it is drawn again; ReleaseFaulty for another."""
        if self._page(page.path).content != page.content:
            raise ReleaseFaulty(f"{page.path} is not the same twice")
        return page

    def _page(self, path: str) -> Listed:
        """Return what is served at a path; without headers where it is no page of ours."""
        request = HttpRequest()
        request.method = "GET"
        request.path = request.path_info = path
        request.META = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "HTTP_HOST": self._host,
            "HTTP_X_FORWARDED_PROTO": split_url(settings.PUBLIC_ADDRESS).scheme,
            "SERVER_NAME": self._host,
            "SERVER_PORT": "80",
        }
        if self._is_own:
            own.draws_for(request)
        answer = cast("HttpResponse", self._door.get_response(request))
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ReleaseFaulty(f"{path} cannot be drawn: are the static files collected?")
        if answer.status_code != HTTPStatus.OK:
            return Listed(path, b"")
        said = {name: answer.headers[name] for name in _SAID if name in answer.headers}
        if self._is_own and _POLICY in said:
            said[_POLICY] = _beside(said[_POLICY], frames="/app/vault/" in path)
        return Listed(path, answer.content, said)


def _in_each_language(name: str, *args: str) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield reverse(name, args=args)


def _beside(policy: str, *, frames: bool) -> str:
    """Return a page's policy with the public origin in it.

    Leaving tells that origin too, and the quiz is answered there where there is no script; the
    vault's page asks it, in a frame, for a vault that lies there still and for the chat.
    """
    policy = policy.replace("; frame-src 'self'", "")
    for directive in ("connect-src 'self'", "form-action 'self'"):
        if directive not in policy:
            raise ReleaseFaulty(f"no {directive} in the policy")
        policy = policy.replace(directive, f"{directive} {settings.PUBLIC_ADDRESS}")
    return f"{policy}; frame-src {settings.PUBLIC_ADDRESS}" if frames else policy


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
