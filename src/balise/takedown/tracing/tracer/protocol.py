"""The tracer's local socket: one JSON object a line there, one back. See the package's words."""

import asyncio
import json
import os
import signal
import socket
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from balise.takedown.tracing.rules.bootstrap import BootstrapFaulty, read_bootstrap
from balise.takedown.tracing.rules.looks import to_fields
from balise.takedown.tracing.tracer import looking, registers
from balise.takedown.tracing.tracer.documents import fetch
from balise.takedown.tracing.tracer.failures import NO_ANSWER, NotUnderstood, TooLong
from balise.takedown.tracing.tracer.reach import Reach
from balise.takedown.tracing.tracer.revisiting import revisit

MAX_LINE = 1 << 20
MAX_URLS = 100
IDLE_SECONDS = 60.0
# IANA's own files are longer than what is read of strangers.
BOOTSTRAP_BYTES = 512 << 10


async def answer(reach: Reach, line: bytes) -> dict[str, object]:
    """Return the answer to one line of the protocol; never raises for what a line may hold."""
    try:
        question = json.loads(line)
        match question:
            case {"do": "resolve", "host": str(host)}:
                return {"addresses": [str(ip) for ip in await reach.addresses(host, 443)]}
            case {"do": "inventory"}:
                return inventory()
        return await _answered(reach, question)
    except (*NO_ANSWER, NotUnderstood, TooLong, TypeError, RecursionError) as error:
        return {"error": type(error).__name__}


async def _answered(reach: Reach, question: object) -> dict[str, object]:
    match question:
        case {"do": "check", "urls": [*urls]} if len(urls) <= MAX_URLS:
            looks = await asyncio.gather(*(revisit(reach, str(url)) for url in urls))
            return {"checks": list(map(to_fields, looks))}
        case {"do": "look", "host": str(host), "domain": str(domain), "headers": [*headers]}:
            return await looking.look(
                reach, host, domain=domain, headers=frozenset(map(str, headers))
            )
        case {"do": "registers", **asked}:
            return await registers.look_up(reach, _question(asked))
        case {"do": "bootstrap", "url": str(url)}:
            return await _bootstrap(reach, url)
    return {"error": "not understood"}


def _question(asked: dict[Any, object]) -> registers.Question:
    """Return what to look up; raise TypeError or ValueError for what is no question."""
    fields: dict[str, Any] = {}
    for name, value in asked.items():
        match value:
            case str() | int():
                fields[name] = value
            case [str(host), int(port)]:
                fields[name] = (host, port)
            case [*texts]:
                fields[name] = tuple(map(str, texts))
            case _:
                raise TypeError
    return registers.Question(**fields)


async def _bootstrap(reach: Reach, url: str) -> dict[str, object]:
    document = await fetch(reach, url, most=BOOTSTRAP_BYTES)
    try:
        read = read_bootstrap(document.read())
    except BootstrapFaulty:
        raise NotUnderstood from None
    return {"publication": read.publication, "services": read.services}


def inventory() -> dict[str, object]:
    """Return what this process holds: variables, open files, imported packages, folder."""
    files = []
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208 - links, not paths to walk
        with suppress(OSError):
            files.append(os.readlink(f"/proc/self/fd/{number}"))  # noqa: PTH115
    return {
        "environment": sorted(os.environ),
        "files": sorted(files),
        "packages": sorted({name.partition(".")[0] for name in sys.modules}),
        "folder": os.getcwd(),  # noqa: PTH109
    }


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError


async def serve(
    reach: Reach, door: socket.socket, *, ready: Callable[[], None] = lambda: None
) -> None:
    """Answer on a local socket until the process is told to stop."""

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError, asyncio.IncompleteReadError):
            while line := await asyncio.wait_for(reader.readline(), IDLE_SECONDS):
                said = json.dumps(await answer(reach, line), default=_plain)
                writer.write(said.encode() + b"\n")
                await writer.drain()
        writer.close()

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError, RuntimeError):  # a test serves from a thread
            loop.add_signal_handler(number, stop.set)
    async with await asyncio.start_unix_server(hear, sock=door, limit=MAX_LINE):
        ready()
        await stop.wait()


def open_door(place: Path) -> socket.socket:
    """Return a local socket at a path, for its owner and group; one left behind is replaced."""
    if place.exists() and stat.S_ISSOCK(place.stat().st_mode):
        place.unlink()
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(place))
    place.chmod(0o660)
    door.listen()  # anyone who can reach the socket may ask: the answer comes when the loop runs
    return door
