"""Is a page still there? Of a picture or a film, its head alone is asked for: it is never fetched.

Of a page of words, the first 32 KB are read in memory, looked through for what it says of itself,
and dropped: flags leave this process, never a word. A page that may be an error that calls itself a
success is compared with a path beside it that cannot exist.
"""

import asyncio
import re
import secrets
import ssl
import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from balise.foundation.url import parse_web
from balise.takedown.tracing.rules.looks import Answer, Failure, Look, Place, Says, Text
from balise.takedown.tracing.rules.pages import (
    MOST_BYTES,
    Page,
    are_alike,
    place_of,
    read_page,
    sibling,
)
from balise.takedown.tracing.rules.public import IPAddress
from balise.takedown.tracing.tracer.failures import NO_ANSWER, NotAllowed, Unreachable, Vanished
from balise.takedown.tracing.tracer.pages import (
    MAX_REDIRECTS,
    Head,
    Target,
    asked,
    read_target,
    redirected,
)
from balise.takedown.tracing.tracer.reach import Reach

_ACCEPT = "Accept: */*"
_ONE_BYTE = "Range: bytes=0-0"  # of something that may be a picture
_FIRST_ERROR = 400
_SUCCESS = 2
_NOT_FOUND = frozenset({404, 410})
_NONSENSE_LETTERS = 14
_WORDY = ("text/html", "application/xhtml+xml", "text/plain")
_CHUNK = re.compile(rb"\r?\n?([0-9A-Fa-f]{1,8})[^\r\n]{0,100}\r?\n")


@dataclass(frozen=True, slots=True)
class _Found:
    """What an address led to: where, the head of the answer there, and the words of it."""

    target: Target
    head: Head
    page: Page | None

    @property
    def is_success(self) -> bool:
        return self.head.status // 100 == _SUCCESS


@dataclass(slots=True)
class _Visit:
    """One look at one page. A name is asked for once, however often its host is."""

    reach: Reach
    vetted: dict[str, list[IPAddress]] = field(default_factory=dict)

    async def addresses(self, target: Target) -> list[IPAddress]:
        if target.host not in self.vetted:
            try:
                found = await self.reach.addresses(target.host, target.port)
            except Unreachable:
                raise _NamesSilent from None
            self.vetted[target.host] = found
        return self.vetted[target.host]

    async def followed(self, target: Target, *, believes: bool = False) -> _Found:
        """Return what a page is, after redirects; the deadline is for all of it.

        `believes` a head that says “not found”, which is else asked again with GET.
        """
        async with asyncio.timeout(self.reach.deadline):
            for _hop in range(MAX_REDIRECTS + 1):
                head, page = await self._asked(target, believes=believes)
                if not head.location:
                    return _Found(target, head, page)
                target = redirected(self.reach, target, head)
        raise Unreachable

    async def _asked(self, target: Target, *, believes: bool) -> tuple[Head, Page | None]:
        """Ask for a page's head; an error is asked again with GET, and words are read."""
        head, _no_page = await self._exchanged("HEAD", target)
        if head.location or (believes and head.status in _NOT_FOUND):
            return head, None
        if head.status >= _FIRST_ERROR:
            head, page = await self._exchanged("GET", target, _ONE_BYTE)
            if head.location or head.status >= _FIRST_ERROR:
                return head, page
        if not _is_wordy(head):
            return head, None
        return await self._exchanged("GET", target)

    async def _exchanged(self, method: str, target: Target, *more: str) -> tuple[Head, Page | None]:
        failure: Exception = Unreachable()
        for ip in (await self.addresses(target))[:2]:
            try:
                async with asked(self.reach, method, target, ip, _ACCEPT, *more) as (head, rest):
                    if method == "HEAD" or head.location or not _is_wordy(head):
                        return head, None
                    return head, read_page(await _first_bytes(head, rest))
            except OSError as error:
                failure = error
        raise failure

    async def is_like_nonsense(self, first: Target, found: _Found) -> bool | None:
        """Return whether a path that cannot exist leads to the same; None if that is not known."""
        nonsense = "".join(secrets.choice(string.ascii_lowercase) for _ in range(_NONSENSE_LETTERS))
        beside = _at_path(self.reach, first, sibling(first.path, nonsense))
        if beside.path == first.path:
            return None
        try:
            other = await self.followed(beside, believes=True)
        except NO_ANSWER:
            return None
        if other.head.status in _NOT_FOUND or other.is_success != found.is_success:
            return False
        was_led, other_was = found.target != first, other.target != beside
        if was_led or other_was:
            return was_led and found.target.is_same_page(other.target)
        return _is_same(found, other, without=(first.path, beside.path))


class _NamesSilent(Exception):
    """The DNS gave no answer that says anything."""


async def revisit(reach: Reach, url: str) -> Look:
    """Return what one look at a page finds; never raises for what strangers do."""
    visit, first = _Visit(reach), None
    try:
        async with reach.turn:
            first = read_target(reach, url)
            found = await visit.followed(first)
            look = _look(first, found)
            is_doubtful = _is_doubtful(look, found.head.fields)
            alike = await visit.is_like_nonsense(first, found) if is_doubtful else None
    except NotAllowed:
        return Look(answer=Answer.REFUSED)
    except Vanished:
        return Look(answer=Answer.NAME_GONE)
    except (_NamesSilent, *NO_ANSWER) as error:
        known = visit.vetted.get(first.host, []) if first else []
        return Look(answer=Answer.SILENT, failure=_failure(error), addresses=tuple(known))
    return Look(
        answer=look.answer,
        http_status=look.http_status,
        place=look.place,
        text=look.text,
        says=look.says,
        leads_to=look.leads_to,
        like_nonsense=alike,
        addresses=tuple(visit.vetted.get(first.host, [])),
    )


def _look(first: Target, found: _Found) -> Look:
    place = place_of(first.url, found.target.url)
    return Look(
        answer=Answer.ANSWERED,
        http_status=found.head.status,
        place=place,
        text=found.page.text if found.page else Text.NOT_READ,
        says=found.page.says if found.page else frozenset(),
        leads_to="" if place is Place.SAME else found.target.url,
    )


def _is_doubtful(look: Look, fields: Mapping[str, str]) -> bool:
    """Return whether a success may be a hidden error: then a made-up address is asked for too."""
    if (look.http_status or 0) // 100 != _SUCCESS:
        return False
    if look.text is Text.NOT_READ and look.place is Place.SAME:
        # A picture that replaces all missing ones is small.
        length = fields.get("content-length", "")
        return length.isdecimal() and int(length[:10]) <= MOST_BYTES
    return (
        Says.GONE in look.says or look.place in {Place.SITE, Place.HOME} or look.text is Text.NONE
    )


def _failure(error: Exception) -> Failure:
    match error:
        case _NamesSilent():
            return Failure.NAMES
        case TimeoutError():
            return Failure.TIMEOUT
        case ssl.SSLError():
            return Failure.TLS
        case OSError():
            return Failure.CONNECTION
    return Failure.NONSENSE


def _at_path(reach: Reach, target: Target, path: str) -> Target:
    place = parse_web(target.url)
    return read_target(reach, f"{place.protocol}//{place.host}{path}")


def _is_wordy(head: Head) -> bool:
    is_text = head.fields.get("content-type", "").lower().startswith(_WORDY)
    return is_text and head.fields.get("content-encoding", "identity").lower() == "identity"


def _is_same(found: _Found, other: _Found, *, without: tuple[str, str]) -> bool:
    if found.page is None or other.page is None:
        return found.page is other.page and _is_same_file(found.head.fields, other.head.fields)
    return are_alike(found.page, other.page, without=without)


def _is_same_file(fields: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two heads are of one file: a picture that replaces all missing ones."""
    if "etag" in fields:
        return fields["etag"] == other.get("etag")
    length = fields.get("content-length", "")
    return bool(length) and length == other.get("content-length", "")


async def _first_bytes(head: Head, rest: asyncio.StreamReader) -> bytes:
    """Return the first bytes of an answer; what is cut off in between is as good as it is."""
    read = bytearray()
    while len(read) < MOST_BYTES and (part := await rest.read(8_192)):
        read += part
    raw = bytes(read[:MOST_BYTES])
    return _joined(raw) if "chunked" in head.fields.get("transfer-encoding", "").lower() else raw


def _joined(chunks: bytes) -> bytes:
    """Return what chunks hold, as far as they came."""
    joined, at = bytearray(), 0
    while (size := _CHUNK.match(chunks, at)) is not None and int(size[1], 16):
        at = size.end() + int(size[1], 16)
        joined += chunks[size.end() : at]
    return bytes(joined)
