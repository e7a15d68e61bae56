"""The stream of a listener whose account is disabled: seconds until nothing flows any more.

Starts `balise serve` on SQLite in a home of its own. A listener opens the stream of a conversation;
the young person says something every second; the account is disabled. Whoever holds the stream
opens it again when it is let go. Prints when the last words came after that.

    .venv/bin/python bench/disabled.py [--longest 1200]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

GOAL = 5.0  # seconds
QUIET = 20.0  # seconds without a word, after which nothing flows any more
BALISE = str(ROOT / ".venv/bin/balise")
STREAM = "/staff/helpline/stream/"

MAKE = """
from balise.foundation.accounts import demonstration
from balise.foundation.accounts.queries import actor_of
from balise.helpline.conversations.actions import passing, saying
listener = next(each for each in demonstration.people() if each.role == "listener")
begun = saying.begin(nickname="Renard", language="fr")
passing.join(conversation_id=begun.id, by=actor_of(listener))
print("MADE", begun.id, begun.token, listener.pk)
"""
SAY = """
import time
from uuid import uuid4
from balise.foundation.encryption.worded import Receipt
from balise.helpline.conversations.actions import saying
while True:
    saying.say(token=Receipt({token!r}), text="Tu es là ?", client_id=uuid4())
    time.sleep(1)
"""
DISABLE = """
import time
from uuid import UUID, uuid4
from balise.foundation.accounts import access
from balise.foundation.accounts.actions import people
from balise.foundation.actors import Actor, ActorKind
by = Actor(ActorKind.STAFF, str(uuid4()), frozenset({{access.DISABLE}}))
people.disable(account_id=UUID({account!r}), by=by)
print("DISABLED", time.monotonic())
"""


class Holder:
    """Who holds the stream, and opens it again for as long as that is answered."""

    def __init__(self, browser: httpx.Client, conversation: str) -> None:
        self.browser = browser
        self.asked = {"conversation": conversation}
        self.heard: list[float] = []  # when each word came
        self.ended = 0.0
        # Until commit 5404418 a stream was opened by a ticket in its address, without a cookie.
        token = {"X-CSRFToken": browser.cookies.get("csrf", "")}
        ticket = browser.post(f"/staff/helpline/conversation/{conversation}/ticket/", headers=token)
        if ticket.status_code == httpx.codes.OK:
            self.asked = {"ticket": ticket.json()["ticket"]}
            browser.cookies.clear()

    def hold(self) -> None:
        while self._listen():
            pass
        self.ended = time.monotonic()

    def _listen(self) -> bool:
        with self.browser.stream("GET", STREAM, params=self.asked) as answer:
            for line in answer.iter_lines():
                if line.startswith('data: {"seq'):
                    self.heard.append(time.monotonic())
            return answer.status_code == httpx.codes.OK


def enter(address: str) -> httpx.Client:
    """Return a browser that is signed in as a listener."""
    browser = httpx.Client(base_url=address, follow_redirects=False, timeout=60)
    browser.get("/staff/demonstration/")
    page = browser.get("/staff/demonstration/").text
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    fields = {"role": "listener", "csrfmiddlewaretoken": token}
    referer = {"Referer": f"{address}/staff/demonstration/"}
    browser.post("/staff/demonstration/", data=fields, headers=referer)
    browser.get("/staff/")
    return browser


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--longest", type=float, default=1_200.0, help="seconds to look for")
    longest = asked.parse_args().longest
    with tempfile.TemporaryDirectory() as home:
        port = temporary.free_port()
        address = f"http://127.0.0.1:{port}"
        env = os.environ | {"BALISE_HOME": home, "BALISE_DEMONSTRATION": "1"}
        env |= {"BALISE_HOSTS": "127.0.0.1", "BALISE_PUBLIC_ADDRESS": address, "DATABASE_URL": ""}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)

        def shell(code: str) -> subprocess.Popen[str]:
            command = [BALISE, "shell", "-v0", "-c", code]
            return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)

        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        log = Path(home) / "serve.log"
        with temporary.server(command, answers=lambda: temporary.listens(port), log=log, env=env):
            browser = enter(address)
            made, _none = shell(MAKE).communicate()
            conversation, token, account = made.split("MADE ")[1].split()
            holder = Holder(browser, conversation)
            threading.Thread(target=holder.hold, daemon=True).start()
            child = shell(SAY.format(token=token))
            try:
                while not holder.heard:
                    if holder.ended:
                        sys.exit("the stream was refused")
                    time.sleep(0.1)
                done, _none = shell(DISABLE.format(account=account)).communicate()
                disabled = float(done.split("DISABLED ")[1])  # one clock for all processes
                while time.monotonic() < disabled + longest:
                    time.sleep(0.1)
                    if holder.ended and time.monotonic() > holder.ended + QUIET:
                        break
            finally:
                child.kill()
            after = [each for each in holder.heard if each > disabled]
            lasted = after[-1] - disabled if after else 0.0
            print(f"words heard after the account was disabled: {len(after)}")
            print(f"the last one after {lasted:.1f} s, {'met' if lasted <= GOAL else 'missed'}")
            ends = f"{holder.ended - disabled:.1f} s" if holder.ended else "never"
            print(f"the stream is refused after {ends}")


if __name__ == "__main__":
    main()
