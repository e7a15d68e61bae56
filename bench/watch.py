"""How long one look at every watched address takes on one machine, politeness kept.

    bench/watch.py [--addresses N] [--hosts N] [--home FOLDER]

All of it runs here: a server that is every host (their names resolve to 127.0.0.1 by a name server
of ours), a tracer that may reach it, and the watch's own pass. Of ten pages, seven are words (a
HEAD and a GET each), two are pictures (a HEAD) and one is gone (a HEAD and a GET). Beside it stands
a bare asynchronous client that makes the same requests of the same server, without names, seals,
turns or database: the bound.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ADDRESSES = 200_000
PER_HOST = 10
BOUND_OVER = 20_000
AT_ONCE = 128
A_MINUTE = 20
PASS_SECONDS = 60.0
BALISE = Path(sys.executable).with_name("balise")
WORDS = "<title>An album</title><h1>An album</h1><p>" + "Words of an ordinary page. " * 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--addresses", type=int, default=ADDRESSES)
    parser.add_argument("--hosts", type=int, default=0, help="a tenth of the addresses")
    parser.add_argument("--home", type=Path, help="keep the centre here")
    parser.add_argument("--part", choices=("world", "tracer", "fill"), help=argparse.SUPPRESS)
    parser.add_argument("--ports", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "world":
        asyncio.run(serve_world())
    elif options.part == "tracer":
        serve_tracer(options.home, *map(int, options.ports.split(",")))
    elif options.part == "fill":
        fill(options.addresses, options.hosts, int(options.ports))
    else:
        hosts = options.hosts or max(1, options.addresses // PER_HOST)
        with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
            measure(options.home or Path(folder), options.addresses, hosts)


def path_of(number: int) -> str:
    """Return the path of an address: words, pictures and what is gone, seven to two to one."""
    kind = number % 10
    return f"/i/{number}.jpg" if kind in {7, 8} else f"/{'g' if kind == 9 else 'p'}/{number}"  # noqa: PLR2004


def host_of(number: int, hosts: int) -> str:
    return f"site{number % hosts}.example"


def measure(home: Path, addresses: int, hosts: int) -> None:
    """Fill a centre, look at everything once, and print ours beside the bound."""
    with part("world") as world:
        http, names = json.loads(world.stdout.readline())
        place = home / "tracer.sock"
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        os.environ.clear()
        os.environ |= ours | {
            "BALISE_HOME": str(home),
            "BALISE_TRACER": str(place),
            "BALISE_WATCH_A_MINUTE": str(A_MINUTE),
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        subprocess.run([BALISE, "setup"], check=True, stdout=subprocess.DEVNULL)
        with part("tracer", "--home", str(place), "--ports", f"{http},{names}") as tracer:
            while not place.exists():
                time.sleep(0.05)
            look_at_all(addresses, hosts, http)
            print(f"{'most memory of the tracer':<44}{peak_of(tracer.pid):>10,.0f} MB")
        figures = asyncio.run(ask_world(http))
        print(f"{'most looks at one host in a minute':<44}{figures['a_minute']:>10}")
        print(f"{'most connections to one host at once':<44}{figures['at_once']:>10}")
        seconds = asyncio.run(bare(min(addresses, BOUND_OVER), hosts, http))
        rate = min(addresses, BOUND_OVER) / seconds
        print(f"{'bound: a bare client, the same requests':<44}{rate:>10,.0f}/s")


def look_at_all(addresses: int, hosts: int, http: int) -> None:
    import django  # noqa: PLC0415 - settings first

    django.setup()
    from balise.foundation import rows  # noqa: PLC0415
    from balise.takedown.watch import tasks  # noqa: PLC0415
    from balise.takedown.watch.models import Site, Watched  # noqa: PLC0415

    start = time.perf_counter()
    numbers = (f"--addresses={addresses}", f"--hosts={hosts}", f"--ports={http}")
    # In a process of its own: what the sealing holds is not what the watch holds.
    subprocess.run([sys.executable, __file__, "--part", "fill", *numbers], check=True)
    filled = time.perf_counter() - start
    print(f"{addresses:,} addresses of {hosts:,} hosts, sealed in {filled:.0f} s", flush=True)
    rows.expect_many()  # as `balise watch run` does
    start, looks, processor = time.perf_counter(), 0, time.process_time()
    first = peak()
    while Watched.objects.filter(checked_at=None).exists():
        looks += tasks.look_at_due(seconds=PASS_SECONDS).looks
    seconds = time.perf_counter() - start
    print(f"{'seconds':<44}{seconds:>10,.0f}")
    print(f"{'looks, ours':<44}{looks / seconds:>10,.0f}/s")
    share = (time.process_time() - processor) / seconds
    print(f"{'processor of the watch itself':<44}{share:>10.0%}")
    print(f"{'most memory of the watch':<44}{peak():>10,.0f} MB  ({first:,.0f} MB before)")
    silent = Site.objects.filter(silent_count__gt=0).count()
    print(f"{'hosts that did not answer':<44}{silent:>10}")


def fill(addresses: int, hosts: int, http: int) -> None:
    """Watch addresses as an import would: one sealer for many, rows at once."""
    import django  # noqa: PLC0415 - settings first

    django.setup()
    from uuid import uuid4  # noqa: PLC0415

    from django.db import transaction  # noqa: PLC0415

    from balise.foundation import rows  # noqa: PLC0415
    from balise.foundation.clock import now  # noqa: PLC0415
    from balise.foundation.encryption.models import KeyWrap  # noqa: PLC0415
    from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer, new_key  # noqa: PLC0415
    from balise.takedown.watch.models import Site, Watched  # noqa: PLC0415
    from balise.takedown.watch.queries.looking import SEALED, site_key  # noqa: PLC0415

    at = now()
    with transaction.atomic():
        rows.insert(
            Site,
            ("key", "turn_at", "silent_count"),
            [(site_key(host_of(each, hosts)), at, 0) for each in range(hosts)],
        )
        sites = {bytes(key): site for site, key in Site.objects.values_list("id", "key")}
        places = [sites[site_key(host_of(each, hosts))] for each in range(hosts)]
    columns = ("id", "site", "line", "subject", "sealed", "pace", "started_at", "counted_from")
    fixed = ("country", "category", "state", "misses", "looks_since", "seen", "seen_looks")
    more = ("candidate", "candidate_looks", "leads_site", "next_check_at")
    blank: tuple[Any, ...] = ("", "", "unknown", 0, 0, "unknown", 0, "", 0, b"", at)
    for first in range(0, addresses, 10_000):
        sealer, made, wraps = BatchSealer("hotline"), [], []
        for number in range(first, min(first + 10_000, addresses)):
            row = uuid4()
            key = new_key("hotline", row)
            url = f"http://{host_of(number, hosts)}:{http}{path_of(number)}"
            sealed = key.seal({"address": url}, where=SEALED, row=row)
            place = places[number % hosts]
            made.append((row, place, "hotline", uuid4(), sealed, "steady", at, at, *blank))
            wraps.append(sealer.columns(key))
        with transaction.atomic():
            rows.insert(KeyWrap, WRAP_COLUMNS, [sealer.own_columns(), *wraps])
            rows.insert(Watched, (*columns, *fixed, *more), made)


def peak() -> float:
    """Return the most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def peak_of(pid: int) -> float:
    """Return the most memory that another process held, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1_024


@contextmanager
def part(name: str, *more: str) -> Iterator[Any]:
    """Run another part of this bench in a process of its own."""
    command = [sys.executable, __file__, "--part", name, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


# --- the world: every host, and the names of them all ---


class World:
    """What every host answers, and how each of them was asked."""

    def __init__(self) -> None:
        self.moments: dict[str, deque[float]] = defaultdict(deque)
        self.open: dict[str, int] = defaultdict(int)
        self.a_minute = self.at_once = 0
        self.counting = True

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            method, path, _rest = head.split(" ", 2)
            host = head.partition("Host: ")[2].partition(":")[0]
            if path == "/figures":
                self.counting = False
                figures = json.dumps({"a_minute": self.a_minute, "at_once": self.at_once})
                writer.write(f"HTTP/1.1 200 Word\r\n\r\n{figures}".encode())
            else:
                self._count(method, host)
                writer.write(_answer(method, path))
                await writer.drain()
                self.open[host] -= 1
        with suppress(OSError):
            writer.close()

    def _count(self, method: str, host: str) -> None:
        self.open[host] += 1
        if not self.counting:
            return
        self.at_once = max(self.at_once, self.open[host])
        if method == "HEAD":
            now, looks = time.monotonic(), self.moments[host]
            looks.append(now)
            while looks[0] < now - 60:
                looks.popleft()
            self.a_minute = max(self.a_minute, len(looks))


def _answer(method: str, path: str) -> bytes:
    status = "404 Not Found" if path.startswith("/g/") else "200 OK"
    kind = "image/jpeg" if path.startswith("/i/") else "text/html; charset=utf-8"
    body = WORDS if method == "GET" else ""
    length = 900_000 if kind == "image/jpeg" else len(WORDS)
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
    return f"{head}Connection: close\r\n\r\n{body}".encode()


class Names(asyncio.DatagramProtocol):
    """Every name is 127.0.0.1; written by hand, since a parser would be the slowest part here."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        end = data.index(b"\0", 12) + 5
        is_a = data[end - 4 : end - 2] == b"\0\1"
        counts = b"\0\1\0\1\0\0\0\0" if is_a else b"\0\1\0\0\0\0\0\0"
        record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x7f\0\0\1" if is_a else b""
        assert isinstance(self.transport, asyncio.DatagramTransport)
        self.transport.sendto(data[:2] + b"\x81\x80" + counts + data[12:end] + record, addr)


async def serve_world() -> None:
    world = World()
    server = await asyncio.start_server(world.hear, "127.0.0.1", 0, backlog=1_024)
    transport, _protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        Names, local_addr=("127.0.0.1", 0)
    )
    ports = server.sockets[0].getsockname()[1], transport.get_extra_info("sockname")[1]
    print(json.dumps(ports), flush=True)
    await asyncio.Event().wait()


def serve_tracer(place: Path, http: int, names: int) -> None:
    """Serve the real tracer, to which loopback is the internet."""
    from balise.takedown.tracing.tracer.names import Names as Asked  # noqa: PLC0415
    from balise.takedown.tracing.tracer.protocol import open_door, serve  # noqa: PLC0415
    from balise.takedown.tracing.tracer.reach import Reach  # noqa: PLC0415

    reach = Reach(
        is_allowed=lambda ip: str(ip) == "127.0.0.1",
        ports=frozenset({http}),
        names=Asked(server=("127.0.0.1", names)),
    )
    asyncio.run(serve(reach, open_door(place)))


# --- the bound: the same requests, and nothing else ---


async def request(http: int, method: str, host: str, path: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", http)
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: {host}:{http}\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer


async def ask_world(http: int) -> dict[str, int]:
    answer = await request(http, "GET", "world.example", "/figures")
    figures: dict[str, int] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return figures


async def bare(addresses: int, hosts: int, http: int) -> float:
    """Return how many seconds a client takes that does nothing but ask."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def look(number: int) -> None:
        async with turns:
            path = path_of(number)
            await request(http, "HEAD", host_of(number, hosts), path)
            if not path.startswith("/i/"):
                await request(http, "GET", host_of(number, hosts), path)

    start = time.perf_counter()
    await asyncio.gather(*map(look, range(addresses)))
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
