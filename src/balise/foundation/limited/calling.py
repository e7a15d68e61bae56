"""Run a function on octets in a child process, and return how it ended.

The function is pure, at the top of a module that imports neither settings, tables nor keys: octets
in, octets out. Between the two processes are pipes and an exit status, and nothing is unpickled. A
call costs some 40 ms, nearly all of it Python's own start (docs/measurements.md).
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Final

from balise.foundation.limited.child import ANSWERED, OUT_OF_MEMORY, REFUSED

_PIECE = 1 << 16
_LONGEST_CODE = 60
# Not -m: the module would then be there twice, and its exception with it.
_START = "from balise.foundation.limited.child import main; main()"

ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}

type Work = Callable[[bytes], bytes]


class Limit(StrEnum):
    """What a child may use, and used up."""

    PROCESSOR = "processor"
    MEMORY = "memory"
    TIME = "time"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use: seconds of processor, octets of memory and of answer, seconds in all.

    Memory counts addresses, the interpreter's own included: some 30 MB before any work. Seconds
    in all also pass while others use the processor, so give several times those of processor.
    """

    processor: int
    memory: int
    time: float
    answer: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The child came to its end; `octets` are what the function returned."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """The function raised `CannotWork` with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class OverLimit:
    """The child used up what it may use."""

    limit: Limit


@dataclass(frozen=True, slots=True)
class Died:
    """The child ended by an error or a signal; `status` is its exit status, -9 for SIGKILL."""

    status: int


type Outcome = Answered | Refused | OverLimit | Died


def call(work: Work, octets: bytes, *, limits: Limits) -> Outcome:
    """Return what became of the work; whatever it was, the child is gone afterwards.

    Raises OSError where no child can be started.
    """
    check_top(work)
    child = subprocess.Popen(  # noqa: S603 - our own program
        _command(work, limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an error's words quote what was sent
        env=ENVIRONMENT,
        start_new_session=True,
    )
    give_up_at = time.monotonic() + limits.time
    try:
        answer = _exchange(child, octets, limits, give_up_at=give_up_at)
        if isinstance(answer, OverLimit):
            return answer
        return outcome_of(child.wait(max(0.0, give_up_at - time.monotonic())), answer)
    except subprocess.TimeoutExpired:  # it has answered, and goes on
        return OverLimit(Limit.TIME)
    finally:
        _end(child)


def check_top(work: Callable[..., object]) -> None:
    """Refuse a function that another process does not find by its name."""
    if work.__qualname__ != work.__name__:
        raise ValueError(f"{work.__qualname__} is not at the top of its module")


def _command(work: Work, limits: Limits) -> list[str]:
    numbers = (limits.processor, limits.memory, limits.time)
    called = [work.__module__, work.__name__, *map(str, numbers)]
    # -I: neither the environment nor the current folder decides what is imported.
    return [sys.executable, "-I", "-c", _START, *called]


def _exchange(
    child: subprocess.Popen[bytes], octets: bytes, limits: Limits, *, give_up_at: float
) -> bytes | OverLimit:
    """Write the octets and read the answer, whichever can go on, until the child closes its end."""
    given, answer = _pipe(child.stdin), _pipe(child.stdout)
    rest, read = memoryview(octets), bytearray()
    os.set_blocking(given.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(given, selectors.EVENT_WRITE)
        ready.register(answer, selectors.EVENT_READ)
        while True:
            left = give_up_at - time.monotonic()
            if left <= 0:
                return OverLimit(Limit.TIME)
            for key, _events in ready.select(left):
                if key.fileobj is answer:
                    piece = os.read(answer.fileno(), _PIECE)
                    if not piece:
                        return bytes(read)
                    read += piece
                    if len(read) > limits.answer:
                        return OverLimit(Limit.ANSWER)
                    continue
                try:
                    rest = rest[os.write(given.fileno(), rest[:_PIECE]) :]
                except BrokenPipeError:  # it ended without reading everything
                    rest = rest[:0]
                if not rest:
                    ready.unregister(given)
                    given.close()


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise OSError("no pipe")
    return end


def outcome_of(status: int, answer: bytes) -> Outcome:
    """Return what the exit status of a child means, minus the number of a signal."""
    match status:
        case status if status == ANSWERED:
            return Answered(answer)
        case status if status == REFUSED:
            return Refused(answer[:_LONGEST_CODE].decode("ascii", "replace"))
        case status if status == OUT_OF_MEMORY:
            return OverLimit(Limit.MEMORY)
        case status if status == -signal.SIGXCPU:
            return OverLimit(Limit.PROCESSOR)
        case status if status == -signal.SIGALRM:
            return OverLimit(Limit.TIME)
        case status:
            return Died(status)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it may have started; close the pipes."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    for end in (child.stdin, child.stdout):
        if end is not None:
            with suppress(OSError):
                end.close()
    child.wait()
