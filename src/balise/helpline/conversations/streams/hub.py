"""One hub for each process: it reads what is new once, and gives it to every stream that waits.

A notification only says that something is new; it is read from the log, after the place that each
conversation has been read to. Every few seconds the hub looks for missed notifications.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from balise.helpline.conversations.queries import EventRow

LOOKS_EVERY = 5.0  # seconds
RESTS = 1.0  # seconds, after the database was away
MOST_BEHIND = 1_000  # events that a stream may be behind before its page must ask again

type Read = Callable[[Mapping[UUID, int]], Awaitable[dict[UUID, list[EventRow]]]]
type Places = Callable[[list[UUID]], Awaitable[dict[UUID, int]]]
type Encode = Callable[[EventRow], bytes]

_log = logging.getLogger("balise.streams")


class Stream:
    """One open page. `place` is the last event given to it; chunks are given in order, once."""

    __slots__ = (
        "_chunks",
        "_ends_at",
        "_timer",
        "_wake",
        "is_behind",
        "place",
        "room",
        "until",
        "why",
    )

    def __init__(self, room: "Room", place: int, until: frozenset[str]) -> None:
        self.room = room
        self.place = place
        self.until = until
        self.is_behind = False
        self.why = ""  # closed, and its page may not ask again
        self._chunks: deque[tuple[int, bytes]] = deque()
        self._wake: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._ends_at = 0.0

    def give(self, seq: int, chunk: bytes) -> None:
        """Add an event (its `seq`), or a word that is not kept (`seq` 0)."""
        if self.is_behind or len(self._chunks) >= MOST_BEHIND:
            self.is_behind = True  # the page asks again, and reads it then
        else:
            self._chunks.append((seq, chunk))
        self.wake()

    def taken(self) -> list[bytes]:
        """Return what there is to send: events after `place`, which it moves."""
        chunks: list[bytes] = []
        while self._chunks:
            seq, chunk = self._chunks.popleft()
            if seq and seq <= self.place:
                continue  # read already, when the stream began
            self.place = seq or self.place
            chunks.append(chunk)
        return chunks

    @property
    def has_any(self) -> bool:
        """Return whether there is something to send."""
        return bool(self._chunks)

    def wake(self) -> None:
        """End a wait: there is something, it is time, or the page is gone."""
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def wait(self, seconds: float) -> None:
        """Wait until there is something, or for so long.

        The timer outlives the wait: making one for each event was half of what a broadcast costs.
        """
        if self._chunks or self.is_behind:
            return
        loop = asyncio.get_running_loop()
        self._ends_at = loop.time() + seconds
        if self._timer is None or self._timer.when() > self._ends_at:
            self._set_timer(loop)
        self._wake = loop.create_future()
        try:
            await self._wake
        finally:
            self._wake = None

    def let_go(self, why: str = "") -> None:
        """Stop the stream, without what still waits: the page asks again, or is told why not."""
        self.is_behind, self.why = True, why
        self._chunks.clear()
        self.wake()

    def close(self) -> None:
        """Cancel the timer."""
        if self._timer is not None:
            self._timer.cancel()

    def _set_timer(self, loop: asyncio.AbstractEventLoop) -> None:
        self.close()
        self._timer = loop.call_at(self._ends_at, self._time, loop)

    def _time(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        if loop.time() < self._ends_at:
            self._set_timer(loop)  # another wait began since
        else:
            self.wake()


class Room:
    """The streams of one conversation, and the place that they have all been given."""

    __slots__ = ("conversation", "encode", "place", "streams")

    def __init__(self, conversation: UUID, encode: Encode) -> None:
        self.conversation = conversation
        self.encode = encode
        self.place: int | None = None  # not read yet
        self.streams: set[Stream] = set()


def _give_to(room: Room, place: int, rows: Sequence[EventRow]) -> None:
    for row in rows:
        if row.seq > place:
            chunk = room.encode(row)
            for stream in room.streams:
                if row.kind in stream.until:
                    stream.is_behind = True
                stream.give(row.seq, chunk)
            room.place = place = row.seq


class Hub:
    """The rooms of a process. `read` and `places` ask the log, in a thread of their own."""

    def __init__(
        self,
        *,
        read: Read,
        places: Places,
        looks_every: float = LOOKS_EVERY,
        rests: float = RESTS,
    ) -> None:
        self._looks_every = looks_every
        self._rests = rests
        self._read = read
        self._places = places
        self._rooms: dict[UUID, Room] = {}
        self._rung: set[UUID] = set()
        self._bell = asyncio.Event()

    def __len__(self) -> int:
        return sum(len(room.streams) for room in self._rooms.values())

    def ring(self, conversation: UUID, note: str = "") -> None:
        """Note that a conversation has something new; a note goes to its streams at once."""
        room = self._rooms.get(conversation)
        if room is None:
            return
        if note:
            word, _space, about = note.partition(" ")
            chunk = f"event: {word}\ndata: {about or '{}'}\n\n".encode()
            for stream in room.streams:
                stream.give(0, chunk)
            return
        self._rung.add(conversation)
        self._bell.set()

    @contextlib.asynccontextmanager
    async def stream(
        self,
        conversation: UUID,
        *,
        place: int,
        encode: Encode,
        until: frozenset[str] = frozenset(),
    ) -> AsyncIterator[Stream]:
        """Open a stream after a place in the log: all that is there first, then what comes.

        It is closed at the first event of a kind of `until`; the page then asks again.
        """
        room = self._rooms.get(conversation)
        if room is None:
            room = self._rooms[conversation] = Room(conversation, encode)
        stream = Stream(room, place, until)
        room.streams.add(stream)
        try:
            await self._catch_up(room, stream)
            yield stream
        finally:
            room.streams.discard(stream)
            stream.close()
            if not room.streams and self._rooms.get(conversation) is room:
                del self._rooms[conversation]

    async def _catch_up(self, room: Room, stream: Stream) -> None:
        """Give a new stream what is in the log; from then on the room gives it the rest.

        It is among the room's streams already, so what is read meanwhile for the room reaches it;
        it has caught up once it has read as far as the room.
        """
        reached = stream.place
        while True:
            rows = (await self._read({room.conversation: reached}))[room.conversation]
            chunks = [(row.seq, room.encode(row)) for row in rows]
            stream._chunks.extend(chunks)
            if rows:
                reached = rows[-1].seq
                continue
            if room.place is None:
                room.place = reached
                self.ring(room.conversation)  # what rang since that reading was not for a place
            if reached >= room.place:
                break
        stream._chunks = deque(sorted(stream._chunks, key=lambda chunk: chunk[0]))

    async def run(self) -> None:
        """Send what is new to the streams, for as long as the process lives."""
        looking = asyncio.create_task(self._look())
        try:
            while True:
                await self._bell.wait()
                self._bell.clear()
                try:
                    await self._give()
                except Exception:  # noqa: BLE001 - the streams go on
                    # The database is away: the rooms stay where they are, and are looked at again.
                    _log.exception("streams could not read the log")
                    await asyncio.sleep(self._rests)
        finally:
            looking.cancel()

    async def _give(self) -> None:
        rung, self._rung = self._rung, set()
        wanted: dict[UUID, int] = {}
        for conversation in rung:
            room = self._rooms.get(conversation)
            if room is not None and room.place is not None:
                wanted[conversation] = room.place
        try:
            found = await self._read(wanted)
        except Exception:
            self._rung |= rung
            self._bell.set()
            raise
        for conversation, rows in found.items():
            room = self._rooms.get(conversation)
            if room is None or room.place is None:
                continue
            try:
                _give_to(room, room.place, rows)
            except Exception:  # noqa: BLE001 - one that cannot be read holds nobody else up
                _log.exception("streams could not read a conversation")
                self._close(room)
            if len(rows) >= MOST_BEHIND // 2:
                self.ring(conversation)  # there may be more

    def _close(self, room: Room) -> None:
        """Close the streams of one conversation: their pages ask again, and are told."""
        self._rooms.pop(room.conversation, None)
        for stream in room.streams:
            stream.let_go()

    async def _look(self) -> None:
        """Look regularly for what is new and was not notified."""
        while True:
            await asyncio.sleep(self._looks_every)
            rooms = list(self._rooms)
            try:
                for at in range(0, len(rooms), 500):
                    for conversation, last in (await self._places(rooms[at : at + 500])).items():
                        room = self._rooms.get(conversation)
                        if room is not None and room.place is not None and last > room.place:
                            self.ring(conversation)
            except Exception:  # noqa: BLE001 - the streams go on
                _log.exception("streams could not look at the log")
