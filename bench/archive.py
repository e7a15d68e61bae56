"""How long a recount takes from the archive: events made straight into month files.

    .venv/bin/python bench/archive.py [EVENTS]

DuckDB makes the events; the recount is the one of `balise statistics recount --archive`, digests
of the files included, in a process of its own whose memory is measured. What it finds is compared
with one GROUP BY over all files that knows nothing of measures.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any

EVENTS = 100_000_000
MONTHS = 24
GOAL_SECONDS = 15.0
GOAL_BYTES = 1_000_000_000
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
COLUMNS = {"age": "VARCHAR", "kind": "VARCHAR", "met_on": "DATE", "seconds": "BIGINT"}
KINDS, AGES = 12, 5


def main() -> None:
    """Make the files, recount them in another process, and compare."""
    if sys.argv[1:2] == ["recount"]:
        return recount(Path(sys.argv[2]))
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        start = time.perf_counter()
        size, expected = make(folder, events // MONTHS)
        print(
            f"{events // MONTHS * MONTHS:,} events in {MONTHS} files, {size / 1e6:,.0f} MB, "
            f"made in {time.perf_counter() - start:.0f} s; load {os.getloadavg()[0]:.1f}"
        )
        ours = subprocess.run(
            [sys.executable, __file__, "recount", place], check=True, capture_output=True, text=True
        )
        found = json.loads(ours.stdout)
        assert found["cells"] == expected, "the recount differs from GROUP BY"
        took, peak = found["seconds"], found["bytes"]
        goals = ""
        if events >= EVENTS:  # of fewer, nothing is said of the goals
            is_met = took <= GOAL_SECONDS and peak <= GOAL_BYTES
            goals = f" (goals {'met' if is_met else 'MISSED'})"
        print(
            f"recount {took:.1f} s, {peak / 1e6:,.0f} MB{goals}; "
            f"digests {found['digests']:.1f} s, processors {found['busy']:.1f} s, "
            f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}; equal to "
            f"GROUP BY in {len(expected):,} cells, and {found['late']:,} late ones"
        )
    return None


def make(folder: Path, each: int) -> tuple[int, dict[str, list[int]]]:
    """Make the month files; return their size, and what one GROUP BY over them finds."""
    import duckdb  # noqa: PLC0415 - an extra

    database = duckdb.connect(config={"memory_limit": "800MB", "temp_directory": place_of(folder)})
    starts = [FIRST + timedelta(days=30 * at) for at in range(MONTHS)]
    for at, start in enumerate(starts):
        step = 30 * 86_400_000_000 // each
        database.execute(
            f"COPY (SELECT {at * each} + i + 1 AS _seq, make_timestamptz({micros(start)} + i * "  # noqa: S608 - our numbers
            f"{step} + CAST(hash(i) % {step} AS BIGINT)) AS _at, "
            f"'age-' || hash(i, 1) % {AGES} AS age, 'kind/' || hash(i, 2) % {KINDS} AS kind, "
            f"CAST(make_timestamp({micros(start)} + i * {step}) AS DATE) "
            f"- CAST(if(hash(i, 3) % 50 = 0, hash(i, 4) % 20, 0) AS INTEGER) AS met_on, "
            f"CAST(hash(i, 5) % 4000 AS BIGINT) AS seconds FROM range({each}) made(i)) "
            f"TO '{folder}/{at:02}.parquet' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
        )
    rows = database.execute(
        "SELECT met_on::VARCHAR || ' age=' || age || '&kind=' || kind, count(*), "  # noqa: S608 - our folder
        f"sum(seconds)::BIGINT FROM read_parquet('{folder}/*.parquet') GROUP BY ALL"
    ).fetchall()
    expected = {cell: [times, total] for cell, times, total in rows}
    return sum(path.stat().st_size for path in folder.glob("*.parquet")), expected


def recount(folder: Path) -> None:
    """Count the files as the archive's recount does; print what it found, and at what cost."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
    os.environ["BALISE_HOME"] = str(folder)
    import django  # noqa: PLC0415 - the environment first

    django.setup()
    from balise.foundation.journal.events import Code, Event  # noqa: PLC0415
    from balise.foundation.statistics.archive.engine import engine  # noqa: PLC0415
    from balise.foundation.statistics.archive.months import EventFile  # noqa: PLC0415
    from balise.foundation.statistics.archive.recounting import count_file  # noqa: PLC0415
    from balise.foundation.statistics.counting import add  # noqa: PLC0415
    from balise.foundation.statistics.measures import Measure  # noqa: PLC0415

    class FairHeld(Event, name="bench.fair.held"):
        kind: Code
        age: Code
        met_on: date
        seconds: int

    measure = Measure(
        "bench.held", counts=FairHeld, by=("kind", "age"), day="met_on", amount="seconds"
    )
    start, began = time.perf_counter(), time.process_time()
    digests = 0.0
    figures: dict[Any, Any] = {}
    with engine(folder) as database:
        for at, path in enumerate(sorted(folder.glob("*.parquet"))):
            before = time.perf_counter()
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            digests += time.perf_counter() - before
            since = FIRST + timedelta(days=30 * at)
            file = EventFile(
                event=FairHeld.name,
                sha256=digest,
                rows=1,
                since=since,
                until=since + timedelta(days=30),
                columns=COLUMNS,
            )
            for facts, moment, figure in count_file(path, file, measure, database):
                add(figures, measure, facts, moment, figure)
    took = time.perf_counter() - start
    busy = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    cells = {
        f"{cell.day} {cell.codes}": figure
        for cell, figure in figures.items()
        if cell.recorded is None
    }
    print(
        json.dumps(
            {
                "seconds": took,
                "bytes": peak,
                "digests": digests,
                "busy": busy,
                "late": len(figures) - len(cells),
                "cells": cells,
            }
        )
    )


def micros(at: datetime) -> int:
    """Return a moment as microseconds since 1970."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def place_of(folder: Path) -> str:
    """Return where DuckDB spills what is more than its memory."""
    return str(folder / "spilled")


if __name__ == "__main__":
    main()
