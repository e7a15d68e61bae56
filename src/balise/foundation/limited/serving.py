"""The side of a kept child: it has imported what the work needs, and forks a child for each piece.

It reads nothing that strangers wrote but to hand it on. The child that works has the limits, its
own group, and neither end of the line to the process that asked.
"""

import gc
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import Final

from balise.foundation.limited.child import LATER, limit, worked

HEAD: Final = struct.Struct(">II")  # octets of what is told, and of what follows
IDLE: Final = 600.0  # seconds without work after which a kept child goes
# Instead of a status: the answer is longer than it may be; the child does not end in time.
OVER: Final = "over"
LATE: Final = "late"
_PIECE: Final = 1 << 16
_MARGIN: Final = 1.0  # seconds: the child's own timer ends it first


def main() -> None:
    """Import what the arguments name, then work until nothing is asked any more."""
    module, warm = sys.argv[1:]
    os.nice(LATER)
    getattr(import_module(module), warm)()
    gc.freeze()  # a child that collects would copy what they share
    line = socket.socket(fileno=0)
    line.settimeout(IDLE)
    with suppress(EOFError, OSError):  # who asked has gone, or asks nothing any more
        while True:
            told, octets = received(line)
            status, answer = _done(told, octets)
            send(line, {"status": status}, answer)


def send(line: socket.socket, told: object, octets: bytes) -> None:
    """Send what is told, as JSON, and octets."""
    words = json.dumps(told).encode()
    line.sendall(HEAD.pack(len(words), len(octets)) + words)
    line.sendall(octets)


def received(line: socket.socket) -> tuple[dict[str, object], bytes]:
    """Return what `send` sent. Raises EOFError where the other side went, and OSError."""
    words, octets = HEAD.unpack(_octets(line, HEAD.size))
    return json.loads(_octets(line, words)), _octets(line, octets)


def _octets(line: socket.socket, many: int) -> bytes:
    found = bytearray()
    while len(found) < many:
        piece = line.recv(min(many - len(found), _PIECE))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def _done(told: dict[str, object], octets: bytes) -> tuple[int | str, bytes]:
    """Return the exit status of a child that worked, minus the number of a signal, and its answer.

    OVER or LATE is the status of one that was ended here.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        _work(told, octets, writing)
    os.close(writing)
    ended = os.pidfd_open(pid)
    end = time.monotonic() + float(str(told["time"])) + _MARGIN
    try:
        answer = _answer(reading, int(str(told["answer"])), end)
        if not isinstance(answer, str) and not _is_ready(ended, end):
            answer = LATE
    finally:
        _end_group(pid)
        os.close(reading)
        os.close(ended)
    _pid, status = os.waitpid(pid, 0)
    if isinstance(answer, str):
        return answer, b""
    return os.waitstatus_to_exitcode(status), answer


def _answer(reading: int, most: int, end: float) -> bytes | str:
    """Return what a child writes until it closes its end; OVER or LATE where it does not."""
    found = bytearray()
    while _is_ready(reading, end):
        piece = os.read(reading, _PIECE)
        if not piece:
            return bytes(found)
        found += piece
        if len(found) > most:
            return OVER
    return LATE


def _is_ready(descriptor: int, end: float) -> bool:
    """Wait until something can be read, until a moment at most; return whether it can."""
    return bool(select.select([descriptor], [], [], max(0.0, end - time.monotonic()))[0])


def _end_group(pid: int) -> None:
    """End what a child left; to one that ends by itself already it does nothing."""
    for end in (os.killpg, os.kill):  # it may have no group of its own yet
        with suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)


def _work(told: dict[str, object], octets: bytes, writing: int) -> None:
    """Be the child: work, answer and end."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(writing, 1)
    os.closerange(3, 256)
    limit(int(str(told["processor"])), int(str(told["memory"])), float(str(told["time"])))
    worked(str(told["module"]), str(told["function"]), octets)
