"""Ask a WHOIS server: one line there, free text back (RFC 3912)."""

import asyncio

from balise.takedown.tracing.tracer.failures import TooLong, Unreachable
from balise.takedown.tracing.tracer.reach import MAX_BYTES, Reach


async def ask(reach: Reach, server: tuple[str, int], question: str) -> str:
    """Return what a server says of a name or an address; raise TooLong beyond MAX_BYTES."""
    host, port = server
    async with reach.turn, asyncio.timeout(reach.deadline):
        ip, *_others = await reach.addresses(host, port)
        reader, writer = await reach.connected(ip, port)
        try:
            writer.write(f"{question}\r\n".encode("ascii"))
            await writer.drain()
            read = bytearray()
            while part := await reader.read(8_192):
                read += part
                if len(read) > MAX_BYTES:
                    raise TooLong
        finally:
            writer.transport.abort()
    if not read.strip():
        raise Unreachable
    try:
        return read.decode()
    except UnicodeDecodeError:
        return read.decode("latin-1")
