"""Streams: the log first, then what comes; once, in order, whatever is cut."""

import asyncio
from collections.abc import Mapping
from random import Random
from uuid import UUID, uuid4

from hypothesis import given, settings, strategies as st
from tests.waiting import PATIENCE

from balise.foundation import clock
from balise.helpline.conversations.queries import EventRow
from balise.helpline.conversations.streams.hub import Hub

ROOM = uuid4()


class Log:
    """A log in memory, whose reader is slow, and which rings when it likes."""

    def __init__(self, chance: Random) -> None:
        self.rows: list[EventRow] = []
        self.chance = chance
        self.fails = 0

    def say(self) -> int:
        seq = len(self.rows) + 1
        self.rows.append(EventRow(seq, "message", "young", clock.now(), "", None, b""))
        return seq

    async def read(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[EventRow]]:
        # What is read is what is there at some moment of the asking.
        await asyncio.sleep(self.chance.choice((0, 0, 0.001)))
        if self.fails:
            self.fails -= 1
            raise OSError("the database is away")
        found = {room: [row for row in self.rows if row.seq > seq] for room, seq in wanted.items()}
        await asyncio.sleep(self.chance.choice((0, 0, 0.001)))
        return found

    async def places(self, rooms: list[UUID]) -> dict[UUID, int]:
        return dict.fromkeys(rooms, len(self.rows))


def encode(row: EventRow) -> bytes:
    return b"%d" % row.seq


class Page:
    """An open page: it keeps its place when it is cut, and comes again."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.got: list[int] = []
        self.task: asyncio.Task[None] | None = None

    def open(self) -> None:
        if self.task is None:
            self.task = asyncio.create_task(self._read())

    async def cut(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
            self.task = None

    async def _read(self) -> None:
        place = self.got[-1] if self.got else 0
        async with self.hub.stream(ROOM, place=place, encode=encode) as stream:
            while True:
                self.got += [int(chunk) for chunk in stream.taken()]
                await stream.wait(1)


steps = st.lists(
    st.sampled_from(("say", "say", "say", "lost", "open", "cut", "open2", "cut2", "rest", "fail")),
    min_size=1,
    max_size=40,
)


@given(steps, st.integers(0, 2**16))
@settings(max_examples=150, deadline=None)
def test_never_a_gap_a_double_or_another_order(plan: list[str], seed: int) -> None:
    asyncio.run(_drive(plan, Random(seed)))  # noqa: S311 - chance of a test


async def _drive(plan: list[str], chance: Random) -> None:
    log = Log(chance)
    hub = Hub(read=log.read, places=log.places, looks_every=0.02, rests=0.002)
    running = asyncio.create_task(hub.run())
    pages = [Page(hub), Page(hub)]
    for step in plan:
        await _take(step, log, hub, pages)
        if chance.random() < 0.5:
            await asyncio.sleep(0)
    log.fails = 0
    log.say()
    hub.ring(ROOM)
    for page in pages:
        await page.cut()
        page.open()
    expected = list(range(1, len(log.rows) + 1))
    for _look in range(1_500):
        if all(page.got == expected for page in pages):
            break
        await asyncio.sleep(0.002)
    for page in pages:
        await page.cut()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [page.got for page in pages] == [expected, expected]
    assert len(hub) == 0


async def _take(step: str, log: Log, hub: Hub, pages: list[Page]) -> None:
    if step == "say":
        log.say()
        hub.ring(ROOM)
        hub.ring(ROOM)
    elif step == "lost":
        log.say()  # and nobody rings
    elif step == "rest":
        await asyncio.sleep(0.002)
    elif step == "fail":
        log.fails = 1
    elif step.startswith("open"):
        pages[step == "open2"].open()
    else:
        await pages[step == "cut2"].cut()


def test_one_conversation_that_cannot_be_read_holds_nobody_else_up() -> None:
    asyncio.run(_break_one())


async def _break_one() -> None:
    log = Log(Random(1))  # noqa: S311 - chance of a test
    hub = Hub(read=log.read, places=log.places, looks_every=0.02, rests=0.002)
    running = asyncio.create_task(hub.run())
    other = uuid4()

    def broken(row: EventRow) -> bytes:
        raise ValueError(row.seq)

    async with (
        hub.stream(other, place=0, encode=broken) as shut,
        hub.stream(ROOM, place=0, encode=encode) as open_,
    ):
        log.say()
        hub.ring(other)
        hub.ring(ROOM)
        await open_.wait(PATIENCE)
        await shut.wait(PATIENCE)
        assert open_.taken() == [b"1"]
        assert shut.is_behind
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_a_stream_is_let_go_when_another_takes_the_conversation_over() -> None:
    asyncio.run(_change_hands())


async def _change_hands() -> None:
    log = Log(Random(1))  # noqa: S311 - chance of a test
    hub = Hub(read=log.read, places=log.places, looks_every=0.02, rests=0.002)
    running = asyncio.create_task(hub.run())
    async with (
        hub.stream(ROOM, place=0, encode=encode, until=frozenset({"transferred"})) as listener,
        hub.stream(ROOM, place=0, encode=encode) as young,
    ):
        log.say()
        log.rows.append(EventRow(2, "transferred", "staff", clock.now(), "", None, b""))
        log.say()
        hub.ring(ROOM)
        await young.wait(PATIENCE)
        assert young.taken() == [b"1", b"2", b"3"]
        assert listener.is_behind
        assert listener.taken() == [b"1"]  # what is said to the next one is not given
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
