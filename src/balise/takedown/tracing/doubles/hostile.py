"""How strangers' servers may behave: slowly, endlessly, wrongly, or leading inside."""

import asyncio
import json

from balise.takedown.tracing.doubles.registers import Behaviour

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
