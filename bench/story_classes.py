"""300 classes before one of our stories, a choice every ten seconds each, and nothing saved.

Starts `balise serve` on two cores in a home of its own, which has our stories. Each class
sends the choice that its hands made, then asks for the scene: both are timed, for a minute. The
bound is a page of words from the same server, in the same minute.

    .venv/bin/python bench/story_classes.py [postgresql]     # on SQLite, or a PostgreSQL of its own
"""

import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.intake import processor, version  # noqa: E402
from tests import temporary  # noqa: E402

BALISE: Final = str(ROOT / ".venv/bin/balise")
CLASSES: Final = 300
EVERY: Final = 10.0  # seconds between two choices of a class
LASTS: Final = 60.0  # seconds
CORES: Final = (0, 1)
GOAL_P99: Final = 100.0  # ms
STORY: Final = "/fr/stories/ca-circule/class/"


@dataclass
class Screen:
    """The one screen of a class: where it is in the story, and how long each answer took (ms)."""

    port: int
    chance: random.Random
    at: str = ""
    cookie: str = ""
    took: list[float] = field(default_factory=list)
    bound: list[float] = field(default_factory=list)
    page: str = ""

    def begin(self) -> None:
        """Open the story, untimed."""
        self._ask("GET", STORY)
        self._go(self._ask("POST", f"{STORY}begin/", self._token())[1])
        self.took.clear()

    def choose(self) -> None:
        """Send the hands of a class and see the next scene; begin again at an end."""
        choices = re.findall(r'data-hands="([^"]+)"', self.page)
        if choices:
            hands = {f"hands-{nth}": "" for nth in range(len(choices))}
            hands[f"hands-{self.chance.randrange(len(choices))}"] = "17"
            self._go(self._ask("POST", self.at, self._token() | hands)[1])
        elif further := re.search(r'href="([^"]+before=see[^"]*)"', self.page):
            self._go(unescape(further[1]))
        else:
            self._go(self._ask("POST", f"{STORY}begin/", self._token())[1])

    def words(self) -> None:
        """Ask for a page of words: the bound."""
        timed = len(self.took)
        self._ask("GET", "/fr/legal/")
        self.bound += self.took[timed:]
        del self.took[timed:]

    def _go(self, at: str) -> None:
        self.at = at
        self.page = self._ask("GET", at)[0]

    def _token(self) -> dict[str, str]:
        found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.page)
        return {"csrfmiddlewaretoken": found[1] if found else self.token}

    token = ""

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        begun = time.perf_counter()
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        server.request(method, path, urlencode(fields or {}) if fields else None, headers)
        answer = server.getresponse()
        page = answer.read().decode()
        self.took.append((time.perf_counter() - begun) * 1_000)
        server.close()
        if answer.status not in {200, 302}:
            raise SystemExit(f"{method} {urlsplit(path).path} answered {answer.status}")
        if set_cookie := re.search(r"csrf=([^;]+)", answer.headers.get("Set-Cookie", "")):
            self.cookie = f"csrf={set_cookie[1]}"
        if found := re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page):
            self.token = found[1]
        return page, answer.headers.get("Location", "")


def drive(screens: list[Screen]) -> None:
    """Have each class choose every ten seconds, spread evenly over them, for a minute."""
    start = time.monotonic()

    def play(nth: int, screen: Screen) -> None:
        due = start + EVERY * nth / len(screens)
        while due < start + LASTS:
            time.sleep(max(0.0, due - time.monotonic()))
            screen.choose()
            if nth % 10 == 0:
                screen.words()
            due += EVERY

    threads = [threading.Thread(target=play, args=pair, daemon=True) for pair in enumerate(screens)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def show(name: str, took: list[float]) -> float:
    """Print a line; return the 99th percentile, in milliseconds."""
    cuts = statistics.quantiles(took, n=100)
    print(
        f"{name:28} {len(took):6}   p50 {cuts[49]:6.1f} ms   p99 {cuts[98]:6.1f} ms   "
        f"slowest {max(took):6.1f} ms",
        flush=True,
    )
    return cuts[98]


def measure(env: dict[str, str], folder: Path) -> None:
    """Let the classes play, and print."""
    subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
    port = temporary.free_port()
    cores = ",".join(map(str, CORES))
    with temporary.server(
        ["taskset", "-c", cores, BALISE, "serve", "--address", f"127.0.0.1:{port}"],
        answers=lambda: temporary.listens(port),
        log=folder / "log",
        env=env,
    ) as web:
        chance = random.Random(1)  # noqa: S311 - a sample, not a secret
        screens = [Screen(port, random.Random(chance.random())) for _ in range(CLASSES)]  # noqa: S311
        for each in screens:
            each.begin()
        before = processor(web.pid)
        drive(screens)
        spent = processor(web.pid) - before
    took = [ms for each in screens for ms in each.took]
    p99 = show(f"{CLASSES} classes, {EVERY:.0f} s", took)
    show("a page of words (bound)", [ms for each in screens for ms in each.bound])
    print(f"processor: {spent / len(took) * 1_000:.1f} ms a request")
    print(f"goal: p99 {GOAL_P99:.0f} ms, {'met' if p99 < GOAL_P99 else 'MISSED'}")


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        # All classes come from one address, which would be asked for pauses.
        env |= {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        load = os.getloadavg()[0]
        print(f"database: {version(env['DATABASE_URL'])}; load {load:.0f}", flush=True)
        measure(env, folder)


if __name__ == "__main__":
    if "postgresql" in sys.argv and "DATABASE_URL" not in os.environ:
        own = [sys.executable, "-m", "tests.postgres", "--durable"]
        command = [*own, sys.executable, __file__, "postgresql"]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    main()
