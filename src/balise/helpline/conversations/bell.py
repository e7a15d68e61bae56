"""Notify every hub that a conversation has something new.

Best effort: a notification may be redundant or lost; each hub also polls every few seconds
(`streams/hub.py`). PostgreSQL carries it (NOTIFY, at the commit). With SQLite each hub reads a
named pipe in a folder of this machine; after the commit one line is written to each.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "balise_bell"


def ring(room: UUID, *, note: str = "") -> None:
    """Ring once the open transaction is committed; `note` is a word that is not kept anywhere.

    For a conversation, or with a note for a listener's account, wherever their pages are; after a
    space, a note may say which conversation it is about.
    """
    words = f"{room} {note}".strip()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", (CHANNEL, words))
    else:
        transaction.on_commit(partial(_send, words.encode()))


def folder() -> Path:
    """Return the folder of the hubs' pipes."""
    return Path(settings.BELLS)


@contextlib.contextmanager
def pipe_here() -> Iterator[int]:
    """Open this process's own pipe in the folder, to be read without waiting; take it away after.

    It holds 64 KB, some 1,700 rings; a datagram socket holds ten.
    """
    here = folder()
    here.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = here / f"{os.getpid()}-{os.urandom(4).hex()}"
    os.mkfifo(path, mode=0o600)
    heard = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # our own end, so that the pipe stays open
    try:
        yield heard
    finally:
        os.close(heard)
        path.unlink(missing_ok=True)


def _send(words: bytes) -> None:
    try:
        hubs = list(os.scandir(folder()))
    except FileNotFoundError:
        return  # no hub listens yet
    for hub in hubs:
        try:
            pipe = os.open(hub.path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as gone:
            if gone.errno == errno.ENXIO:  # a process that was killed left it there
                Path(hub.path).unlink(missing_ok=True)
            continue
        try:
            os.write(pipe, words + b"\n")  # so short that it is written whole or not at all
        except (BlockingIOError, BrokenPipeError):
            continue  # a hub that is so far behind looks for itself
        finally:
            os.close(pipe)
