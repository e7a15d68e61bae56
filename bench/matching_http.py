"""Look-ups over HTTP with a token: a million hashes, one web worker, every answer checked.

Half of the hashes asked are in the bank, up to 31 bits away. Everything is on: the token, the
rights, the rule that decides, the counting of matches, the sealed log. The client is one process
with raw sockets on the same cores, so the rate falls on a busy machine; the processor time of the
web process for an answer does not. Beside it, what HMA's raw look-up answered on this kind of
machine: 365 a second (docs/measurements.md).

    .venv/bin/python bench/matching_http.py [HASHES]
"""

import json
import os
import random
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

HASHES = 1_000_000
SECONDS = 8
ROUNDS = 3
PEER = 365  # look-ups a second
TIMES = 8
BALISE = str(ROOT / ".venv/bin/balise")
MAKE = """
from balise.foundation.accounts.tests.makers import make_partner, make_token
from balise.foundation.actors import SYSTEM
from balise.hotline.matching.banks.actions import keeping
keeping.add_bank(code="known", name="Known", by=SYSTEM)
print(make_token("hotline.banks.look-up", partner=make_partner())[1])
"""
COUNT = """
from balise.hotline.matching.banks.models import LookUp
print(LookUp.objects.count())
"""


def value(number: int) -> int:
    """Return the hash of a number, the same in each run."""
    return random.Random(number).getrandbits(256)  # noqa: S311 - a bench


def write(path: Path, count: int) -> None:
    """Write as many hashes, as `balise bank import` reads them."""
    with path.open("w", encoding="ascii") as file:
        for number in range(count):
            file.write(
                f'{{"kind": "pdq", "value": "{value(number):064x}", "opinion": "positive"}}\n'
            )


def requests(count: int, token: str, port: int) -> list[tuple[bytes, bytes]]:
    """Return requests, and what their answers say: half of what is asked is known."""
    dice = random.Random("asked")  # noqa: S311 - a bench; a number would be the seed of a hash
    made = []
    for at in range(2_000):
        asked = value(dice.randrange(count)) if at % 2 else dice.getrandbits(256)
        for bit in dice.sample(range(256), dice.randrange(32)):
            asked ^= 1 << bit
        body = json.dumps({"signals": [{"kind": "pdq", "value": f"{asked:064x}"}]})
        head = (
            f"POST /api/v1/matching/look-up/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        made.append(((head + body).encode(), b'"known":true' if at % 2 else b'"known":false'))
    return made


def load(port: int, made: list[tuple[bytes, bytes]], clients: int) -> tuple[int, int, float]:
    """Ask from as many connections at once; return answers, wrong ones, and seconds."""
    ready = selectors.DefaultSelector()
    answered = wrong = 0
    for at in range(clients):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.sendall(made[at][0])
        ready.register(one, selectors.EVENT_READ, made[at][1])
    began, at = time.monotonic(), clients
    while time.monotonic() - began < SECONDS:
        for key, _events in ready.select(1.0):
            answer = whole(key.fileobj)  # type: ignore[arg-type]
            answered += 1
            wrong += not answer.startswith(b"HTTP/1.1 200") or key.data not in answer
            request, expected = made[at % len(made)]
            at += 1
            ready.modify(key.fileobj, selectors.EVENT_READ, expected)
            key.fileobj.sendall(request)  # type: ignore[union-attr]
    seconds = time.monotonic() - began
    for key in list(ready.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return answered, wrong, seconds


def whole(one: socket.socket) -> bytes:
    """Return an answer, which may come in pieces."""
    answer = one.recv(1 << 16)
    while True:
        head, end, body = answer.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split()[0]) if end else 1
        if len(body) >= length:
            return answer
        answer += one.recv(1 << 16)


def processor(pid: int) -> float:
    """Return the processor seconds that a process and its children have taken so far."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor(int(child)) for child in children)


def main() -> None:
    """Fill a bank, serve, ask, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else HASHES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: kept for key, kept in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        env |= {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}

        def balise(*words: str) -> str:
            done = subprocess.run(
                [BALISE, *words], env=env, check=True, stdout=subprocess.PIPE, text=True
            )
            return done.stdout

        balise("setup")
        token = balise("shell", "-v0", "-c", MAKE).split()[-1]
        write(folder / "lines", count)
        began = time.monotonic()
        balise("bank", "import", "known", str(folder / "lines"))
        print(f"import of {count:,} hashes: {time.monotonic() - began:.0f} s", flush=True)
        port = temporary.free_port()
        serve = [BALISE, "serve", "--address", f"127.0.0.1:{port}", "--workers", "1"]
        with temporary.server(
            serve, answers=lambda: temporary.listens(port), log=folder / "log", env=env
        ) as web:
            made = requests(count, token, port)
            until_whole(port, made[0][0])
            asked = measure(web.pid, port, made)
        kept = int(balise("shell", "-v0", "-c", COUNT).split()[-1])
        print(f"answered / written down: {asked} / {kept}")


def until_whole(port: int, request: bytes) -> None:
    """Wait until the index is made: answers before say that they are not whole."""
    began = time.monotonic()
    while True:
        with socket.create_connection(("127.0.0.1", port)) as one:
            one.sendall(request)
            if one.recv(1 << 16).startswith(b"HTTP/1.1 200"):
                break
        time.sleep(0.2)
    print(f"first whole answer after {time.monotonic() - began:.1f} s", flush=True)


def measure(pid: int, port: int, made: list[tuple[bytes, bytes]]) -> int:
    """Ask in rounds, print each, and return how many answers there were."""
    asked = 1
    for clients in (1, 8):
        for _round in range(ROUNDS):
            before = processor(pid)
            answered, wrong, seconds = load(port, made, clients)
            spent = (processor(pid) - before) / answered
            rate = answered / seconds
            asked += answered
            print(
                f"{clients} clients: {rate:6.0f}/s, {rate / PEER:4.1f} x HMA, processor "
                f"{spent * 1000:.3f} ms ({1 / spent:.0f}/s of one core), wrong {wrong}",
                flush=True,
            )
    goal = TIMES * PEER
    print(f"goal: {goal}/s, {'met' if rate >= goal else 'MISSED'}")
    return asked


if __name__ == "__main__":
    main()
