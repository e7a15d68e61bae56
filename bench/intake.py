"""Intake over HTTP with everything on: CSRF, sealing, journal, recognition, and a worker counting.

Prints beside it the bound: a bare Django view that writes two rows in one transaction, under the
same server, in turns with ours. `wrk` sends whole reports, each about an address of its own; every
acknowledged report is then counted in the database. Processor time is that of the web process: it
and the ratio to the bare view say the same on a busy machine, the rates do not.

    .venv/bin/python bench/intake.py [postgresql]     # on SQLite, or on a PostgreSQL of its own
"""

import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

SECONDS = 5
ROUNDS = 3
SETTLE = 2  # seconds in which the worker catches up before the bare view is loaded
GOALS = {"sqlite": 800, "postgres": 400}  # acknowledged a second
GOAL_P99 = 40  # ms
BALISE = str(ROOT / ".venv/bin/balise")

LUA = """
local n = 0
acknowledged, failed = 0, 0
local threads = {}
function setup(thread) thread:set("number", #threads); table.insert(threads, thread) end
function init(args)
  base = tonumber(args[1]) * 1000000 + number * 100000000
  cookie, token = args[2], args[3]
end
function request()
  n = n + 1
  local body
  if token == "" then
    body = "address=https%3A%2F%2Fsite" .. (base + n) .. ".example%2Fpage"
  else
    body = "csrfmiddlewaretoken=" .. token ..
      "&step=whole&go=send&category=hate&age_band=adult&follow_up=yes" ..
      "&description=Some+words+about+what+is+there&addresses=https%3A%2F%2Fsite" ..
      (base + n) .. ".example%2Fpage"
  end
  return wrk.format("POST", nil, {
    ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = cookie }, body)
end
function response(status)
  if status == 302 then acknowledged = acknowledged + 1 else failed = failed + 1 end
end
function done(summary, latency, requests)
  local yes, no = 0, 0
  for _, thread in ipairs(threads) do
    yes = yes + thread:get("acknowledged"); no = no + thread:get("failed")
  end
  local errors = summary.errors
  io.write(string.format(
    '{"acknowledged": %d, "failed": %d, "seconds": %f, "p50": %f, "p99": %f}\\n',
    yes, no + errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""

BARE = """
import os, sys
from django.conf import settings
import dj_database_url
database = dict(dj_database_url.parse(os.environ["DATABASE_URL"]))
if "sqlite" in database["ENGINE"]:
    database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
database["CONN_MAX_AGE"] = None
settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="bench", DATABASES={"default": database},
    ROOT_URLCONF=__name__, MIDDLEWARE=[], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
import django
django.setup()
from django.db import connection, models, transaction
from django.http import HttpResponseRedirect
from django.urls import path

class Report(models.Model):
    address = models.TextField()
    class Meta: app_label = "bare"

class Entry(models.Model):
    event = models.TextField()
    class Meta: app_label = "bare"

def take(request):
    with transaction.atomic():
        report = Report.objects.create(address=request.POST["address"])
        Entry.objects.create(event=f"received {report.pk}")
    return HttpResponseRedirect("/")

urlpatterns = [path("report/", take)]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
if sys.argv[-1] == "count":
    print(Report.objects.count())
elif sys.argv[-1] == "make":
    with connection.schema_editor() as editor:
        editor.create_model(Report); editor.create_model(Entry)
else:
    from granian.constants import Interfaces
    from balise.config import server
    server.serve(lambda: application, interface=Interfaces.WSGI, port=int(sys.argv[-1]))
"""


@dataclass(frozen=True)
class Run:
    """One run of the load: what was acknowledged, what failed, and how long answers took (ms)."""

    acknowledged: int
    failed: int
    seconds: float
    p50: float
    p99: float
    processor: float = 0  # seconds, of the web process

    @property
    def rate(self) -> float:
        return self.acknowledged / self.seconds


_base = iter(range(1, 1_000))


def load(address: str, server: int, *, clients: int, cookie: str = "", token: str = "") -> Run:
    """Send reports from as many clients at once, for SECONDS, to a server (its pid)."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA)
        script.flush()
        wrk = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "-s", script.name, address, "--"]
        before = processor(server)
        done = subprocess.run(
            [*wrk, str(next(_base)), cookie, token], capture_output=True, text=True, check=True
        )
        spent = processor(server) - before
    return Run(**json.loads(done.stdout.splitlines()[-1]), processor=spent)


def processor(pid: int) -> float:
    """Return the processor seconds that a process and its children have taken so far."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor(int(child)) for child in children)


def form_of(address: str) -> tuple[str, str]:
    """Return the CSRF cookie and token of the form, as a browser would have them."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server on loopback
        cookie: SimpleCookie = SimpleCookie(answer.headers["Set-Cookie"])
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    assert token
    return f"csrf={cookie['csrf'].value}", token[1]


def show(name: str, runs: list[Run]) -> Run:
    """Print a line: the median run, and what failed in all. Return that run."""
    middle = sorted(runs, key=lambda run: run.rate)[len(runs) // 2]
    spent = sum(run.processor for run in runs) / sum(run.acknowledged for run in runs)
    print(
        f"{name:44} {middle.rate:6.0f}/s   p50 {middle.p50:6.1f} ms   p99 {middle.p99:6.1f} ms   "
        f"processor {spent * 1000:5.2f} ms   failed {sum(run.failed for run in runs)}",
        flush=True,
    )
    return middle


def measure(env: dict[str, str], folder: Path) -> None:
    """Measure the bare view and Balise in turns."""
    log = folder / "log"
    bare_env = dict(env)
    if env["DATABASE_URL"].startswith("sqlite"):
        bare_env["DATABASE_URL"] = f"sqlite:///{folder}/bare.sqlite3"
    bare_view = [sys.executable, "-c", BARE]
    subprocess.run([*bare_view, "make"], env=bare_env, check=True)
    subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
    bare_port, port = temporary.free_port(), temporary.free_port()
    with (
        temporary.server(
            [*bare_view, str(bare_port)],
            answers=lambda: temporary.listens(bare_port),
            log=log,
            env=bare_env,
        ) as bare,
        temporary.server(
            [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
            answers=lambda: temporary.listens(port),
            log=log,
            env=env,
        ) as web,
        temporary.server([BALISE, "work"], answers=lambda: True, log=log, env=env),
    ):
        address = f"http://127.0.0.1:{port}/fr/report/"
        cookie, token = form_of(address)

        def bound() -> Run:
            return load(f"http://127.0.0.1:{bare_port}/report/", bare.pid, clients=16)

        def ours(clients: int) -> Run:
            run = load(address, web.pid, clients=clients, cookie=cookie, token=token)
            time.sleep(SETTLE)
            return run

        bound()
        warm = ours(4)
        turns = [(bound(), ours(16)) for _ in range(ROUNDS)]
        at64 = ours(64)
    bounds, at16 = [run for run, _ in turns], [run for _, run in turns]
    show("a bare Django view that writes two rows, 16", bounds)
    middle = show("Balise, everything on, 16 clients", at16)
    show("Balise, everything on, 64 clients", [at64])
    ratio = statistics.median(ours.rate / bare_run.rate for bare_run, ours in turns)
    acknowledged = sum(run.acknowledged for run in [warm, *at16, at64])
    counted = subprocess.run(
        [BALISE, "shell", "-v0", "-c", COUNT], env=env, check=True, capture_output=True, text=True
    )
    kept = int(counted.stdout.split()[-1])
    lost = max(0, acknowledged - kept)
    print(f"{'ratio to the bare view, 16 clients':44} {ratio:6.2f}")
    print(f"{'acknowledged / kept / lost':44} {acknowledged} / {kept} / {lost}")
    goal = GOALS[env["DATABASE_URL"].partition(":")[0]]
    print(
        f"goals: {goal}/s {'met' if middle.rate >= goal else 'MISSED'}, "
        f"p99 {GOAL_P99} ms at 16 {'met' if middle.p99 < GOAL_P99 else 'MISSED'}, "
        f"none failed or lost {'MISSED' if lost or at64.failed else 'met'}"
    )


COUNT = "from balise.hotline.reports.models import Report; print(Report.objects.count())"


def version(address: str) -> str:
    """Return the name and the version of the database."""
    if address.startswith("sqlite"):
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(address.replace("postgres:", "postgresql:")) as database:
        known = database.info.parameter_status("server_version")
        waits = database.execute("SHOW fsync").fetchone()
    return f"PostgreSQL {known}, fsync {waits and waits[0]}"


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        # All of it comes from one address, which would be asked for pauses.
        env |= {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        print(f"database: {version(env['DATABASE_URL'])}, {SECONDS} s a run", flush=True)
        measure(env, folder)


if __name__ == "__main__":
    if "postgresql" in sys.argv and "DATABASE_URL" not in os.environ:
        own = [sys.executable, "-m", "tests.postgres", "--durable"]
        command = [*own, sys.executable, __file__, "postgresql"]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    main()
