"""Copies of pages that are the same for everyone, answered before Django is asked.

A card names these pages and for how many seconds a copy is fresh (`Mount.kept`). A copy is made by
a request of ours that has nothing of a visitor. Who has left, or is to be told something, is
answered by the page itself. While the page cannot be drawn, its last copy is shown, marked as old.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from time import monotonic
from typing import Any, Final, NamedTuple

from balise.foundation import clock
from balise.foundation.web import quick_exit
from balise.foundation.web.components.aging import aged

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Pages = Callable[[Scope, Receive, Send], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

MOST: Final = 64  # copies, of all hosts; the one that was asked for longest ago goes
LATE: Final = 30.0  # seconds after its time that a copy may be shown while one request renews it
PATIENCE: Final = 2.0  # seconds for which a page may be drawn where there is an old copy
RETRY: Final = 5.0  # seconds between two tries at a page that cannot be drawn
LONGEST: Final = 24 * 3600.0  # seconds; an older copy is not shown

_TOLD: Final = b"messages="  # Django's cookie of what to tell on the next page


class Key(NamedTuple):
    """One copy: nothing else of a request is looked at."""

    host: bytes
    is_secure: bool
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered, and when, by both clocks; `failed_at`: it could not be drawn since."""

    status: int
    headers: Headers
    content: bytes
    drawn_at: datetime
    at: float
    failed_at: float = 0.0

    @property
    def may_be_kept(self) -> bool:
        """Whether it holds nothing of one visitor, as far as its headers tell."""
        names = {name.lower() for name, _value in self.headers}
        nonces = any(b"'nonce-" in value for _name, value in self.headers)
        return self.status == HTTPStatus.OK and b"set-cookie" not in names and not nonces

    def old(self, language: str) -> "Answer":
        """Return it as an old copy says it."""
        content = aged(self.content, language=language, at=self.drawn_at)
        length = str(len(content)).encode()
        headers = [
            (name, length if name.lower() == b"content-length" else value)
            for name, value in self.headers
        ]
        return replace(self, headers=headers, content=content)

    async def send(self, send: Send) -> None:
        """Answer with it."""
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.content})


class Copies:
    """The pages, with copies of some before them: `seconds` by path."""

    def __init__(self, pages: Pages, seconds: Mapping[str, int]) -> None:
        self._pages = pages
        self._seconds = dict(seconds)
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._renewed: dict[Key, asyncio.Task[Answer]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a copy where there may be one, else as the page does."""
        seconds = self._seconds.get(scope["path"])
        key = _key(scope) if seconds is not None else None
        answer = await self._answer(key, seconds or 0) if key else None
        if answer is None:
            await self._pages(scope, receive, send)
        else:
            await answer.send(send)

    async def _answer(self, key: Key, seconds: int) -> Answer | None:
        """Return a copy, made where there is none; None where the page may not be kept."""
        kept, moment = self._kept.get(key), monotonic()
        if kept is not None:
            age = moment - kept.at
            if age <= seconds or (key in self._renewed and age <= seconds + LATE):
                self._kept.move_to_end(key)
                return kept
            if age > LONGEST:
                kept = None
            elif kept.failed_at and moment - kept.failed_at < RETRY:
                return kept.old(_language(key))
        found = await self._renew(key, patience=PATIENCE if kept else None)
        if kept is not None and (found is None or found.status >= HTTPStatus.INTERNAL_SERVER_ERROR):
            self._kept[key] = replace(kept, failed_at=monotonic())
            return kept.old(_language(key))
        if found is not None and found.may_be_kept:
            return found
        self._kept.pop(key, None)
        return None

    async def _renew(self, key: Key, *, patience: float | None) -> Answer | None:
        """Return what the page answers now, asked once for all who wait; None where it is late."""
        task = self._renewed.get(key)
        if task is None:
            task = self._renewed[key] = asyncio.create_task(self._draw(key))
            task.add_done_callback(lambda _done: self._renewed.pop(key, None))
        try:
            return await asyncio.wait_for(asyncio.shield(task), patience)
        except TimeoutError:
            return None

    async def _draw(self, key: Key) -> Answer:
        said: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        began, drawn_at = monotonic(), clock.now()
        await self._pages(_scope(key), receive, send)
        start, *parts = said
        content = b"".join(part["body"] for part in parts)
        answer = Answer(start["status"], start["headers"], content, drawn_at, began)
        if answer.may_be_kept:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return answer


def _key(scope: Scope) -> Key | None:
    """Return which copy answers a request; None for one that the page itself answers."""
    if scope["method"] != "GET" or scope["query_string"]:
        return None
    host, is_secure = b"", False
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"x-forwarded-proto":
            is_secure = value == b"https"
        elif name == b"cookie" and (
            _TOLD in value or quick_exit.says_away(value.decode("latin-1"))
        ):
            return None
    return Key(host, is_secure, scope["path"])


def _scope(key: Key) -> Scope:
    """Return a request of ours for a page, with nothing of a visitor."""
    headers = [(b"host", key.host)]
    if key.is_secure:
        headers.append((b"x-forwarded-proto", b"https"))
    return {
        "type": "http",
        "method": "GET",
        "path": key.path,
        "raw_path": key.path.encode(),
        "query_string": b"",
        "headers": headers,
        "http_version": "1.1",
        "scheme": "http",
    }


def _language(key: Key) -> str:
    return key.path.split("/")[1]
