"""How many passwords a stranger may try in a minute from one IPv6 /48: three ways.

Starts `balise serve` behind an invented proxy, in a home of its own, on the loopback; at most one
minute for each way. A guess counts when the password was checked.

    scripts/bench bench/sign_in.py
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

import httpx

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

BALISE = str(ROOT / ".venv/bin/balise")
SECONDS = 60.0
TOGETHER = 6  # guesses under way: fewer than the queue before the hash is long
NEIGHBOURS = 320  # a cache of 300 entries forgets what it held
HOST = "centre.example"
KNOWN = "known@centre.example"
MAKE = f"""
from balise.foundation.accounts.models import Account
made = Account.objects.create_user(email="{KNOWN}", name="Camille", role="analyst")
made.set_password("a sentence that no list has")
made.save()
"""
CHECKED = b"are not correct"


class Stranger:
    """Someone who holds a whole /48, and asks each time from another /64 of it."""

    def __init__(self, port: int) -> None:
        self._networks = count()
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={
                "Host": HOST,
                "Origin": f"https://{HOST}",
                "X-Forwarded-Proto": "https",
                "Accept-Language": "en",
            },
            timeout=60,
        )
        page = self._client.get("/staff/account/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        self._token = found[1] if found else ""
        self._cookie = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
        self._client.cookies.clear()

    def posts(self, **typed: str) -> bytes:
        answer = self._client.post(
            "/staff/account/login/",
            data={"csrfmiddlewaretoken": self._token, **typed},
            headers={
                "Cookie": self._cookie,
                "X-Forwarded-For": f"2001:db8:7:{next(self._networks) % 65_536:x}::1",
            },
        )
        self._client.cookies.clear()
        return answer.content

    def guesses(self, name: str) -> bool:
        return CHECKED in self.posts(login=name, password="one of a long list")  # noqa: S106 - a guess


def in_a_minute(guess: Callable[[], bool]) -> int:
    """Return how many guesses were checked within the time."""
    until, checked = time.monotonic() + SECONDS, []

    def run() -> None:
        while time.monotonic() < until:
            if guess():
                checked.append(1)

    threads = [threading.Thread(target=run) for _each in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(checked)


def name() -> str:
    """Return a name that was not tried yet."""
    return f"{uuid4().hex}@{HOST}"


def churned(stranger: Stranger) -> int:
    """Return how many were checked, where the neighbours ask after every five."""
    until, checked = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        checked += sum(stranger.guesses(KNOWN) for _each in range(5))
        for _each in range(NEIGHBOURS):
            if time.monotonic() < until:
                stranger.posts(login="", password="")
    return checked


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        port = temporary.free_port()
        env = {name: value for name, value in os.environ.items() if "BALISE" not in name}
        env |= {"BALISE_HOME": f"{folder}/home", "DATABASE_URL": "", "VALKEY_URL": ""}
        env |= {"BALISE_HOSTS": HOST, "BALISE_PUBLIC_ADDRESS": f"https://{HOST}"}
        env |= {"BALISE_MAIL": "smtp://127.0.0.1:1025"}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([BALISE, "shell", "-v0", "-c", MAKE], env=env, check=True)
        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        answers = partial(temporary.listens, port)
        with temporary.server(command, answers=answers, log=Path(folder) / "log", env=env):
            stranger = Stranger(port)
            ways: tuple[tuple[str, Callable[[], int]], ...] = (
                ("one account", lambda: in_a_minute(lambda: stranger.guesses(KNOWN))),
                ("one account, after cache churn", lambda: churned(stranger)),
                ("another name each time", lambda: in_a_minute(lambda: stranger.guesses(name()))),
            )
            for way, tries in ways:
                print(f"{way:32} {tries():5}", flush=True)
                time.sleep(SECONDS)  # what is counted by the minute is whole again


if __name__ == "__main__":
    main()
