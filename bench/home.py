"""The first page: how many answers a second, from its copy, from the page itself, and the bound.

A demonstration centre is served as `balise serve` serves it. In turns, `wrk` asks for the home with
its copy, for the same without it (the peer), and for a constant answer of the same size from the
same server (the bound). A browser that has left gets no copy.
`processor` is what one answer costs the server, whatever else this machine does.
"""

import http.client
import os
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.server import Round, Server, ask  # noqa: E402
from tests import temporary  # noqa: E402

ROUNDS = 5
GOAL = 1_000
PATH = "/fr/"
SERVE = """
import sys
from granian.constants import Interfaces
from balise.config import server

size = int(sys.argv[3])

async def constant(scope, receive, send):
    headers = [(b"content-type", b"text/html"), (b"content-length", str(size).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"x" * size})

def load():
    if sys.argv[1] == "constant":
        return constant
    from balise.config import asgi
    return asgi.application if sys.argv[1] == "copy" else asgi.pages

server.serve(load, interface=Interfaces.ASGINL, port=int(sys.argv[2]))
"""
NAMES = {
    "copy": "the home from its copy",
    "pages": "the home drawn each time (peer)",
    "constant": "a constant answer of its size (bound)",
}


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(temporary.folder())
        env = {name: value for name, value in os.environ.items() if not name.startswith("BALISE_")}
        env |= {
            "BALISE_HOME": f"{folder}/home",
            "BALISE_DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        balise = Path(sys.executable).with_name("balise")
        subprocess.run([balise, "setup"], env=env, check=True, capture_output=True)
        servers = {}
        size = 0
        for which in NAMES:
            servers[which] = start(which, size, env, folder / "log", stack)
            size = size or weigh(servers[which])
        found: dict[str, list[Round]] = {which: [] for which in NAMES}
        for server in servers.values():
            ask(server, PATH)  # the first answers are slower
        for _round in range(ROUNDS):
            for which, server in servers.items():
                found[which].append(ask(server, PATH))
    print(
        f"{PATH}: {size:,} bytes; {ROUNDS} rounds in turns, medians; load {os.getloadavg()[0]:.0f}"
    )
    print(f"{'':40}{'answers/s':>12}{'ms of processor each':>24}")
    for which, rounds in found.items():
        speed = statistics.median(each.per_second for each in rounds)
        cost = statistics.median(each.milliseconds for each in rounds)
        print(f"{NAMES[which]:40}{speed:>12,.0f}{cost:>24.3f}")
    copied = statistics.median(each.per_second for each in found["copy"])
    print(f"goal: {GOAL:,} answers/s {'met' if copied >= GOAL else 'MISSED'}")


def start(which: str, size: int, env: dict[str, str], log: Path, stack: ExitStack) -> Server:
    """Start one of the servers for as long as the stack lasts."""
    port = temporary.free_port()
    command = [sys.executable, "-c", SERVE, which, str(port), str(size)]
    process = stack.enter_context(
        temporary.server(command, answers=lambda: temporary.listens(port), log=log, env=env)
    )
    return Server(port, process.pid)


def weigh(server: Server) -> int:
    """Return the bytes of the home; a browser that has left must be led away from it."""
    sizes = {}
    for cookie in ("theme=dark", "away=1"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", PATH, headers={"Cookie": cookie})
        answer = connection.getresponse()
        sizes[cookie] = answer.status, len(answer.read())
        connection.close()
    if (
        sizes["theme=dark"][0] != http.HTTPStatus.OK
        or sizes["away=1"][0] != http.HTTPStatus.SEE_OTHER
    ):
        raise SystemExit(f"it answered {sizes}")
    return sizes["theme=dark"][1]


if __name__ == "__main__":
    main()
