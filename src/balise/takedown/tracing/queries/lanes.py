"""Several questions to the tracer at once, asked by one thread that may be interrupted anywhere."""

import json
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from django.conf import settings

from balise.takedown.tracing.queries.asking import LOOK_SECONDS, checking, read_checks
from balise.takedown.tracing.rules.looks import UNKNOWN, Look

_PIECE = 1 << 16
_MOST_BYTES = 1 << 20


@dataclass(slots=True)
class _Lane:
    """One question on its way, and what has come back of its answer."""

    line: socket.socket
    number: int
    count: int
    until: float
    came: bytearray = field(default_factory=bytearray)


class Lanes:
    """Looks under way. `send` a batch while `is_free`, then take what `arrived`, in any order.

    A batch that is not answered in time, or not as it should be, arrives as UNKNOWN looks.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._selector = selectors.DefaultSelector()
        self._under_way: dict[int, _Lane] = {}
        self._lost: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        for lane in list(self._under_way.values()):
            self._end(lane)
        self._selector.close()

    @property
    def is_free(self) -> bool:
        """Whether another batch may be sent."""
        return len(self) < self._width

    def __len__(self) -> int:
        return len(self._under_way) + len(self._lost)

    def send(self, number: int, urls: Sequence[str]) -> None:
        """Ask for a look at each page; `number` names the batch when it arrives."""
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(1.0)
            line.connect(str(settings.TRACER_SOCKET))
            line.sendall(json.dumps(checking(urls)).encode() + b"\n")
            line.setblocking(False)
        except OSError:
            line.close()
            self._lost.append((number, len(urls)))
            return
        lane = _Lane(line, number, len(urls), time.monotonic() + LOOK_SECONDS)
        self._under_way[number] = lane
        self._selector.register(line, selectors.EVENT_READ, lane)

    def arrived(self, *, within: float) -> Iterator[tuple[int, list[Look]]]:
        """Yield the batches that arrive within some seconds, by number; all that are there."""
        while self._lost:
            number, count = self._lost.pop()
            yield number, [UNKNOWN] * count
        if not self._under_way:
            return
        for key, _events in self._selector.select(within):
            lane: _Lane = key.data
            if self._is_whole(lane):
                self._end(lane)
                yield lane.number, _read(lane)
        now = time.monotonic()
        for lane in [lane for lane in self._under_way.values() if lane.until < now]:
            self._end(lane)
            yield lane.number, [UNKNOWN] * lane.count

    def _is_whole(self, lane: _Lane) -> bool:
        try:
            piece = lane.line.recv(_PIECE)
        except BlockingIOError:
            return False
        except OSError:
            piece = b""
        lane.came += piece
        return not piece or lane.came.endswith(b"\n") or len(lane.came) > _MOST_BYTES

    def _end(self, lane: _Lane) -> None:
        self._under_way.pop(lane.number, None)
        with suppress(KeyError, ValueError):
            self._selector.unregister(lane.line)
        lane.line.close()


def _read(lane: _Lane) -> list[Look]:
    try:
        answer = json.loads(lane.came)
    except (ValueError, RecursionError):
        answer = {}
    return read_checks(answer if isinstance(answer, dict) else {}, count=lane.count)
