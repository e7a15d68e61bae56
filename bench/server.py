"""Pages at WSGI speed: what one address for pages and streams would cost.

The same page, answered by Balise under plain WSGI and under the ASGI root that hands it to WSGI in
one thread; and the bound, a WSGI application that does nothing. `wrk` asks, in turns.
"""

import os
import re
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

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

which, port = sys.argv[1], int(sys.argv[2])
load, interface = {
    "nothing": (lambda: nothing, Interfaces.WSGI),
    "wsgi": (wsgi, Interfaces.WSGI),
    "asgi": (asgi, Interfaces.ASGINL),
}[which]
server.serve(load, interface=interface, port=port)
"""
NAMES = {
    "nothing": "a WSGI application that does nothing",
    "wsgi": "the page under plain WSGI",
    "asgi": "the page under the ASGI root",
}


def requests_per_second(port: int, path: str) -> float:
    """Ask as fast as it goes for five seconds; any answer but 200 ends the bench."""
    done = subprocess.run(
        [*WRK, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    )
    assert "Non-2xx" not in done.stdout, done.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


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
        ports = {which: start(which, env, folder / "log", stack) for which in NAMES}
        for port in ports.values():
            requests_per_second(port, path)  # the first answers are slower
        found: dict[str, list[float]] = {which: [] for which in NAMES}
        for _ in range(ROUNDS):
            for which, port in ports.items():
                found[which].append(requests_per_second(port, path))
    print(f"{' '.join(WRK)} http://…{path}, {ROUNDS} rounds in turns, requests/s")
    for which, figures in found.items():
        each = " / ".join(f"{figure:,.0f}" for figure in figures)
        print(f"{NAMES[which]:40} {statistics.median(figures):>9,.0f}   ({each})")
    ratio = statistics.median(
        asgi / wsgi for asgi, wsgi in zip(found["asgi"], found["wsgi"], strict=True)
    )
    print(f"{'ASGI root to plain WSGI, of one round':40} {ratio:>9.2f}")


def start(which: str, env: dict[str, str], log: Path, stack: ExitStack) -> int:
    """Start one of the servers for as long as the stack lasts, and return its port."""
    port = temporary.free_port()
    command = [sys.executable, "-c", SERVE, which, str(port)]
    answers = lambda: temporary.listens(port)  # noqa: E731
    stack.enter_context(temporary.server(command, answers=answers, log=log, env=env))
    return port


if __name__ == "__main__":
    main()
