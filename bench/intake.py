"""Intake over HTTP with everything on: CSRF, sealing, journal, recognition, and a worker counting.

Prints beside it the bound: a bare Django view that writes two rows in one transaction, under the
same server. `wrk` sends whole reports, each about an address of its own; every acknowledged report
is then counted in the database.

    .venv/bin/python bench/intake.py [postgresql]     # on SQLite, or on a PostgreSQL of its own
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

SECONDS = 8
ROUNDS = 3
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

    @property
    def rate(self) -> float:
        return self.acknowledged / self.seconds


_base = iter(range(1, 1_000))


def load(address: str, *, clients: int, cookie: str = "", token: str = "") -> Run:
    """Send reports from as many clients at once, for SECONDS."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA)
        script.flush()
        wrk = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "-s", script.name, address, "--"]
        done = subprocess.run(
            [*wrk, str(next(_base)), cookie, token], capture_output=True, text=True, check=True
        )
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def form_of(address: str) -> tuple[str, str]:
    """Return the CSRF cookie and token of the form, as a browser would have them."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server on loopback
        cookie: SimpleCookie = SimpleCookie(answer.headers["Set-Cookie"])
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    assert token
    return f"csrf={cookie['csrf'].value}", token[1]


def show(name: str, runs: list[Run]) -> None:
    """Print a line: the median run, and what failed in all."""
    middle = sorted(runs, key=lambda run: run.rate)[len(runs) // 2]
    print(
        f"{name:48} {middle.rate:7.0f}/s   p50 {middle.p50:6.1f} ms   p99 {middle.p99:6.1f} ms   "
        f"failed {sum(run.failed for run in runs)}"
    )


def measure(env: dict[str, str], folder: Path) -> None:
    """Measure the bare view, then Balise, on one database each."""
    port, log = temporary.free_port(), folder / "log"
    bare = [sys.executable, "-c", BARE]
    subprocess.run([*bare, "make"], env=env, check=True)
    with temporary.server(
        [*bare, str(port)], answers=lambda: temporary.listens(port), log=log, env=env
    ):
        address = f"http://127.0.0.1:{port}/report/"
        load(address, clients=4)
        bound = [load(address, clients=16) for _ in range(ROUNDS)]
    show("a bare Django view that writes two rows, 16", bound)

    subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
    with (
        temporary.server(
            [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
            answers=lambda: temporary.listens(port),
            log=log,
            env=env,
        ),
        temporary.server([BALISE, "work"], answers=lambda: True, log=log, env=env),
    ):
        address = f"http://127.0.0.1:{port}/fr/report/"
        cookie, token = form_of(address)
        warm = load(address, clients=4, cookie=cookie, token=token)
        at16 = [load(address, clients=16, cookie=cookie, token=token) for _ in range(ROUNDS)]
        at64 = [load(address, clients=64, cookie=cookie, token=token)]
    show("Balise, everything on, 16 clients", at16)
    show("Balise, everything on, 64 clients", at64)
    ratio = statistics.median(run.rate for run in at16) / statistics.median(
        run.rate for run in bound
    )
    acknowledged = sum(run.acknowledged for run in [warm, *at16, *at64])
    counted = subprocess.run(
        [BALISE, "shell", "-v0", "-c", COUNT], env=env, check=True, capture_output=True, text=True
    )
    kept = int(counted.stdout.split()[-1])
    print(f"{'ratio to the bare view, 16 clients':48} {ratio:7.2f}")
    print(
        f"{'acknowledged / kept / lost':48} {acknowledged} / {kept} / {max(0, acknowledged - kept)}"
    )


COUNT = "from balise.hotline.reports.models import Report; print(Report.objects.count())"


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        # All of it comes from one address, which would be asked for pauses.
        env |= {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        print(f"database: {env['DATABASE_URL'].partition(':')[0]}, {SECONDS} s a run")
        measure(env, folder)


if __name__ == "__main__":
    if "postgresql" in sys.argv and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "tests.postgres", sys.executable, __file__, "postgresql"]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    main()
