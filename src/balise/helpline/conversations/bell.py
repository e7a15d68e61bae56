"""Tell every hub that a conversation has something new. A bell, not a letter: it may ring in vain.

PostgreSQL carries it (NOTIFY, at the commit). Beside SQLite each hub listens on a datagram socket
in a folder of this house; after the commit one datagram goes to each. A hub that a ring did not
reach finds out by itself a few seconds later (`streams/hub.py`).
"""

import contextlib
import os
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "balise_bell"
MOST = 200  # bytes


def ring(conversation_id: UUID, *, note: str = "") -> None:
    """Ring once the open transaction is committed; `note` is a word that is not kept anywhere."""
    words = f"{conversation_id} {note}".strip()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", (CHANNEL, words))
    else:
        transaction.on_commit(partial(_send, words.encode()))


def folder() -> Path:
    """Return the folder of the hubs' sockets."""
    return Path(settings.BELLS)


@contextlib.contextmanager
def socket_here() -> Iterator[socket.socket]:
    """Open this process's own socket in the folder, and take it away at the end."""
    here = folder()
    here.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = here / f"{os.getpid()}-{os.urandom(4).hex()}"
    heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    heard.setblocking(False)
    heard.bind(str(path))
    try:
        yield heard
    finally:
        heard.close()
        path.unlink(missing_ok=True)


def _send(words: bytes) -> None:
    try:
        hubs = list(os.scandir(folder()))
    except FileNotFoundError:
        return  # nobody listens yet
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        for hub in hubs:
            try:
                sender.sendto(words, hub.path)
            except BlockingIOError:
                continue  # a hub that is behind looks for itself
            except (ConnectionRefusedError, FileNotFoundError):
                Path(hub.path).unlink(missing_ok=True)  # a process that was killed left it there
