"""Strangers' servers of our own on loopback, which behave as `doubles.hostile` has them behave."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from balise.takedown.tracing.doubles.hostile import (
    answers,
    drips,
    keeps_silent,
    pours,
    says,
)
from balise.takedown.tracing.doubles.registers import Behaviour, Zone, naming

__all__ = [
    "Behaviour",
    "Server",
    "answers",
    "drips",
    "keeps_silent",
    "names",
    "pours",
    "says",
    "server",
]


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
