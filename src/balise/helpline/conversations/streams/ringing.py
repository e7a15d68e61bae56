"""Receive notifications, in the loop of the streams."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable
from uuid import UUID

import psycopg
from django.db import connection

from balise.helpline.conversations import bell

type Ring = Callable[[UUID, str], None]

_AGAIN_AFTER = 1.0  # seconds
_PIPE = 65_536  # bytes: all that a pipe holds, so that no ring is read in halves
_log = logging.getLogger("balise.streams")


async def listen(ring: Ring) -> None:
    """Hand every ring to the hub, for as long as the process lives.

    A connection that is lost is made again; what rang meanwhile, the hub finds by looking.
    """
    is_postgres = connection.vendor == "postgresql"
    while True:
        try:
            await (_notified(ring) if is_postgres else _sent(ring))
        except (psycopg.Error, OSError) as error:
            _log.warning("streams do not hear the bell: %s", type(error).__name__)
        await asyncio.sleep(_AGAIN_AFTER)


async def _notified(ring: Ring) -> None:
    parameters = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "prepare_threshold", "server_side_binding"):
        parameters.pop(ours, None)
    heard = await psycopg.AsyncConnection.connect(**parameters, autocommit=True)
    async with heard:
        await heard.execute(f"LISTEN {bell.CHANNEL}")
        async for notice in heard.notifies():
            _ring(ring, notice.payload)


async def _sent(ring: Ring) -> None:
    loop, is_ringing = asyncio.get_running_loop(), asyncio.Event()
    with bell.pipe_here() as heard:
        loop.add_reader(heard, is_ringing.set)
        try:
            while True:
                await is_ringing.wait()
                is_ringing.clear()
                with contextlib.suppress(BlockingIOError):
                    for words in os.read(heard, _PIPE).splitlines():
                        _ring(ring, words.decode("ascii", "replace"))
        finally:
            loop.remove_reader(heard)


def _ring(ring: Ring, words: str) -> None:
    conversation, _, note = words.partition(" ")
    with contextlib.suppress(ValueError):
        ring(UUID(conversation), note)
