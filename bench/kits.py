"""A kit of 50 MB to 50 readers at once: the server's memory, and a page meanwhile.

Starts `balise serve` in a home of its own, with a kit of random bytes. Another process reads it 50
times at once, each reader at its own pace: that of a school's line, or as fast as it goes. Beside
it, the bound: the same file given by the same web server without Balise, which needs no Python for
it. What a page takes is asked ten times a second, through the whole server.

    .venv/bin/python bench/kits.py
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS, WHOLE = 50, 50 << 20
SCHOOL = 2_500_000  # bytes a second: 20 Mbit/s
MOST_GROWTH = 100  # MiB: two for each reader
MOST_MS = 200.0  # that a page takes, in 95 of 100
EVERY = 0.1
BALISE = str(ROOT / ".venv/bin/balise")
PLACE = "kits/6f1c2f0e-0000-4000-8000-000000000000/fr/1/kit.zip"
BOUND = """
import sys
from granian.constants import Interfaces
from balise.config import server

async def give(scope, receive, send):
    length = [(b"content-length", sys.argv[2].encode())]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.pathsend", "path": sys.argv[3]})

server.serve(lambda: give, interface=Interfaces.ASGINL, port=int(sys.argv[1]))
"""
READ = """
import socket, sys, threading, time

port, path, readers, whole, pace = int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
HEADERS = ("Host: 127.0.0.1", "Connection: close")
short = []

def read():
    began, got = time.monotonic(), 0
    with socket.create_connection(("127.0.0.1", port), timeout=600) as to:
        to.sendall("\\r\\n".join((f"GET {path} HTTP/1.1", *HEADERS, "", "")).encode())
        while piece := to.recv(262_144):
            got += len(piece)
            ahead = got / pace - (time.monotonic() - began) if pace else 0
            if ahead > 0:
                time.sleep(ahead)
    if got < whole:
        short.append(got)

threads = [threading.Thread(target=read) for _ in range(readers)]
for each in threads: each.start()
for each in threads: each.join()
sys.exit(bool(short))
"""


def memory(pid: int) -> float:
    """Return the resident memory of a process and its children, in MiB."""
    group = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    lines = (line for one in group for line in Path(f"/proc/{one}/status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def page(port: int) -> float:
    """Return how long the first page takes, in ms."""
    began = time.perf_counter()
    to = HTTPConnection("127.0.0.1", port, timeout=120)
    to.request("GET", "/fr/")
    answer = to.getresponse()
    answer.read()
    if answer.status != 200:  # noqa: PLR2004
        raise SystemExit(f"the page answers {answer.status}")
    to.close()
    return 1000 * (time.perf_counter() - began)


def paused(port: int) -> float:
    """Return the same after a pause."""
    time.sleep(EVERY)
    return page(port)


def measure(name: str, port: int, pid: int, path: str, *, pace: int, asks: bool) -> bool:
    """Let 50 read, and print what it cost; return whether the goals hold."""
    before, took, most = memory(pid), [], 0.0
    began = time.monotonic()
    command = [sys.executable, "-c", READ, *map(str, (port, path, READERS, WHOLE, pace))]
    with subprocess.Popen(command) as reading:
        while reading.poll() is None:
            most = max(most, memory(pid))
            if asks:
                took.append(page(port))
            time.sleep(EVERY)
    if reading.returncode:
        raise SystemExit("a reader had less than the whole")
    seconds = time.monotonic() - began
    after = memory(pid)
    said = f"{name:34}{seconds:6.0f} s {before:6.0f}{most:8.0f}{after:7.0f} MiB"
    if not asks:
        print(said, flush=True)
        return True
    ninety_five = statistics.quantiles(took, n=20)[-1]
    print(f"{said}   page {statistics.median(took):.0f} ms, p95 {ninety_five:.0f} ms", flush=True)
    return most - before <= MOST_GROWTH and (not pace or ninety_five <= MOST_MS)


@contextmanager
def served(home: Path) -> "Iterator[tuple[int, int]]":
    """Give the port and the process of a server that has the kit."""
    port = temporary.free_port()
    env = os.environ | {"BALISE_HOME": str(home), "BALISE_DEMONSTRATION": "0"}
    env |= {"BALISE_HOSTS": "127.0.0.1", "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
    subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
    kit = home / "files/published" / PLACE
    kit.parent.mkdir(parents=True)
    kit.write_bytes(os.urandom(WHOLE))
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    log = home / "serve.log"
    with temporary.server(
        command, answers=lambda: temporary.listens(port), log=log, env=env
    ) as process:
        yield port, process.pid


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with served(home) as (port, pid):
            alone = sorted(paused(port) for _ in range(100))
            print(f"{READERS} readers of {WHOLE >> 20} MiB; before, most and after, of memory")
            print(f"a page alone: {alone[50]:.0f} ms, p95 {alone[95]:.0f} ms")
            path = f"/media/{PLACE}"
            holds = [
                measure("Balise, 20 Mbit/s each", port, pid, path, pace=SCHOOL, asks=True),
                measure("Balise, as fast as they go", port, pid, path, pace=0, asks=True),
            ]
        port, kit = temporary.free_port(), home / "files/published" / PLACE
        command = [sys.executable, "-c", BOUND, str(port), str(WHOLE), str(kit)]
        with temporary.server(
            command, answers=lambda: temporary.listens(port), log=home / "bound.log"
        ) as bound:
            for name, pace in (("the server alone, 20 Mbit/s", SCHOOL), ("the server alone", 0)):
                measure(name, port, bound.pid, "/", pace=pace, asks=False)
    print(f"goal: at most {MOST_GROWTH} MiB more, a page in {MOST_MS:.0f} ms: {all(holds)}")


if __name__ == "__main__":
    main()
