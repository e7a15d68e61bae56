"""The staff's open streams of a process: their sessions are checked every few seconds.

One query for all of them. A stream is closed, with the reason, as soon as its session is over or
locked; where the role may do something else now, its page asks again. Where the database does not
answer in time, all are closed: who may read is no longer known.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping

from balise.foundation.accounts.queries import SignedIn
from balise.foundation.accounts.rules import Standing
from balise.helpline.conversations.streams.admitting import Present
from balise.helpline.conversations.streams.hub import Stream

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
