"""Pages at WSGI speed: what one address for pages and streams would cost.

The same page, answered by Balise under plain WSGI, under the ASGI root that hands it to WSGI in one
thread, and under Django's own ASGI handler; and the bound, a WSGI application that does nothing.
`wrk` asks, in turns.
"""

import os
import re
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

ROUNDS = 5
WRK = ["wrk", "-t2", "-c16", "-d5s"]
SERVE = """
import sys
from granian.constants import Interfaces
from balise.config import server

def nothing(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]

def wsgi():
    from balise.config.wsgi import application
    return application

def asgi():
    from balise.config.asgi import application
    return application

def django():
    from django.core.asgi import get_asgi_application
    return get_asgi_application()

which, port = sys.argv[1], int(sys.argv[2])
load, interface = {
    "nothing": (lambda: nothing, Interfaces.WSGI),
    "wsgi": (wsgi, Interfaces.WSGI),
    "asgi": (asgi, Interfaces.ASGINL),
    "django": (django, Interfaces.ASGINL),
}[which]
server.serve(load, interface=interface, port=port)
"""
NAMES = {
    "nothing": "a WSGI application that does nothing",
    "wsgi": "the page under plain WSGI",
    "asgi": "the page under the ASGI root",
    "django": "the page under Django's ASGI handler",
}


class Server(NamedTuple):
    """A server that runs: where it listens, and its process."""

    port: int
    pid: int


class Round(NamedTuple):
    """What one turn of `wrk` found: how many answers a second, and what each cost the server."""

    per_second: float
    milliseconds: float  # of processor time, which other programs on the machine do not change


def ask(server: Server, path: str) -> Round:
    """Ask as fast as it goes for five seconds; any answer but 200 ends the bench."""
    before = processor_seconds(server.pid)
    done = subprocess.run(
        [*WRK, f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True, check=True
    )
    spent = processor_seconds(server.pid) - before
    assert "Non-2xx" not in done.stdout, done.stdout
    per_second = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    count = re.search(r"(\d+) requests in", done.stdout)
    assert per_second, done.stdout
    assert count, done.stdout
    return Round(float(per_second[1]), 1000 * spent / int(count[1]))


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and its children, in seconds."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_seconds(int(child)) for child in children)


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else "/fr/"
    with ExitStack() as stack:
        folder = stack.enter_context(temporary.folder())
        env = {
            **os.environ,
            "BALISE_HOME": f"{folder}/home",
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        balise = Path(sys.executable).with_name("balise")
        subprocess.run([balise, "setup"], env=env, check=True, capture_output=True)
        servers = {which: start(which, env, folder / "log", stack) for which in NAMES}
        for server in servers.values():
            ask(server, path)  # the first answers are slower
        found: dict[str, list[Round]] = {which: [] for which in NAMES}
        for _ in range(ROUNDS):
            for which, server in servers.items():
                found[which].append(ask(server, path))
    print(f"{' '.join(WRK)} http://…{path}, {ROUNDS} rounds in turns, medians")
    print(f"{'':40} {'requests/s':>12} {'ms of processor each':>22}")
    for which, rounds in found.items():
        print(f"{NAMES[which]:40} {_median(rounds, 0):>12,.0f} {_median(rounds, 1):>22.3f}")
    speed = _median(found["asgi"], 0) / _median(found["wsgi"], 0)
    cost = _median(found["wsgi"], 1) / _median(found["asgi"], 1)
    print(f"{'ASGI root to plain WSGI':40} {speed:>12.2f} {cost:>22.2f}")
    print("(1.00 is as good as plain WSGI; the right column holds on a busy machine too)")


def _median(rounds: list[Round], field: int) -> float:
    return statistics.median(each[field] for each in rounds)


def start(which: str, env: dict[str, str], log: Path, stack: ExitStack) -> Server:
    """Start one of the servers for as long as the stack lasts."""
    port = temporary.free_port()
    command = [sys.executable, "-c", SERVE, which, str(port)]
    process = stack.enter_context(
        temporary.server(command, answers=lambda: temporary.listens(port), log=log, env=env)
    )
    return Server(port, process.pid)


if __name__ == "__main__":
    main()
