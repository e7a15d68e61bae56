"""Streams over HTTP: server-sent events (WHATWG HTML §9.2), and a long poll where those fail.

    GET /stream/talk/?after=12        text/event-stream, resumes after Last-Event-ID
    GET /stream/talk/?after=12&poll=1 one answer of the same form, at once or within 25 seconds
    GET /staff/helpline/stream/?conversation=…&after=12 the same for its listener
    GET /staff/helpline/stream/ says `news` to a listener, whatever page they are on

The listener's streams stand behind the staff door, whose process holds the key and reads sessions.
Their last word is `shut` where the session is over or locked.

An ASGI application of its own: thousands of pages stay open, and Django's handler keeps for each a
request, a chain of middleware and a thread's connection. Here a stream is a few objects; the
database is asked in one thread, and no connection is held while a stream is quiet.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final
from urllib.parse import parse_qs
from uuid import UUID

import orjson
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from balise.foundation.accounts.queries import SignedIn, signed_in_now
from balise.foundation.accounts.rules import Standing
from balise.foundation.encryption.sealing import KeyForgotten, SealBroken
from balise.helpline.conversations import queries
from balise.helpline.conversations.queries import EventRow
from balise.helpline.conversations.rules import ChatEventKind, Side, TokenUnknown
from balise.helpline.conversations.streams.admitting import (
    Admitted,
    NotPresent,
    Present,
    admit_seat,
    admit_staff,
    admit_young,
)
from balise.helpline.conversations.streams.hub import Encode, Hub, Stream
from balise.helpline.conversations.streams.ringing import listen
from balise.helpline.queue.rules.danger_words import read
from balise.helpline.queue.rules.danger_words.editing import SOURCE
from balise.helpline.queue.rules.danger_words.matching import pieces

# The staff's open streams of a process: their sessions are checked every few seconds.
#
# One query for all of them. A stream is closed, with the reason, as soon as its session is over
# or locked; where the role may do something else now, its page asks again. Where the database
# does not answer in time, all are closed: who may read is no longer known.


# Seconds; together the longest that a stream goes on after its account was closed.
EVERY = 3.0
WITHIN = 2.0

type Ask = Callable[[Collection[str]], Awaitable[Mapping[str, SignedIn]]]

_log = logging.getLogger("balise.streams")


class Watch:
    """The open streams. `ask` returns the states of their sessions, without those that are over."""

    def __init__(self, ask: Ask, *, every: float = EVERY, within: float = WITHIN) -> None:
        self._ask = ask
        self._every = every
        self._within = within
        self._open: dict[Stream, Present] = {}

    @contextlib.contextmanager
    def over(self, stream: Stream, present: Present) -> Iterator[None]:
        """Check a stream's session for as long as it is open."""
        self._open[stream] = present
        try:
            yield
        finally:
            del self._open[stream]

    async def run(self) -> None:
        """Check sessions, for as long as the process lives."""
        while True:
            await asyncio.sleep(self._every)
            await self.look()

    async def look(self) -> None:
        """Close the streams whose session, account or role has changed."""
        looked_at = dict(self._open)
        if not looked_at:
            return
        try:
            async with asyncio.timeout(self._within):
                found = await self._ask({present.session for present in looked_at.values()})
        except Exception:  # noqa: BLE001 - whatever failed, a stream that nobody could look at is closed
            _log.exception("streams could not look at their sessions")
            for stream in looked_at:
                stream.let_go()
            return
        for stream, present in looked_at.items():
            now = found.get(present.session)
            standing = now.standing if now else Standing.ENDED
            if standing is not Standing.OPEN:
                stream.let_go(standing.value)
            elif now and now.actor != present.actor:
                stream.let_go()


PATHS: Final = {"public": "/stream/talk/", "staff": "/staff/helpline/stream/"}  # by the door
STILL_THERE: Final = 15.0  # seconds between two signs of life
LASTS: Final = 600.0  # seconds, then the page asks again: those who may no longer read are refused
_SPREAD: Final = 0.2  # of these, so that pages that came together do not ask again together
POLL: Final = 25.0
_DIGITS: Final = 9
# After these another may have the conversation: who may read is checked again.
_CHANGES_HANDS: Final = frozenset(
    {
        ChatEventKind.JOINED.value,
        ChatEventKind.TRANSFERRED.value,
        ChatEventKind.LEFT.value,
        ChatEventKind.CAME_IN.value,
    }
)
# An event, which the page answers: a sleeping telephone does not, however long its line stays open.
_STILL: Final = b"event: still\ndata: {}\n\n"
# The last event of a stream that is closed: the page opens the next one at once.
_AGAIN: Final = b"event: again\ndata: {}\n\n"
# The same for a session that is over or locked: the page says so, and keeps what was typed.
_SHUT: Final = b'event: shut\ndata: {"why":"%s"}\n\n'
_HEADERS: Final = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-accel-buffering", b"no"),
]

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


class Streams:
    """The ASGI application. Its hubs begin with the first stream, in that stream's loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="log")
        # By side: a room is written once for all its pages, and a child reads no author.
        self._hubs: dict[bool, Hub] = {}
        self._watch = Watch(self._sessions)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one stream, or one poll; what is no GET is refused, whoever sends it."""
        if scope["method"] != "GET":
            await _refuse(send, 405)
            return
        is_staff = scope["path"].startswith(PATHS["staff"])
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        cookies = headers.get(b"cookie", "")
        try:
            if is_staff and headers.get(b"sec-fetch-site", "same-origin") != "same-origin":
                await _refuse(send, 403)
                return
            if is_staff and "conversation" not in asked:
                await self._serve_seat(cookies, receive, send)
                return
            if is_staff:
                admitted = await self._in_thread(admit_staff, cookies, asked["conversation"][0])
            else:
                admitted = await self._in_thread(admit_young, cookies)
        except NotPresent:
            await _refuse(send, 401)
            return
        except (TokenUnknown, KeyForgotten, SealBroken):
            await _refuse(send, 404)
            return
        except DatabaseError:
            await _refuse(send, 503)
            return
        place = _number(headers.get(b"last-event-id") or asked.get("after", ["0"])[0])
        hub = self._running(is_staff=is_staff)
        opening = hub.stream(
            admitted.conversation,
            place=place,
            encode=encoder(admitted),
            until=_CHANGES_HANDS if is_staff else frozenset(),
        )
        try:
            async with opening as stream:
                with self._looked_at(stream, admitted.staff):
                    await (
                        _poll(stream, send) if "poll" in asked else _stream(stream, receive, send)
                    )
        except SealBroken:
            await _refuse(send, 404)
        except DatabaseError:
            await _refuse(send, 503)  # nothing was answered yet: a stream asks nothing itself

    async def _serve_seat(self, cookies: str, receive: Receive, send: Send) -> None:
        """Serve the stream of a seat. It has no log: what is new, its page asks for."""
        present = await self._in_thread(admit_seat, cookies)
        opening = self._running(is_staff=True).stream(
            UUID(present.actor.key), place=0, encode=_nothing
        )
        async with opening as stream:
            with self._looked_at(stream, present):
                await _stream(stream, receive, send)

    def _looked_at(self, stream: Stream, staff: Present | None) -> AbstractContextManager[None]:
        return self._watch.over(stream, staff) if staff else nullcontext()

    def _running(self, *, is_staff: bool) -> Hub:
        if not self._hubs:
            self._hubs = {side: Hub(read=self._read, places=self._places) for side in (True, False)}
            running = (hub.run() for hub in self._hubs.values())
            for work in (*running, listen(self._ring), self._watch.run()):
                task = asyncio.get_running_loop().create_task(work)
                self._tasks.add(task)
        return self._hubs[is_staff]

    def _ring(self, room: UUID, note: str) -> None:
        for hub in self._hubs.values():
            hub.ring(room, note)

    async def _read(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[EventRow]]:
        return await self._in_thread(_rows_after, wanted)

    async def _places(self, conversations: list[UUID]) -> dict[UUID, int]:
        return await self._in_thread(queries.places, conversations)

    async def _sessions(self, sessions: Collection[str]) -> Mapping[str, SignedIn]:
        return await self._in_thread(signed_in_now, sessions)

    async def _in_thread[T](self, ask: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def asked() -> T:
            close_old_connections()  # one that was lost is not asked again
            return ask(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._thread, asked)


def _rows_after(wanted: Mapping[UUID, int]) -> dict[UUID, list[EventRow]]:
    """Return rows; the words of danger that mark them are those in force, asked for here."""
    SOURCE.ask()
    return queries.rows_after(wanted)


def encoder(admitted: Admitted) -> Encode:
    """Return what turns a row into a server-sent event for the reader who was admitted."""
    conversation, key = admitted.conversation, admitted.key

    def encode(row: EventRow) -> bytes:
        event = queries.read(row, conversation, key)
        told = {
            "seq": event.seq,
            "kind": event.kind.value,
            "side": event.side.value,
            "at": event.at.isoformat(timespec="milliseconds"),
            "code": event.code,
            "about": event.about,
            "text": event.text,
        }
        if admitted.staff:
            told["author"] = event.author
            if event.side is Side.YOUNG and event.text:
                told |= _danger_in(event.text)
        return b"id: %d\nevent: said\ndata: %s\n\n" % (row.seq, orjson.dumps(told))

    return encode


def _danger_in(text: str) -> dict[str, object]:
    """Return what words of danger a listener reads marked in a message, and by which rule."""
    found = read(text, country=settings.COUNTRY)
    return {"pieces": pieces(text, found), "rule": str(found.rule)} if found else {}


def _nothing(_row: EventRow) -> bytes:
    return b""


async def _stream(stream: Stream, receive: Receive, send: Send) -> None:
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + LASTS * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311
    headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    # A comment first: the browser knows that it is connected, a proxy that it must not buffer.
    await _send_on(send, b"retry: 1500\n\n")
    gone = loop.create_task(_until_gone(receive, stream))
    try:
        while not gone.done() and loop.time() < ends_at and not stream.is_behind:
            chunks = stream.taken()
            if chunks:
                await _send_on(send, b"".join(chunks))
            await stream.wait(STILL_THERE * random.uniform(1 - _SPREAD, 1))  # noqa: S311
            if not gone.done() and not stream.has_any and not stream.is_behind:
                await _send_on(send, _STILL)
        if not gone.done():
            await send(
                {"type": "http.response.body", "body": _last_word(stream), "more_body": False}
            )
    except OSError:
        pass  # the page is gone
    finally:
        gone.cancel()


async def _poll(stream: Stream, send: Send) -> None:
    if not stream.has_any:
        await stream.wait(POLL)
    headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = _last_word(stream) if stream.why else b"".join(stream.taken())
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _last_word(stream: Stream) -> bytes:
    return _SHUT % stream.why.encode() if stream.why else _AGAIN


async def _until_gone(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.wake()


async def _send_on(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*_HEADERS]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


application = Streams()
