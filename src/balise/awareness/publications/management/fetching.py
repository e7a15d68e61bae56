"""Ask another server for a document: only where the public internet leads, at each redirect."""

from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import urljoin

from django.conf import settings

from balise.foundation.limited.calling import Answered, Limits, OverLimit, Refused, Work, call
from balise.foundation.outgoing import Answer, Bounds, Line, NoAnswer, request
from balise.takedown.tracing.queries import NoWay, way_to
from balise.takedown.tracing.rules.addresses import REFUSALS

LONGEST: Final = 5_000_000  # bytes of a document
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_SCHEMES: Final = frozenset({"http", "https"})
_BOUNDS: Final = Bounds(seconds=60.0, longest=LONGEST)
_HEAD: Final = Bounds(seconds=15.0, longest=0)
_LIMITS: Final = Limits(processor=10, memory=600_000_000, time=120.0, answer=20_000_000)
_WORDS: Final = {
    "private-host": "it leads to a private address, which is never asked",
    "not-public-or-no-tracer": "the address leads nowhere public, or the tracer does not run",
    "too-long": "the document is longer than 5 MB",
    "too-many-redirects": "it leads on more than five times",
    "document-type-refused": "the document has a type with entities of its own",
    "not-xml": "the document is no well-formed XML, or too large a one",
    "not-oai-pmh": "the document is not of OAI-PMH",
    "not-json": "what it says is no JSON",
    "no-json-ld": "it has no JSON-LD of a resource",
    "not-readable": "it cannot be read within our limits",
}


class NotRead(RuntimeError):
    """A document was not got, or not read. `code` says why, `str()` says it in words."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_WORDS.get(code) or str(REFUSALS.get(code, code)))


def fetch(address: str) -> bytes:
    """Return a document; raise NotRead. Each redirect is looked at as the first address is."""
    answer = _followed(address, partial(_asked, "GET", _BOUNDS))
    if not answer.is_success:
        raise NotRead(f"http-{answer.status}")
    return answer.body


def status(address: str) -> int:
    """Return the status with which a page answers, its body unread; raise NotRead."""
    return _followed(address, partial(_asked, "GET", _HEAD)).status


def read_apart(work: Work, octets: bytes) -> bytes:
    """Return what a child with limits made of a document; raise NotRead."""
    if len(octets) > LONGEST:
        raise NotRead("too-long")
    match call(work, octets, limits=_LIMITS):
        case Answered(answer):
            return answer
        case Refused(code):
            raise NotRead(code)
        case OverLimit() | _:
            raise NotRead("not-readable")


def _followed(address: str, ask: Callable[[str], Answer]) -> Answer:
    for _redirect in range(_MOST_REDIRECTS + 1):
        answer = ask(address)
        if answer.status not in REDIRECTS or not answer.location:
            return answer
        address = urljoin(address, answer.location)
    raise NotRead("too-many-redirects")


def _asked(method: str, bounds: Bounds, address: str) -> Answer:
    try:
        way = way_to(address, schemes=_SCHEMES)
        return request(
            method,
            way.pinned,
            bounds=bounds,
            headers={"User-Agent": f"Balise (+{settings.PUBLIC_ADDRESS})", "Host": way.authority},
            line=Line(server_name=way.server_name),
        )
    except (NoWay, NoAnswer, ValueError) as error:
        raise NotRead(str(error)) from None
