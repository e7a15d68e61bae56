"""What is sent to us: refused before it is read, or read within a time and a room.

Refused are bodies that are too long, and those whose length nobody told.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import orjson
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.urls import Resolver404, resolve

from balise.foundation.accounts.visits import SessionStore, key_in
from balise.foundation.files.storage import FOLDER_MODE
from balise.foundation.files.uploads import longest_body
from balise.foundation.web import errors, quick_exit

type Receive = Callable[[], Awaitable[dict[str, Any]]]

# What the pages' own middleware would have said: it never sees this request.
_PAGE = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


_FAULTS = {
    HTTPStatus.CONTENT_TOO_LARGE: errors.TOO_LARGE,
    HTTPStatus.REQUEST_TIMEOUT: errors.TOO_SLOW,
    HTTPStatus.SERVICE_UNAVAILABLE: errors.OUT_OF_SERVICE,
}

# Seconds that a body may take in all: so many, and one more for each SLOWEST bytes of it.
AT_LEAST = 20.0
SLOWEST = 128 * 1024
# And these, once that is over: a process that did not run meanwhile, on a machine that is loaded or
# was halted, has the whole body before it and has not looked yet.
ONCE_MORE = 2.0
# A body that takes longer gives its room to others who need it: a telephone sends a report in less.
QUICK = 2.0


class BodyRefused(Exception):
    """A body is not read, or not to its end; `status` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(status.phrase)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes a body may have, and all bodies that are in memory at the same moment.

    `with_files` holds for pages that take files, from people who are signed in; `plain` for all
    others. What is longer than `with_files`, such as a film, comes to pages that take as much
    alone, and is in a file without a name meanwhile. A `short` body of what comes first, such as a
    message or a report, has the room `first_in_all`, which nothing else takes.
    """

    plain: int
    with_files: int
    plain_in_all: int
    files_in_all: int
    short: int = 0
    first_in_all: int = 0


def length_of(header: Callable[[str], str | None]) -> int:
    """Return how long a body says that it is; `header` returns a header by its WSGI name.

    Refuses one that does not say its length (chunked): Django would not read it.
    """
    if header("HTTP_TRANSFER_ENCODING"):
        raise BodyRefused(HTTPStatus.LENGTH_REQUIRED)
    length = header("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise BodyRefused(HTTPStatus.BAD_REQUEST)
    return int(length)


def longest(path: str, cookies: str) -> int:
    """Return how many bytes someone who is signed in may send to a page that takes files.

    0 for all others.
    """
    try:
        view = resolve(path).func
    except Resolver404:
        return 0
    key = key_in(cookies)
    most = longest_body(view)
    return most if key and most and SESSION_KEY in SessionStore(key).load() else 0


class Room(Enum):
    """Which memory a body takes."""

    PLAIN = auto()
    FILES = auto()
    FIRST = auto()


class Rooms:
    """The memory for bodies. One event loop uses it."""

    def __init__(self, limits: Limits) -> None:
        self._left = {
            Room.PLAIN: limits.plain_in_all,
            Room.FILES: limits.files_in_all,
            Room.FIRST: limits.first_in_all,
        }
        self._with_files, self._short = limits.with_files, limits.short
        self._coming: dict[Body, tuple[float, asyncio.Task[None]]] = {}  # the oldest first

    async def read(
        self, receive: Receive, length: int, *, is_large: bool, comes_first: bool = False
    ) -> "Body":
        """Return a body once all of it is there; it keeps its room until it is left.

        Room for a large one is taken beforehand, so that who begins can end; for the others as
        they come, so that an announcement costs nobody anything.
        """
        is_on_disk = length > self._with_files
        is_first = comes_first and length <= self._short
        room = Room.FILES if is_large else Room.FIRST if is_first else Room.PLAIN
        body = Body(self, room, is_on_disk=is_on_disk)
        try:
            if is_large and not is_on_disk:
                body.take(length)
            filling = _fill(body, receive, length)
            await self._in_time(body, filling, AT_LEAST + length / SLOWEST)
        except BaseException:
            body.leave()
            raise
        return body

    def take(self, count: int, room: Room) -> None:
        """Reserve memory for so many bytes, or refuse: others have it.

        Who sends slowly gives way to who does not.
        """
        if count > self._left[room]:
            self._end_slow(room, count)
        if count > self._left[room]:
            raise BodyRefused(HTTPStatus.SERVICE_UNAVAILABLE)
        self._left[room] -= count

    def give(self, count: int, room: Room) -> None:
        """Free reserved memory."""
        self._left[room] += count

    def _end_slow(self, room: Room, count: int) -> None:
        now = asyncio.get_running_loop().time()
        for body, (began, task) in list(self._coming.items()):
            if now - began < QUICK or count <= self._left[room]:
                return
            if body.room is room and room is not Room.FILES:
                body.leave()
                task.cancel()

    async def _in_time(
        self, body: "Body", filling: Coroutine[Any, Any, None], seconds: float
    ) -> None:
        """Fill a body, or refuse one that is not there when its time is over."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        # Most are there whole: nobody waits for these.
        task = asyncio.Task(filling, loop=loop, eager_start=True)
        if not task.done():
            self._coming[body] = began, task
        try:
            for each in (seconds, ONCE_MORE):
                if task.done() or (await asyncio.wait((task,), timeout=each))[0]:
                    if task.cancelled():  # others needed its room
                        break
                    return await task
        finally:
            self._coming.pop(body, None)
            task.cancel()
        raise BodyRefused(HTTPStatus.REQUEST_TIMEOUT)


class Body:
    """A body in memory, and the room that it takes; or one on a disk, which takes none."""

    def __init__(self, rooms: Rooms, room: Room, *, is_on_disk: bool = False) -> None:
        self.content: IO[bytes] = _unnamed() if is_on_disk else BytesIO()
        self.room = room
        self._rooms, self._taken = rooms, 0

    def add(self, part: bytes) -> None:
        """Keep the next part; all but a large body reserve their memory as they grow."""
        if self.room is not Room.FILES:
            self.take(len(part))
        self.content.write(part)

    def take(self, count: int) -> None:
        """Reserve memory for so many bytes."""
        self._rooms.take(count, self.room)
        self._taken += count

    def leave(self) -> None:
        """Drop the body and free its memory."""
        self.content.close()
        self.content = BytesIO()
        self._rooms.give(self._taken, self.room)
        self._taken = 0


def _unnamed() -> IO[bytes]:
    folder: Path = settings.UPLOADS
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return TemporaryFile(dir=folder)


async def _fill(body: Body, receive: Receive, length: int) -> None:
    more = length > 0
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        body.add(message.get("body", b""))  # no longer than it said: HTTP/1 sees to that
        more = message.get("more_body", False)
    body.content.seek(0)


def said(
    refusal: HTTPStatus, *, path: str, cookies: str
) -> tuple[HTTPStatus, dict[str, str], bytes]:
    """Return the status, the headers and the body of a refusal: for partners a problem document.

    For people, a page that says what to do, or the way to the plain page if they have just left
    (`cookies` is their Cookie header); for a request that no browser sends, nothing.
    """
    if not path.startswith("/api/"):
        fault = _FAULTS.get(refusal)
        if fault is None:
            return refusal, {"Content-Length": "0"}, b""
        if quick_exit.says_away(cookies):
            away = {"Location": settings.CENTRE.quick_exit, "Cache-Control": "no-store"}
            return HTTPStatus.SEE_OTHER, away | {"Content-Length": "0"}, b""
        page = errors.page(fault, path=path).encode()
        return refusal, _PAGE | {"Content-Length": str(len(page))}, page
    code = refusal.phrase.lower().replace(" ", "-")
    body = orjson.dumps(
        {"type": f"urn:balise:problem:{code}", "title": refusal.phrase, "status": refusal.value}
    )
    headers = {"Content-Type": "application/problem+json", "Content-Length": str(len(body))}
    return refusal, headers, body
