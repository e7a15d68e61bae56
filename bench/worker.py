"""What the worker costs: memory and processor time of all its processes, busy and idle.

Sets up a demonstration centre on SQLite in a home of its own, brings 200 reports, and lets
`balise work` do what is due. Its memory is read twice a second (busy: the highest) until nothing
has been due for two seconds; then once more (idle), and the processor time of the next minute
counted. PSS divides what processes share, so it adds up; RSS counts that in each. MiB.

    .venv/bin/python bench/worker.py
    .venv/bin/python bench/worker.py /another/checkout/.venv/bin/balise
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

QUIET = 2.0  # seconds without a task that is due: one of the schedule comes every few
MINUTE = 60.0
PATIENCE = 300.0  # seconds
_TICKS = os.sysconf("SC_CLK_TCK")
_REPORTS = """
from balise.hotline.reports.tests.makers import make_report
for _each in range(200):
    make_report()
"""
_BEGUN = "SELECT count(*) FROM tasks_heartbeat"
_LINKED = "SELECT (SELECT count(*) FROM journal_entry) = (SELECT count(*) FROM journal_link)"
_DUE = """SELECT count(*) FROM django_tasks_database_dbtaskresult
    WHERE status = 'RUNNING' OR status = 'READY'
    AND (run_after <= datetime('now') OR run_after > '9000')"""


def tree(pid: int) -> list[int]:
    """Return a process and all that it started."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in words for each in tree(int(child)))]


def memory(pid: int) -> tuple[float, float, int]:
    """Return PSS and RSS of a process and all that it started, in MiB, and how many they are."""
    pss = rss = 0
    members = tree(pid)
    for member in members:
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has ended
            continue
        sizes = {line.split()[0]: line.split()[1] for line in lines[1:]}
        pss, rss = pss + int(sizes["Pss:"]), rss + int(sizes["Rss:"])
    return pss / 1024, rss / 1024, len(members)


def processor(pid: int) -> float:
    """Return the seconds of processor that a process and all that it started took so far."""
    total = 0
    for member in tree(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


def holds(home: str, question: str) -> bool:
    """Return whether the database answers a question with yes, or a number above zero."""
    with closing(sqlite3.connect(f"{home}/balise.sqlite3", timeout=60)) as database:
        return bool(database.execute(question).fetchone()[0])


def said(what: str, found: tuple[float, float, int]) -> None:
    print(f"{what:6} PSS {found[0]:6.0f}   RSS {found[1]:6.0f}   processes {found[2]}", flush=True)


def main() -> None:
    balise = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".venv/bin/balise")
    with tempfile.TemporaryDirectory() as home:
        address = f"http://127.0.0.1:{temporary.free_port()}"  # nobody serves it
        env = os.environ | {"BALISE_HOME": home, "BALISE_DEMONSTRATION": "1", "DATABASE_URL": ""}
        env |= {
            "BALISE_PUBLIC_ADDRESS": address,
            "BALISE_MAIL": f"smtp://127.0.0.1:{temporary.free_port()}",
        }
        subprocess.run([balise, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([balise, "shell", "-v0", "-c", _REPORTS], env=env, check=True)
        begun = partial(holds, home, _BEGUN)
        log = Path(home) / "work.log"
        with temporary.server([balise, "work"], answers=begun, log=log, env=env) as worker:
            print(f"start  {processor(worker.pid):.2f} s of processor")
            busy, give_up_at = (0.0, 0.0, 0), time.monotonic() + PATIENCE
            quiet_at = time.monotonic() + QUIET
            while time.monotonic() < min(quiet_at, give_up_at):
                busy = max(busy, memory(worker.pid))
                if holds(home, _DUE) or not holds(home, _LINKED):
                    quiet_at = time.monotonic() + QUIET
                time.sleep(0.5)
            said("busy", busy)
            said("idle", memory(worker.pid))
            before = processor(worker.pid)
            time.sleep(MINUTE)
            print(f"idle   {processor(worker.pid) - before:.2f} s of processor in a minute")


if __name__ == "__main__":
    main()
