"""Fetch a register's document: a few kilobytes of JSON, whole or not at all."""

import asyncio
import json
import re
from dataclasses import dataclass

from balise.takedown.tracing.tracer.failures import NotUnderstood, TooLong, Unreachable
from balise.takedown.tracing.tracer.pages import MAX_REDIRECTS, Head, asked, read_target, redirected
from balise.takedown.tracing.tracer.reach import MAX_BYTES, Reach

_ACCEPT = "Accept: application/rdap+json, application/json"
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Document:
    """What a server answered, and which server that was after redirects."""

    status: int
    host: str
    body: bytes

    def read(self) -> object:
        """Return the JSON that it is; raise NotUnderstood for anything else."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise NotUnderstood from None


async def fetch(reach: Reach, url: str, *, most: int = MAX_BYTES) -> Document:
    """Fetch one document, following MAX_REDIRECTS, each vetted; `most` bytes within the deadline.

    A compressed answer is not understood: nothing is ever decompressed here.
    """
    async with reach.turn, asyncio.timeout(reach.deadline):
        target = read_target(reach, url)
        for _hop in range(MAX_REDIRECTS + 1):
            ip, *_others = await reach.addresses(target.host, target.port)
            async with asked(reach, "GET", target, ip, _ACCEPT) as (head, rest):
                if not head.location:
                    return Document(head.status, target.host, await _body(head, rest, most))
            target = redirected(reach, target, head)
    raise Unreachable


async def _body(head: Head, rest: asyncio.StreamReader, most: int) -> bytes:
    if head.fields.get("content-encoding", "identity").lower() != "identity":
        raise NotUnderstood
    if "chunked" in head.fields.get("transfer-encoding", "").lower():
        return await _chunks(rest, most)
    length = head.fields.get("content-length", "")
    if length.isdecimal():
        if int(length) > most:
            raise TooLong
        return await rest.readexactly(int(length))
    return await _all(rest, most)


async def _all(rest: asyncio.StreamReader, most: int) -> bytes:
    read = bytearray()
    while part := await rest.read(8_192):
        read += part
        if len(read) > most:
            raise TooLong
    return bytes(read)


async def _chunks(rest: asyncio.StreamReader, most: int) -> bytes:
    read = bytearray()
    while True:
        try:
            size = _SIZE.fullmatch(await rest.readuntil(b"\n"))
        except asyncio.LimitOverrunError:
            raise TooLong from None
        if size is None:
            raise NotUnderstood
        count = int(size[1], 16)
        if count == 0:
            return bytes(read)
        if len(read) + count > most:
            raise TooLong
        read += await rest.readexactly(count)
        await rest.readexactly(2)
