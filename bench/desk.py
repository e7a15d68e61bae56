"""How long the analysts' queue takes at the server, over a million reports, view by view.

    bench/desk.py [postgresql] [--reports N] [--home FOLDER]

The reports are imported from a file, everything on; a third of them bring a new content, the last
third of them came this week and waits, what is older was decided but for a few. An analyst, signed
in past the second factor, then asks the staff door for each view. Beside it stands the database
alone, selecting the ids of the same page by one plain statement: the bound where an index has the
order, the way not taken where it has not. Both must name the same contents. On SQLite, with a
FOLDER, the centre is kept there and measured again without an import.
"""

import argparse
import csv
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection

ROOT = Path(__file__).parents[1]
REPORTS = 1_000_000
ROUNDS = 25
GOAL_MS = 100.0
QUEUE = "/staff/hotline/queue/"
BALISE = Path(sys.executable).with_name("balise")
CATEGORIES = ("hate", "csam", "unknown", "grooming", "shocking", "ncii", "terrorism")
SHARES = (30, 20, 20, 10, 10, 9, 1)
NEW = 3  # one report in so many brings a new content
THIS_WEEK = 3  # one report in so many came within seven days
DAYS = 400
SITES = 7_000
LARGE, SMALL, NONE = "large.example", "site17.example", "nothing-of-it.example"
LATER = 200  # pages

# What waits for a look: nobody here gave the first of the second ones.
LOOKS = "state IN ('waiting', 'second-look')"
IN_ORDER = "ORDER BY priority DESC, first_reported_at, id LIMIT 51"
TABLE = "hotline_reports_content"


class View(NamedTuple):
    """A view of the queue: what the door is asked, and the bare condition for the same contents."""

    name: str
    asked: dict[str, str]
    where: str
    given: tuple[Any, ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", nargs="?", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--home", type=Path, help="keep the centre here")
    options = parser.parse_args()
    is_postgres = options.database == "postgresql"
    if is_postgres and "DATABASE_URL" not in os.environ:
        own = [sys.executable, "-m", "tests.postgres", "--durable", sys.executable, *sys.argv]
        sys.exit(subprocess.run(own, cwd=ROOT, check=False).returncode)
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        home = options.home or Path(folder) / "home"
        left_out = ("BALISE_",) if is_postgres else ("BALISE_", "DATABASE_")
        ours = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
        os.environ.clear()
        os.environ |= ours | {
            "BALISE_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        if is_postgres or not (home / "balise.sqlite3").exists():
            subprocess.run([BALISE, "setup"], check=True, stdout=subprocess.DEVNULL)
            start = time.perf_counter()
            fill(Path(folder) / "reports.csv", options.reports)
            print(f"{options.reports:,} reports made in {time.perf_counter() - start:.0f} s")
        measure()


def fill(file: Path, reports: int) -> None:
    """Import the reports, and let what is older than a week be decided but for a few."""
    with file.open("w", encoding="utf-8", newline="") as written:
        table = csv.writer(written, delimiter=";")
        table.writerow(("address", "category", "received_at", "age_band"))
        table.writerows(lines(reports))
    subprocess.run([BALISE, "import-reports", file], check=True, stdout=subprocess.DEVNULL)

    import django  # noqa: PLC0415 - settings first

    django.setup()
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415
    from balise.foundation.clock import now  # noqa: PLC0415
    from balise.hotline.reports.actions.answering import raise_waiting  # noqa: PLC0415
    from balise.hotline.reports.models import Content  # noqa: PLC0415

    moment = now()
    old = Content.objects.filter(first_reported_at__lt=moment - timedelta(days=7))
    # The keys of contents are even: shares of them are shares of what was reported.
    for first, last, state, verdict in (
        (0x00, 0xC0, "closed", "out-of-scope"),
        (0xC0, 0xE8, "removed", "illegal"),
        (0xE8, 0xFE, "removing", "illegal"),
        (0xFE, 0xFF, "second-look", ""),
    ):
        share = old.filter(identity_key__gte=bytes([first]), identity_key__lt=bytes([last, 0xFF]))
        share.filter(state="waiting").update(
            state=state,
            verdict=verdict,
            decided_at=moment if verdict else None,
            removed_at=moment if state == "removed" else None,
        )
    raise_waiting(at=moment, by=SYSTEM)


def lines(reports: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield the lines of a file, in the order in which they came."""
    chance = random.Random(2026)  # noqa: S311 - a sample, not a secret
    moment, week = datetime.now(UTC), timedelta(days=7)
    before = reports - reports // THIS_WEEK
    contents = 0
    for number in range(reports):
        if number < before:
            came = moment - week - timedelta(days=DAYS) * ((before - number) / before)
        else:
            came = moment - week * ((reports - number) / (reports - before))
        if number % NEW == 0:
            about, contents = contents, contents + 1
        else:
            about = int(contents * chance.random() ** 0.3)  # rather what is recent
        host = LARGE if about % 10 == 0 else f"site{about % SITES}.example"
        category = chance.choices(CATEGORIES, SHARES)[0]
        age = "16-17" if number % 20 == 0 else ""
        yield f"https://{host}/page/{about}", category, came.isoformat(), age


def measure() -> None:
    """Ask for each view, ours and the bare statement, compare and print."""
    import django  # noqa: PLC0415 - settings first

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from balise.foundation.accounts.tests.makers import make_account, sign_in  # noqa: PLC0415
    from balise.foundation.clock import now  # noqa: PLC0415
    from balise.hotline.reports.models import Content, Report  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    account = sign_in(client, make_account("analyst", email=f"{time.time()}@centre.example"))
    # Someone who claimed forty contents, a few of them far down.
    waiting = Content.objects.filter(state="waiting")
    chosen = list(waiting.order_by("identity_key").values_list("id", flat=True)[:40])
    Content.objects.filter(id__in=chosen).update(claimed_by=str(account.id), claimed_at=now())

    if connection.vendor == "postgresql":
        # As its autovacuum does within a minute.
        asked_bare("ANALYZE")
    else:
        asked_bare("PRAGMA cache_size=-131072")
    print(
        f"{Report.objects.count():,} reports of {Content.objects.count():,} contents, of which "
        f"{waiting.count():,} wait; median of {ROUNDS} requests"
    )
    print(f"{'':<32}{'rows':>5}{'ours':>11}{'slowest':>11}{'processor':>11}{'plain SQL':>12}")
    missed = 0
    for view in views(str(account.id)):
        address = f"{QUEUE}?{urlencode(view.asked)}"
        ours = timed(lambda at=address: client.get(at))
        answer = ours.found
        assert answer.status_code == HTTPStatus.OK, answer.status_code
        statement = f"SELECT id FROM {TABLE} WHERE {view.where} {IN_ORDER}"  # noqa: S608 - ours
        ids = timed(lambda s=statement, g=view.given: asked_bare(s, g))
        shown = re.findall(rb"/staff/hotline/contents/([0-9a-f-]{36})/", answer.content)
        assert [UUID(each.decode()) for each in shown] == [
            UUID(str(each)) for (each,) in ids.found[:50]
        ]
        missed += ours.median > GOAL_MS
        print(
            f"{view.name:<32}{len(shown):>5}{ours.median:>8.1f} ms{ours.slowest:>8.1f} ms"
            f"{ours.processor:>8.1f} ms{ids.median:>9.2f} ms"
        )
    print(f"goal: {GOAL_MS:.0f} ms each, {f'MISSED by {missed}' if missed else 'met by all'}")


def views(who: str) -> Iterator[View]:
    """Yield what is looked at: the first page, each filter, and pages far behind."""
    from balise.foundation.clock import now  # noqa: PLC0415
    from balise.foundation.encryption.sealing import blind  # noqa: PLC0415

    # A minute away from now: both see the same contents while the bench runs.
    def older(days: int) -> tuple[str, object]:
        return "first_reported_at < %s", as_kept(now() - timedelta(days=days))

    yield View("first page", {}, LOOKS)
    yield from pages("", {}, LOOKS)
    for code in ("hate", "terrorism", "sexual-harassment"):
        where = f"{LOOKS} AND category = %s"
        yield View(f"category {code}", {"category": code}, where, (code,))
    for state in ("waiting", "second-look", "removing", "removed", "closed"):
        yield View(f"state {state}", {"state": state}, f"state = '{state}'")
    yield from pages("state closed, ", {"state": "closed"}, "state = 'closed'")
    for age, days in (("1d", 1), ("3d", 3), ("7d", 7)):
        condition, moment = older(days)
        yield View(
            f"waiting for more than {days} d",
            {"age": age},
            f"{LOOKS} AND {condition}",
            (moment,),
        )
    condition, moment = older(7)
    yield View(
        "terrorism, more than 7 d",
        {"age": "7d", "category": "terrorism"},
        f"{LOOKS} AND category = 'terrorism' AND {condition}",
        (moment,),
    )
    for name, host in (("large", LARGE), ("small", SMALL), ("unknown", NONE)):
        for state in ("waiting", "closed"):
            yield View(
                f"{state}, of a {name} host",
                {"host": host, "state": state},
                f"state = '{state}' AND (host_key = %s OR domain_key = %s)",
                (blind("hotline", "host", host), blind("hotline", "domain", host)),
            )
    yield View(
        "hate, of a large host",
        {"host": LARGE, "category": "hate"},
        f"{LOOKS} AND category = 'hate' AND (host_key = %s OR domain_key = %s)",
        (blind("hotline", "host", LARGE), blind("hotline", "domain", LARGE)),
    )
    yield View("mine", {"mine": "on"}, f"{LOOKS} AND claimed_by = %s", (who,))


def pages(name: str, asked: dict[str, str], where: str) -> Iterator[View]:
    """Yield a page far behind: what stands before it is 50 contents a page."""
    rows = asked_bare(
        f"SELECT priority, first_reported_at, id FROM {TABLE} WHERE {where} "  # noqa: S608 - ours
        f"ORDER BY priority DESC, first_reported_at, id LIMIT 1 OFFSET {50 * LATER - 1}"
    )
    for priority, first_reported_at, content in rows:
        moment = datetime.fromisoformat(str(first_reported_at)).replace(tzinfo=UTC).isoformat()
        yield View(
            f"{name}page {LATER + 1}",
            asked | {"after": f"{priority}~{moment}~{UUID(str(content))}"},
            f"{where} AND priority <= %s AND (-priority, first_reported_at, id) > (-%s, %s, %s)",
            (priority, priority, first_reported_at, content),
        )


def asked_bare(statement: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what the database answers to one statement, with nothing around it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def as_kept(moment: datetime) -> object:
    """Return a moment as the database keeps it."""
    return moment if connection.vendor == "postgresql" else str(moment.replace(tzinfo=None))


class Timed(NamedTuple):
    """ROUNDS of one question, in milliseconds, and the last answer."""

    median: float
    slowest: float
    processor: float
    found: Any


def timed(ask: Callable[[], Any]) -> Timed:
    """Ask once to warm up, then ROUNDS times. The processor's time holds on a busy machine too."""
    ask()
    taken: list[float] = []
    busy: list[float] = []
    for _round in range(ROUNDS):
        start, busy_since = time.perf_counter(), time.process_time()
        found = ask()
        taken.append((time.perf_counter() - start) * 1_000)
        busy.append((time.process_time() - busy_since) * 1_000)
    return Timed(statistics.median(taken), max(taken), statistics.median(busy), found)


if __name__ == "__main__":
    main()
