"""How many reports of a file a second are taken in, sealed, joined and written in the journal.

    bench/import_reports.py [ADDRESSES] [--long]

ADDRESSES is a text file of web addresses, one a line; without it they are invented. They come back
about three times each, as in a year of a hotline. The bound is SQLite alone: the very same rows,
read back, written by plain `executemany` into empty tables with the same indexes.
"""

import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

SIZES = (3_000, 30_000, 81_000)
LONG = 1_000_000
GOAL_SIZE, GOAL_SECONDS = 81_000, 10.0
INVENTED = 30_000
COMES_BACK = 3
AT_ONCE = 2_000
BALISE = Path(sys.executable).with_name("balise")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("addresses", nargs="?", type=Path)
    parser.add_argument("--long", action="store_true", help=f"{LONG:,} reports too")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one)))
        return
    addresses = (
        options.addresses.read_text(encoding="utf-8").split("\n")
        if options.addresses
        else [f"https://site{number % 7_000}.example/page/{number}" for number in range(INVENTED)]
    )
    lines = [line for line in addresses if line]
    print(f"{'reports':>10}{'seconds':>10}{'reports/s':>11}{'µs each':>9}", end="")
    print(f"{'processor':>11}{'MB':>6}", end="")
    print(f"{'rows/s':>10}{'bound':>10}{'of it':>7}")
    for size in (*SIZES, *([LONG] if options.long else [])):
        tell(size, run(size, lines))


def tell(size: int, found: dict[str, float]) -> None:
    seconds, rows = found["seconds"], found["rows"]
    print(f"{size:>10,}{seconds:>10.2f}{size / seconds:>11,.0f}", end="")
    print(f"{seconds / size * 1e6:>9.0f}{found['processor'] / size * 1e6:>11.1f}", end="")
    print(f"{found['memory']:>6.0f}", end="")
    bound = rows / found["bound"]
    print(f"{rows / seconds:>10,.0f}{bound:>10,.0f}{rows / seconds / bound:>7.0%}")
    if size == GOAL_SIZE:
        met = "met" if seconds <= GOAL_SECONDS else "MISSED"
        print(f"{'goal':>10}{GOAL_SECONDS:>10.2f}  {met}")


def run(size: int, addresses: list[str]) -> dict[str, float]:
    """Import a file of its own into a centre of its own, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        home = Path(folder) / "home"
        file = Path(folder) / "reports.csv"
        write(file, size, addresses)
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        env = ours | {"BALISE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "balise.config.settings"}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run(
            [sys.executable, __file__, "--one", file],
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        rows, bound = written_again(home / "balise.sqlite3", Path(folder) / "bound.sqlite3")
        return found | {"rows": rows, "bound": bound}


def write(file: Path, size: int, addresses: list[str]) -> None:
    first = datetime(2025, 1, 1, 8)  # noqa: DTZ001 - a file says the centre's time
    with file.open("w", encoding="utf-8", newline="") as written:
        table = csv.writer(written, delimiter=";")
        table.writerow(("address", "category", "received_at", "reference"))
        for number, address in enumerate(islice(endless(addresses), size)):
            moment = first + timedelta(seconds=number * 31 % 31_000_000)
            table.writerow((address, "hate", moment.isoformat(), f"R-{number}"))


def endless(addresses: list[str]) -> Iterator[str]:
    for turn in count():
        fresh = turn // COMES_BACK
        yield from (f"{address}?{fresh}" if fresh else address for address in addresses)


def measured(file: Path) -> dict[str, float]:
    """Import; return the seconds it took, those of processors, the most MB that a process held."""
    import resource  # noqa: PLC0415

    import django  # noqa: PLC0415 - settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    start, spent = time.perf_counter(), time.process_time()
    call_command("import_reports", file)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # they have ended
    spent = time.process_time() - spent + used.ru_utime + used.ru_stime
    most = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, used.ru_maxrss)
    return {"seconds": seconds, "processor": spent, "memory": most / 1024}


def written_again(full: Path, empty: Path) -> tuple[int, float]:
    """Return how many rows an import wrote, and how long SQLite alone takes to write them."""
    source = sqlite3.connect(full)
    target = sqlite3.connect(empty, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-131072"):
        target.execute(f"PRAGMA {pragma}")
    words = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    for (sql,) in source.execute(words).fetchall():
        if "TRIGGER" not in sql:
            target.execute(sql)
    tables = [
        name
        for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name.startswith(("hotline_reports_", "encryption_", "journal_entry"))
    ]
    counts = [source.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]  # noqa: S608
    cursors = [source.execute(f"SELECT * FROM {name}") for name in tables]  # noqa: S608
    turns = -(-max(counts) // AT_ONCE)
    seconds = 0.0
    for _turn in range(turns):
        shares = [
            cursor.fetchmany(-(-number // turns))
            for cursor, number in zip(cursors, counts, strict=True)
        ]
        start = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for table, share in zip(tables, shares, strict=True):
            if share:
                holes = ", ".join("?" * len(share[0]))
                target.executemany(f"INSERT INTO {table} VALUES ({holes})", share)  # noqa: S608
        target.execute("COMMIT")
        seconds += time.perf_counter() - start
    return sum(counts), seconds


if __name__ == "__main__":
    main()
