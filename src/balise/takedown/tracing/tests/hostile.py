"""Servers of strangers on loopback: slow, endless, wrong, or leading inside."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from balise.takedown.tracing.doubles.registers import Behaviour, Zone, naming

_JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\n"


def says(text: str | bytes) -> Behaviour:
    """Answer each question with the same bytes."""
    written = text if isinstance(text, bytes) else text.encode()

    async def behave(_question: str, writer: asyncio.StreamWriter) -> None:
        writer.write(written)

    return behave


def answers(status: int, *headers: str) -> Behaviour:
    """Answer with a head alone."""
    return says("\r\n".join([f"HTTP/1.1 {status} Word", *headers, "\r\n"]))


def gives(value: object, *headers: str) -> Behaviour:
    """Answer with a value as JSON."""
    body = json.dumps(value)
    more = "".join(f"{header}\r\n" for header in headers)
    return says(f"{_JSON}{more}Content-Length: {len(body.encode())}\r\n\r\n{body}")


def gives_text(body: str) -> Behaviour:
    """Answer with a text where JSON is expected."""
    return says(f"{_JSON}\r\n{body}")


def pours(start: str, endless: bytes, seen: list[int]) -> Behaviour:
    """Send a start, then the same bytes without end; `seen` gets how many were sent."""

    async def behave(_question: str, writer: asyncio.StreamWriter) -> None:
        writer.write(start.encode())
        seen.append(0)
        while True:
            writer.write(endless)
            await writer.drain()
            seen[-1] += len(endless)

    return behave


async def drips(_question: str, writer: asyncio.StreamWriter) -> None:
    """Send one byte at a time, without end."""
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def keeps_silent(_question: str, _writer: asyncio.StreamWriter) -> None:
    """Read the question, and never answer."""
    await asyncio.sleep(60)


def nested(depth: int, innermost: dict[str, object]) -> dict[str, object]:
    """Return a domain whose entities are nested in each other."""
    entity: dict[str, object] = innermost
    for _level in range(depth):
        entity = {"roles": ["registrar"], "entities": [entity]}
    return {"objectClassName": "domain", "entities": [entity]}


@dataclass
class Server:
    """A listening server and what it saw."""

    port: int = 0
    methods: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0


@asynccontextmanager
async def server(
    behaviour: Behaviour, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Server]:
    """Serve one behaviour on loopback; the send buffer is small, so that little leaves unread."""
    seen = Server()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.connections += 1
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            seen.heads.append(head)
            seen.methods.append(head.partition(" ")[0])
            await behaviour(head, writer)
            await writer.drain()
        with suppress(OSError):
            writer.close()

    listening = socket.create_server((host, port))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
    seen.port = listening.getsockname()[1]
    running = await asyncio.start_server(hear, sock=listening)
    try:
        yield seen
    finally:
        running.close()


@asynccontextmanager
async def names(
    zone: dict[tuple[str, str], list[list[str]]], asked: list[str] | None = None
) -> AsyncIterator[tuple[str, int]]:
    """Serve a zone: each (name, kind) answers its lists of records in turn, the last for ever."""
    async with naming(Zone(zone, asked if asked is not None else [])) as place:
        yield place
