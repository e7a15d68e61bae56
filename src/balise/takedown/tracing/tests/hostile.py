"""Servers of our own on loopback that behave as strangers' servers may: badly."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

type Behaviour = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """A listening server and what it saw."""

    port: int = 0
    methods: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    written: int = 0


@asynccontextmanager
async def server(
    behaviour: Behaviour, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Server]:
    """Serve one behaviour on loopback; the send buffer is small, so `written` means what left."""
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


def says(text: str) -> Behaviour:
    """Answer each request with one text."""

    async def behave(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(text.encode())

    return behave


def answers(status: int, *headers: str) -> Behaviour:
    return says("\r\n".join([f"HTTP/1.1 {status} Word", *headers, "\r\n"]))


def pours(start: str, endless: bytes, seen: list[int]) -> Behaviour:
    """Send a start, then the same bytes for ever; `seen` gets how many left."""

    async def behave(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(start.encode())
        seen.append(0)
        while True:
            writer.write(endless)
            await writer.drain()
            seen[-1] += len(endless)

    return behave


async def drips(_head: str, writer: asyncio.StreamWriter) -> None:
    """Send one byte of a header at a time, for ever."""
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def keeps_silent(_head: str, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


class _Names(asyncio.DatagramProtocol):
    def __init__(self, zone: dict[tuple[str, str], list[list[str]]], asked: list[str]) -> None:
        self.zone, self.asked = zone, asked

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text(omit_final_dot=True)
        kind = query.question[0].rdtype.name
        self.asked.append(f"{kind} {name}")
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        queued = self.zone.get((name, kind))
        if queued is None and not any(known == name for known, _ in self.zone):
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif queued == [["SERVFAIL"]]:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif queued:
            records = queued.pop(0) if len(queued) > 1 else queued[0]
            self._fill(response, name, kind, records)
        assert isinstance(self.transport, asyncio.DatagramTransport)
        self.transport.sendto(response.to_wire(), addr)

    def _fill(
        self, response: dns.message.Message, name: str, kind: str, records: list[str]
    ) -> None:
        for record in records:
            if record.startswith("CNAME "):
                alias = record.removeprefix("CNAME ") + "."
                response.answer.append(dns.rrset.from_text(f"{name}.", 0, "IN", "CNAME", alias))
                name = alias.rstrip(".")
            else:
                response.answer.append(dns.rrset.from_text(f"{name}.", 0, "IN", kind, record))


@asynccontextmanager
async def names(
    zone: dict[tuple[str, str], list[list[str]]], asked: list[str] | None = None
) -> AsyncIterator[tuple[str, int]]:
    """Serve a zone: each (name, kind) answers its lists of records in turn, the last for ever."""
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Names(zone, asked if asked is not None else []), local_addr=("127.0.0.1", 0)
    )
    try:
        yield transport.get_extra_info("sockname")
    finally:
        transport.close()
