"""How long figures of ten million events take: tallies, PostgreSQL's and DuckDB's GROUP BY.

    .venv/bin/python bench/tallies.py [EVENTS]     # on a PostgreSQL of its own

DuckDB makes the events, over 400 days; PostgreSQL has the same rows, in the order of their days,
with an index on the day. Each is asked for the events of a period by category, ours from tallies by
category and age; all answers are compared. Ours is asked again with the tallies of a tenth of the
events: it has to take as long.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

EVENTS = 10_000_000
DAYS = 400
LAST = date(2026, 10, 31)
ROUNDS = 25
CATEGORIES, AGES = 8, 5
MEASURE = "bench.kept"
GOALS = {"the whole period": 20.0, "30 days": 2.0}  # milliseconds
TIMES_POSTGRESQL, TIMES_DUCKDB = 200, 4


def main() -> None:
    """Begin again on a PostgreSQL of its own, unless there is one; then measure."""
    if "DATABASE_URL" not in os.environ:
        own = [sys.executable, "-m", "tests.postgres", sys.executable, __file__, *sys.argv[1:]]
        raise SystemExit(subprocess.run(own, check=False).returncode)
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
            "BALISE_HOME": folder,
            "BALISE_SECRET_KEY": "a bench has nothing to hide, and needs sixty characters for it",
        }
        import django  # noqa: PLC0415 - settings first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        measure(Path(folder), events)


def measure(folder: Path, events: int) -> None:
    """Fill, ask each, compare and print."""
    import duckdb  # noqa: PLC0415 - an extra
    from django.db import connection  # noqa: PLC0415

    from balise.foundation.statistics.queries import totals  # noqa: PLC0415

    declare()
    ducks = duckdb.connect(str(folder / "events.duckdb"))
    make(ducks, events)
    copy(ducks, folder / "events.csv")
    first = LAST - timedelta(days=DAYS - 1)
    periods = {"the whole period": first, "30 days": LAST - timedelta(days=29)}
    grouped = "SELECT category, count(*) FROM events WHERE day BETWEEN {0} AND {0} GROUP BY 1"
    cursor = connection.cursor()

    def in_postgresql(since: date) -> dict[str, int]:
        cursor.execute(grouped.format("%s"), [since, LAST])
        return dict(cursor.fetchall())

    def in_duckdb(since: date) -> dict[str, int]:
        return dict(ducks.execute(grouped.format("?"), [since, LAST]).fetchall())

    def in_tallies(since: date) -> dict[str, int]:
        return {
            row.codes["category"]: row.count for row in totals(MEASURE, since, LAST, ("category",))
        }

    fewer = {}
    keep_tallies(ducks, events // 10)
    for name, since in periods.items():
        fewer[name], _rows = best(lambda since=since: in_tallies(since))
    cells = keep_tallies(ducks, events)
    print(
        f"{events:,} events over {DAYS} days, {cells:,} tallies of days; best of {ROUNDS}, "
        f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'':<18}{'ours':>10}{'of a tenth':>12}{'PostgreSQL':>14}{'DuckDB':>12}")
    for name, since in periods.items():
        ours, read = best(lambda since=since: in_tallies(since))
        there, rows = best(lambda since=since: in_postgresql(since), rounds=3)
        ducks_took, same = best(lambda since=since: in_duckdb(since))
        assert read == rows == same, name
        goal = GOALS[name]
        print(
            f"{name:<18}{ours:>7.2f} ms{fewer[name]:>9.2f} ms{there:>8.0f} ms {there / ours:.0f}×"
            f"{ducks_took:>7.1f} ms {ducks_took / ours:.0f}×  {met(ours <= goal)} {goal:.0f} ms"
            f", {met(there / ours >= TIMES_POSTGRESQL)} {TIMES_POSTGRESQL}×"
            f", {met(ducks_took / ours >= TIMES_DUCKDB)} {TIMES_DUCKDB}×"
        )


def declare() -> None:
    """Count a made-up event by category and age."""
    from balise.foundation.journal.events import Code, Event  # noqa: PLC0415
    from balise.foundation.statistics.measures import Measure, register  # noqa: PLC0415

    class ThingKept(Event, name="bench.thing.kept"):
        category: Code
        age: Code

    register(Measure(MEASURE, counts=ThingKept, by=("category", "age")))


def make(ducks: Any, events: int) -> None:
    """Make the events, in the order of their days."""
    first = LAST - timedelta(days=DAYS - 1)
    ducks.execute(
        f"CREATE TABLE events AS SELECT i AS id, DATE '{first}' + CAST(i * {DAYS} // {events} AS "  # noqa: S608 - our numbers
        f"INTEGER) AS day, 'category-' || hash(i, 1) % {CATEGORIES} AS category, "
        f"'age-' || hash(i, 2) % {AGES} AS age FROM range({events}) made(i)"
    )


def copy(ducks: Any, file: Path) -> None:
    """Give PostgreSQL the same rows."""
    from django.db import connection  # noqa: PLC0415

    ducks.execute(f"COPY events TO '{file}' (FORMAT csv, HEADER false)")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE events (id bigint, day date, category text, age text)")
        with cursor.copy("COPY events FROM STDIN (FORMAT csv)") as taken, file.open("rb") as rows:
            while piece := rows.read(1 << 20):
                taken.write(piece)
        cursor.execute("CREATE INDEX ON events (day)")
        cursor.execute("ANALYZE events")
    file.unlink()


def keep_tallies(ducks: Any, events: int) -> int:
    """Keep the tallies that the counting makes of so many of the events; return how many."""
    from django.db import connection  # noqa: PLC0415

    from balise.foundation.statistics.measures import codes_text  # noqa: PLC0415
    from balise.foundation.statistics.models import MonthTally, Tally  # noqa: PLC0415

    share = ducks.execute("SELECT count(*) FROM events").fetchone()[0] // events
    kept = 0
    for model, day in ((MonthTally, "date_trunc('month', day)::DATE"), (Tally, "day")):
        model.objects.all().delete()
        rows = ducks.execute(
            f"SELECT {day} AS day, category, age, count(*) FROM events "  # noqa: S608 - ours
            f"WHERE id % {share} = 0 GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        made = [
            model(
                measure=MEASURE,
                day=on,
                codes=codes_text({"category": category, "age": age}),
                count=count,
            )
            for on, category, age, count in rows
        ]
        model.objects.bulk_create(made, batch_size=2_000)
        kept = len(made)
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
    return kept


def best(read: Callable[[], Any], *, rounds: int = ROUNDS) -> tuple[float, Any]:
    """Return the milliseconds of the best round, and what was read."""
    fastest, found = float("inf"), None
    for _round in range(rounds):
        start = time.perf_counter()
        found = read()
        fastest = min(fastest, (time.perf_counter() - start) * 1_000)
    return fastest, found


def met(is_met: bool) -> str:  # noqa: FBT001
    """Return the word for a goal."""
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    main()
