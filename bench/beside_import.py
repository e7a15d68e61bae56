"""People who report while a file of 81,000 reports is taken in, on SQLite and on PostgreSQL.

    .venv/bin/python bench/beside_import.py [ROWS]

Five people send the report form over and over, half a second between two, to `balise serve` on the
loopback: first alone, then beside `balise import_reports`. Prints how long their reports took and
what was answered; the bound is the same people alone, in the same run.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from import_reports import write  # noqa: E402
from tests import temporary  # noqa: E402
from tests.postgres import postgres  # noqa: E402

ROWS = 81_000
PEOPLE = 5
PAUSE = 0.5
ALONE = 15.0  # seconds
GOAL = 250.0  # ms
FORM = "/fr/report/"
BALISE = str(ROOT / ".venv/bin/balise")

type Sent = list[tuple[float, int]]


def report(address: str, stop: threading.Event, sent: Sent, person: int) -> None:
    """Send reports until told to stop; note the seconds and the status of each."""
    with httpx.Client(base_url=address, timeout=60) as browser:
        number = 0
        while not stop.is_set():
            page = browser.get(FORM)
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
            fields = dict(hidden) | {
                "addresses": f"https://images.example/{person}/{number}",
                "go": "on",
            }
            began = time.perf_counter()
            answer = browser.post(FORM, data=fields, headers={"Referer": address})
            sent.append((time.perf_counter() - began, answer.status_code))
            number += 1
            stop.wait(PAUSE)


@contextmanager
def people(address: str) -> Iterator[Sent]:
    """Let people report meanwhile."""
    stop, sent = threading.Event(), list[tuple[float, int]]()
    threads = [
        threading.Thread(target=report, args=(address, stop, sent, one)) for one in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def tell(name: str, sent: Sent, more: str = "") -> float:
    """Print what people met; return the slowest of a hundred, in ms."""
    took = sorted(seconds * 1000 for seconds, _status in sent)
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    answers = ", ".join(f"{code}: {count}" for code, count in Counter(s for _t, s in sent).items())
    print(f"  {name:<14}{len(sent):>5} reports   p50 {p50:>5.0f} ms   p99 {p99:>5.0f} ms", end="")
    print(f"   slowest {took[-1]:>5.0f} ms   answers {answers}   {more}")
    return p99


def measure(database: str, rows: int) -> None:
    with temporary.folder() as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        port = temporary.free_port()
        address = f"http://127.0.0.1:{port}"
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_DEMONSTRATION": "1"}
        env |= {"BALISE_PUBLIC_ADDRESS": address, "DATABASE_URL": database}
        subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
        file = folder / "reports.csv"
        write(file, rows, [f"https://site{n % 7_000}.example/page/{n}" for n in range(30_000)])
        with temporary.server(
            [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
            answers=lambda: temporary.listens(port),
            log=folder / "log",
            env=env,
        ):
            with people(address) as sent:
                time.sleep(ALONE)
            tell("alone (bound)", sent)
            began = time.perf_counter()
            with people(address) as sent:
                subprocess.run(
                    [BALISE, "import_reports", str(file)], env=env, check=True, capture_output=True
                )
            took = time.perf_counter() - began
            p99 = tell("beside a file", sent, f"{rows / took:,.0f} rows/s")
            is_met = p99 <= GOAL and all(status < 400 for _time, status in sent)  # noqa: PLR2004
            print(
                f"  goal           p99 {GOAL:.0f} ms, none refused: {'met' if is_met else 'MISSED'}"
            )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for name, database in (("SQLite", nullcontext("")), ("PostgreSQL", postgres(settings=()))):
        print(f"{name}, {rows:,} rows")
        with database as address:
            measure(address, rows)


if __name__ == "__main__":
    main()
