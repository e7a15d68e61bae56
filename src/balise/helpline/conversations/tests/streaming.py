"""Pages that hold streams open, without a server between."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import sign_in
from balise.foundation.actors import Actor
from balise.foundation.web.testing import StrictClient
from balise.helpline.conversations.streams import serving

LOOKS = 6_000  # two minutes


def cookies_of(person: Actor | Account) -> str:
    """Sign a person in, in a browser of their own; return its Cookie header."""
    account = person if isinstance(person, Account) else Account.objects.get(pk=person.key)
    client = StrictClient()
    sign_in(client, account)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Page:
    """A page that opens a stream, and what it was sent."""

    def __init__(
        self, path: str, cookies: str = "", query: str = "", *, method: str = "GET", **headers: str
    ) -> None:
        self.heard = b""
        self.status = 0
        self.is_over = False
        self._gone = asyncio.Event()
        named = {"cookie": cookies} | {
            name.replace("_", "-"): said for name, said in headers.items()
        }
        self._scope = {
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), said.encode()) for name, said in named.items()],
        }

    async def open(self, streams: serving.Streams) -> None:
        """Hold the stream until it ends, or the page leaves."""
        await streams(self._scope, self._receive, self._send)
        self.is_over = True

    def leave(self) -> None:
        self._gone.set()

    async def hears(self, words: bytes) -> None:
        """Wait until the stream has said this."""
        await until(lambda: words in self.heard)

    async def ends(self) -> None:
        """Wait until the server has ended the stream."""
        await until(lambda: self.is_over)

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.heard += message.get("body", b"")


@asynccontextmanager
async def served(*pages: Page, streams: serving.Streams | None = None) -> AsyncIterator[None]:
    """Serve these pages; they have left at the end, and nothing of it runs any more."""
    streams = streams or serving.Streams()
    held = [asyncio.create_task(page.open(streams)) for page in pages]
    try:
        yield
    finally:
        for page in pages:
            page.leave()
        await asyncio.gather(*held)
        for task in streams._tasks:
            task.cancel()
        await asyncio.gather(*streams._tasks, return_exceptions=True)
        streams._thread.submit(connections.close_all).result()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _look in range(LOOKS):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def apart(act: Callable[[], object]) -> None:
    """Do something meanwhile, in a thread with a connection of its own."""

    def done() -> None:
        with _own_connections():
            act()

    await asyncio.to_thread(done)


@contextmanager
def _own_connections() -> Iterator[None]:
    try:
        yield
    finally:
        connections.close_all()


def polled(path: str, cookies: str = "", query: str = "", **headers: str) -> tuple[int, bytes]:
    """Return the status and the words that a poll of a stream answers."""
    page = Page(path, cookies, f"after=0&poll=1&{query}", **headers)

    async def poll() -> None:
        async with served(page):
            page.leave()
            await page.ends()

    asyncio.run(poll())
    return page.status, page.heard
