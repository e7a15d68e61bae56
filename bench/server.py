"""Pages at WSGI speed: what one address for pages and streams would cost.

The same page, answered by Balise under plain WSGI and under the ASGI root that hands it to WSGI in
one thread; and the bound, a WSGI application that does nothing. `wrk` asks, in turns.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

ROUNDS = 3
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


def measure(which: str, path: str, env: dict[str, str], log: Path) -> float:
    port = temporary.free_port()
    command = [sys.executable, "-c", SERVE, which, str(port)]
    with temporary.server(command, answers=lambda: temporary.listens(port), log=log, env=env):
        subprocess.run(
            ["wrk", "-t1", "-c4", "-d1s", f"http://127.0.0.1:{port}{path}"],
            capture_output=True,
            check=True,
        )
        return requests_per_second(port, path)


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else "/fr/"
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "BALISE_HOME": f"{folder}/home",
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        balise = Path(sys.executable).with_name("balise")
        subprocess.run([balise, "setup"], env=env, check=True, capture_output=True)
        log = Path(folder) / "log"
        found: dict[str, list[float]] = {which: [] for which in NAMES}
        for _ in range(ROUNDS):
            for which, figures in found.items():
                figures.append(measure(which, path, env, log))
    print(f"{' '.join(WRK)} http://…{path}, {ROUNDS} rounds in turns, requests/s")
    for which, figures in found.items():
        each = " / ".join(f"{figure:,.0f}" for figure in figures)
        print(f"{NAMES[which]:40} {statistics.median(figures):>9,.0f}   ({each})")
    ratio = statistics.median(found["asgi"]) / statistics.median(found["wsgi"])
    print(f"{'ASGI root to plain WSGI':40} {ratio:>9.2f}")


if __name__ == "__main__":
    main()
