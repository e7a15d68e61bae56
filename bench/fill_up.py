"""What one person without an account can make a centre store: 48 kB, then links to it.

Starts `balise serve` in a home of its own (SQLite), sends three pieces of 16 KiB once, and asks
for 2,000 links that name them, eight at a time. Then pieces of 1 MiB until they are refused.
Meanwhile a whole report is sent every 50 ms. Prints how much the disk took, how long reports
waited, and how many of them were refused.

    .venv/bin/python bench/fill_up.py
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402
from tests.hostile.crowding import link, put_three, report, upload  # noqa: E402

BALISE = str(ROOT / ".venv/bin/balise")
LINKS = 2_000
MOST_PIECES = 600  # of 1 MiB: a network has 512 a day


def stored(home: str) -> int:
    """Return the octets of all files of a home."""
    return sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file())


@contextmanager
def reports(port: int, took: list[float], refused: list[int]) -> Iterator[None]:
    """Send a report every 50 ms; note how long each took in seconds, and what was no receipt."""
    over = threading.Event()

    def send() -> None:
        while not over.wait(0.05):
            began = time.monotonic()
            if not report(port):
                refused.append(len(took))
            took.append(time.monotonic() - began)

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield
    finally:
        over.set()
        sender.join()


def attack(port: int, home: str, said: str, one: Callable[[int], int], many: int) -> None:
    took: list[float] = []
    refused: list[int] = []
    before, began = stored(home), time.monotonic()
    with reports(port, took, refused), ThreadPoolExecutor(8) as people:
        answers = Counter(people.map(one, range(many)))
    grew, worst = (stored(home) - before) / (1 << 20), sorted(took)[int(len(took) * 0.99)]
    print(
        f"{said}: {many} in {time.monotonic() - began:.0f} s, answered {dict(answers)},"
        f" disk +{grew:.1f} MiB, reports p99 {worst * 1000:.0f} ms"
        f" of {len(took)}, {len(refused)} refused"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        port = temporary.free_port()
        env = os.environ | {"BALISE_HOME": home, "BALISE_DEMONSTRATION": "0"}
        env |= {"BALISE_HOSTS": "127.0.0.1", "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        with temporary.server(
            command,
            answers=lambda: temporary.listens(port),
            log=Path(home) / "serve.log",
            env=env,
        ):
            where = put_three(port)
            attack(port, home, "quiet", lambda _nth: time.sleep(0.1) or 0, 80)
            attack(port, home, "links to 48 kB", lambda _nth: link(port, where), LINKS)
            attack(port, home, "pieces of 1 MiB", lambda _nth: upload(port), MOST_PIECES)


if __name__ == "__main__":
    main()
