"""Pages that only read while the database is locked: twelve people write meanwhile.

Starts `balise serve` on SQLite in a home of its own, holds the lock of the database for ten seconds
while twelve report forms are sent, and asks for pages that only read. Prints the slowest of them
and what those who wrote were answered.

    .venv/bin/python bench/locked.py
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

WRITERS = 12
LOCKED_FOR = 10.0
GOAL = 200.0  # ms
PAGES = ("/fr/", "/fr/talk/", "/fr/follow/")
BALISE = str(ROOT / ".venv/bin/balise")


def open_form(address: str) -> tuple[httpx.Client, dict[str, str]]:
    """Return a browser on the report form, and what it sends."""
    browser = httpx.Client(base_url=address, follow_redirects=True, timeout=120)
    page = browser.get("/fr/report/")
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    return browser, hidden | {"addresses": "https://images.example/a", "go": "on"}


def send(browser: httpx.Client, fields: dict[str, str], answers: list[int]) -> None:
    referer = {"Referer": str(browser.base_url)}
    answers.append(browser.post("/fr/report/", data=fields, headers=referer).status_code)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        port = temporary.free_port()
        address = f"http://127.0.0.1:{port}"
        env = os.environ | {"BALISE_HOME": home, "BALISE_DEMONSTRATION": "1"}
        env |= {"BALISE_HOSTS": "127.0.0.1", "BALISE_PUBLIC_ADDRESS": address, "DATABASE_URL": ""}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        answers: list[int] = []
        with temporary.server(
            command,
            answers=lambda: temporary.listens(port),
            log=Path(home) / "serve.log",
            env=env,
        ):
            forms = [open_form(address) for _each in range(WRITERS)]
            reader = httpx.Client(base_url=address, timeout=120)
            for path in PAGES:
                reader.get(path)
            lock = sqlite3.connect(Path(home) / "balise.sqlite3", isolation_level=None)
            lock.execute("BEGIN IMMEDIATE")
            writers = [threading.Thread(target=send, args=(*form, answers)) for form in forms]
            for writer in writers:
                writer.start()
            time.sleep(0.5)
            until, slowest, read = time.monotonic() + LOCKED_FOR, 0.0, 0
            while time.monotonic() < until:
                for path in PAGES:
                    began = time.monotonic()
                    reader.get(path).raise_for_status()
                    slowest, read = max(slowest, time.monotonic() - began), read + 1
            lock.execute("ROLLBACK")
            for writer in writers:
                writer.join()
        goal = f"(goal {GOAL:.0f} ms)"
        print(f"{read} pages read while {WRITERS} wait: slowest {slowest * 1000:.0f} ms {goal}")
        print(f"those who wrote were answered {dict(Counter(answers))}")


if __name__ == "__main__":
    main()
