"""The web server: one address, one process that answers, no trace of who came.

No access log, no version in the answers, bodies capped before they are read, and an open stream
does not hold back the end of the process.
"""

import ctypes
import logging
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from balise.foundation.loading import loading

HEADERS_LIMIT = 32 * 1024  # bytes of request line and headers together
HEADERS_TIMEOUT = 10_000  # milliseconds a client may take to send them
KILL_AFTER = 3  # seconds that an open stream may hold back a stop

# Python runs one of them at a time; while one waits for the disk or the database the others go on,
# and what they write at the same moment becomes one transaction (foundation/group_commit.py).
THREADS = 8
# PostgreSQL waits for the disk at each commit: more can come together meanwhile.
THREADS_ON_POSTGRESQL = 16
# Beside them, for requests that only read: never behind those that wait to write.
READERS = 4

# Connections that one worker keeps open: pages of conversations stay connected. The server's own
# measure, the length of its backlog, would refuse everyone at the 1,024th.
CONNECTIONS = 16_384
_OTHER_FILES = 512

PR_SET_PDEATHSIG = 1  # prctl(2)


def serve(
    load: Callable[[], Any],
    *,
    interface: Interfaces = Interfaces.ASGINL,
    host: str = "127.0.0.1",
    port: int = 8000,
    socket: Path | None = None,
    workers: int = 1,
) -> None:
    """Serve what `load` returns until told to stop (SIGINT, SIGTERM).

    One worker is right on SQLite; more pay on PostgreSQL only. A `socket` replaces host and port.
    """
    expect_connections(CONNECTIONS)
    server = Server(
        "balise",
        address=host,
        port=port,
        uds=socket,
        uds_permissions=0o660 if socket else None,
        interface=interface,
        loop=Loops.uvloop,
        workers=workers,
        blocking_threads=THREADS if interface is Interfaces.WSGI else 1,
        backpressure=None if interface is Interfaces.WSGI else CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADERS_TIMEOUT, max_buffer_size=HEADERS_LIMIT
        ),
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER,
    )

    # It warns of more threads than twice the cores; ours wait for one another on purpose.
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in str(record.msg))

    def load_in_worker(_target: str) -> Any:
        end_with_parent()
        with loading():  # a garbage collection through all of it would delay every request
            return load()

    server.serve(target_loader=load_in_worker)


def expect_connections(count: int) -> None:
    """Raise this process's limit of open sockets, as far as the machine's hard limit allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + _OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def end_with_parent() -> None:
    """Ask the kernel to stop this process when its parent is gone, however it went (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
