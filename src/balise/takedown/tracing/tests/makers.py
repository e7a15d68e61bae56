"""Small data sets and an internet of our own: networks that exist nowhere."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

from balise.takedown.tracing.doubles.registers import (
    Behaviour,
    Double,
    Ports,
    Zone,
    rdap,
    registers,
    whois,
)
from balise.takedown.tracing.tracer.names import Names
from balise.takedown.tracing.tracer.protocol import open_door, serve
from balise.takedown.tracing.tracer.reach import Reach

type Range = tuple[str, str, int, str]

NETWORKS_4: Sequence[Range] = (
    ("20.0.0.0", "20.0.0.255", 64500, "Exemple, Hébergement"),
    ("20.0.1.0", "20.0.1.255", 64501, "Example Net"),
    ("20.0.4.0", "20.0.7.255", 64500, "Exemple, Hébergement"),
)
NETWORKS_6: Sequence[Range] = (
    ("2a00:1::", "2a00:1:ffff:ffff:ffff:ffff:ffff:ffff", 64502, "Example Six"),
    ("2a00:2::", "2a00:2::ff", 64503, "Half of a /64"),
    ("2a00:2::8000:0:0:0", "2a00:2::ffff:0:0:0", 64504, "Another half"),
    ("2a00:2:0:1::", "2a00:2:0:1:ffff:ffff:ffff:ffff", 64505, "The next /64"),
)


def write_tables(folder: Path, v4: Sequence[Range], v6: Sequence[Range]) -> Path:
    """Write tables as @ip-location-db/asn has them."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("asn-ipv4-num.csv", v4), ("asn-ipv6-num.csv", v6)):
        (folder / name).write_text(
            "".join(
                f'{int(ip_address(first))},{int(ip_address(last))},{asn},"{owner}"\n'
                for first, last, asn, owner in rows
            ),
            encoding="utf-8",
        )
    return folder


@contextmanager
def a_tracer_that_says(place: Path, *lines: bytes) -> Iterator[None]:
    """A tracer that has been taken over: it answers whatever it likes."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(place))
    door.listen()

    def serve_lines() -> None:
        for line in lines:
            caller, _ = door.accept()
            with caller, caller.makefile("rb") as question:
                question.readline()
                caller.sendall(line)
        door.close()

    thread = threading.Thread(target=serve_lines)
    thread.start()
    try:
        yield
    finally:
        thread.join(timeout=5)


@contextmanager
def in_a_thread[Ready](run: Callable[[], AbstractAsyncContextManager[Ready]]) -> Iterator[Ready]:
    """Keep asynchronous servers of ours running beside a test that is not asynchronous."""
    loop = asyncio.new_event_loop()
    ready: Future[Ready] = Future()
    stop = asyncio.Event()

    async def keep() -> None:
        try:
            async with run() as what:
                ready.set_result(what)
                await stop.wait()
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    thread = threading.Thread(target=loop.run_until_complete, args=(keep(),))
    thread.start()
    try:
        yield ready.result(timeout=10)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


@asynccontextmanager
async def an_internet(
    place: Path,
    *,
    rdap_double: Double | None = None,
    rdap_behaviour: Behaviour | None = None,
    whois_behaviour: Behaviour | None = None,
    zone: Zone | None = None,
    deadline: float = 1.0,
) -> AsyncIterator[Ports]:
    """Serve registers of ours and, on the socket at `place`, a tracer that reaches only them."""
    async with registers(
        rdap_double=rdap_double or rdap(rdap_behaviour),
        whois_double=whois(whois_behaviour),
        zone=zone,
    ) as ports:
        reach = Reach(
            own_ports=frozenset({ports.rdap, ports.whois}),
            names=Names(server=("127.0.0.1", ports.dns)),
            deadline=deadline,
        )
        serving = asyncio.ensure_future(serve(reach, open_door(place)))
        try:
            yield ports
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
