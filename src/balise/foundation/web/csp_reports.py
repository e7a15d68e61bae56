"""What browsers say of our content security policy: counted by kind, and nothing else of it kept.

A report holds the address of a page and a piece of what ran there. Only three words of each are
read, and each is one of a list of ours: which door, which directive, and what kind of thing was
stopped. Extensions of a browser cause most of them.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from balise.foundation import strict_json
from balise.foundation.url import split_url
from balise.foundation.web.doors import STAFF_PATHS, Request, public
from balise.foundation.web.floods import Buckets
from balise.foundation.web.spending import writes_nothing

MOST_BYTES: Final = 16_384
MOST_OF_ONE: Final = 20  # browsers send what they gathered in one body
A_MINUTE: Final = 60  # bodies read by this process
DIRECTIVES: Final = frozenset(
    {
        "base-uri",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "require-trusted-types-for",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
        "trusted-types",
        "worker-src",
    }
)
KINDS: Final = frozenset(
    {
        "inline",
        "eval",
        "wasm-eval",
        "trusted-types-policy",
        "trusted-types-sink",
        "data",
        "blob",
        "http",
        "https",
        "ws",
        "wss",
    }
)

_log = logging.getLogger("balise.web")
_read = Buckets[str]()
_counts: Counter["Violation"] = Counter()


class Violation(NamedTuple):
    """What was stopped: behind which door, by which directive, and what kind of thing it was."""

    door: str
    directive: str
    kind: str


def violations(body: bytes) -> Iterator[Violation]:
    """Yield what a body reports, in either of the two forms (CSP 3 §5.3, Reporting API §3.3).

    What is not a report yields nothing.
    """
    try:
        told = strict_json.loads(body)
    except strict_json.FAULTS:
        return
    for each in (told if isinstance(told, list) else [told])[:MOST_OF_ONE]:
        if not isinstance(each, dict):
            continue
        if isinstance(old := each.get("csp-report"), dict):
            directive = old.get("effective-directive") or old.get("violated-directive")
            yield _in_our_words(old.get("document-uri"), directive, old.get("blocked-uri"))
        elif each.get("type") == "csp-violation" and isinstance(new := each.get("body"), dict):
            yield _in_our_words(
                new.get("documentURL"), new.get("effectiveDirective"), new.get("blockedURL")
            )


@writes_nothing("It is counted in memory.")
@csrf_exempt  # a browser reports without a token, and nothing is changed
@public.post
def take(request: Request) -> HttpResponse:
    """Count what a browser reports; each count is written down when it is 1, 10, 100, …"""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.CONTENT_TOO_LARGE)
    if not _read.takes("", a_minute=A_MINUTE, now=time.monotonic()):
        answer = HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = "60"
        return answer
    for violation in violations(request.body):
        _counts[violation] += 1
        if str(_counts[violation]).rstrip("0") == "1":
            _log.warning("csp %s %s %s %d", *violation, _counts[violation])
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _in_our_words(document: Any, directive: Any, blocked: Any) -> Violation:
    words = str(directive or "").split(" ", 1)[0]
    return Violation(
        door="staff" if _path(document).startswith(STAFF_PATHS) else "public",
        directive=words if words in DIRECTIVES else "other",
        kind=_kind(str(blocked or "")),
    )


def _kind(blocked: str) -> str:
    """Return what was stopped: a word that CSP has for it, or the scheme of an address."""
    word = blocked.partition(":")[0].lower()
    return word if word in KINDS else "other"


def _path(address: Any) -> str:
    try:
        return split_url(str(address or "")).path
    except ValueError:
        return ""
