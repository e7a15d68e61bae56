"""Two centres in two countries, each with its own home and processes, write to each other.

A content that was reported at one and is hosted in the other's country goes there and comes back,
also when the other is down for a while, and when we die between sending and noting.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import migrated, temporary
from tests.commands import Commands
from tests.live import DATABASE
from tests.waiting import PATIENCE, until

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.storm]

BALISE = Path(sys.executable).with_name("balise")
EXCHANGE = "/staff/takedown/exchange/"
ACTORS = """
from balise.foundation.accounts.demonstration import people
from balise.foundation.accounts.queries import actor_of
by = {account.role: actor_of(account) for account in people()}
"""


class Wire:
    """A wire to a centre's door, which can be cut after the answer is there and before it is heard.

    It is the address that the other hotline knows.
    """

    def __init__(self) -> None:
        self.to = 0
        self.before_answer: Callable[[], None] | None = None
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listens.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listens.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _where = self._listens.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near:
            try:
                far = socket.create_connection(("127.0.0.1", self.to), timeout=5)
            except OSError:
                return
            with far:
                threading.Thread(target=self._copy, args=(near, far), daemon=True).start()
                try:
                    while piece := far.recv(65_536):
                        cut, self.before_answer = self.before_answer, None
                        if cut is not None:
                            cut()
                            return
                        near.sendall(piece)
                except OSError:
                    return

    def _copy(self, near: socket.socket, far: socket.socket) -> None:
        try:
            while piece := near.recv(65_536):
                far.sendall(piece)
        except OSError:
            return


@dataclass
class Hotline:
    """One centre: its door, its worker, and people who sign in."""

    home: Path
    port: int
    env: dict[str, str]
    neighbour: str = ""  # the page of the other hotline, once it is known
    running: ExitStack = field(default_factory=ExitStack)
    worker: subprocess.Popen[bytes] | None = None
    commands: Commands = field(init=False)

    def __post_init__(self) -> None:
        self.commands = Commands(self.env)

    def balise(self, *words: str) -> str:
        """Run an operators' command and return what it prints."""
        done = self.commands.run(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def ask(self, code: str) -> Any:
        """Run Python among its tables and return what it prints, read as JSON."""
        code = f"import json\n{ACTORS}\n{code}"
        return json.loads(self.balise("shell", "--no-imports", "-c", code).splitlines()[-1])

    def open(self) -> None:
        """Open the door, and let a worker work."""
        self.open_door()
        self.start_worker()

    def open_door(self) -> None:
        command = [BALISE, "serve", "--address", f"127.0.0.1:{self.port}"]
        self.running.enter_context(
            temporary.server(
                command,
                answers=lambda: temporary.listens(self.port),
                log=self.home / "serve.log",
                env=self.env,
            )
        )

    def start_worker(self) -> None:
        self.worker = self.running.enter_context(
            temporary.server(
                [BALISE, "work"], answers=lambda: True, log=self.home / "work.log", env=self.env
            )
        )

    def close(self) -> None:
        """Shut the door and stop the worker."""
        self.running.close()
        self.running = ExitStack()

    @contextmanager
    def signed_in(self, role: str) -> Iterator[httpx.Client]:
        """Give a browser in which someone of this role is signed in."""
        with httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", follow_redirects=True, timeout=30
        ) as browser:
            send(browser, "/staff/demonstration/", {"role": role})
            yield browser


def send(browser: httpx.Client, path: str, fields: dict[str, str], *, at: str = "") -> str:
    """Fill in the form of a page (`at`, else the same) and return the page that follows."""
    page = browser.get(at or path)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token, page.text[:500]
    answer = browser.post(path, data={"csrfmiddlewaretoken": token[1], **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


PEOPLE = """
from balise.foundation.accounts.demonstration import create_demonstration_accounts
create_demonstration_accounts()
"""


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.close()


@pytest.fixture(scope="module")
def hotlines(wire: Wire, furnished: Path) -> Iterator[tuple[Hotline, Hotline]]:
    """Two centres that have approved each other: France, and Luxembourg behind the wire."""
    with temporary.folder() as folder, ExitStack() as stack:
        ours = _made(folder / "fr", "fr", port=temporary.free_port())
        shutil.copytree(furnished, ours.home)
        wire.to = temporary.free_port()
        theirs = _made(folder / "lu", "lu", port=wire.to, known_at=wire.port)
        # Its people, without a past to tell.
        bare = theirs.env | {"BALISE_DEMONSTRATION": "0", "BALISE_MODULES": "cybertips,exchange"}
        theirs.home.mkdir(parents=True, exist_ok=True)
        migrated.copy_to(theirs.home / DATABASE)
        subprocess.run([BALISE, "setup"], env=bare, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        theirs.balise("shell", "-v0", "-c", PEOPLE)
        for one in (ours, theirs):
            stack.callback(one.commands.close)
            stack.callback(one.close)
            one.open()
        for here, there, serves in ((ours, theirs, "LU"), (theirs, ours, "FR")):
            card = there.balise("exchange", "card", "--json")
            with here.signed_in("analyst") as first:
                others = _listed(first)  # the demonstration has hotlines of its own
                send(first, f"{EXCHANGE}hotlines/", {"card_text": card, "serves": serves})
                (peer,) = _listed(first) - others
                here.neighbour = peer
            with here.signed_in("hotline_lead") as second:
                approve = re.search(rf"{peer}cards/[0-9a-f-]+/approve/", second.get(peer).text)
                assert approve
                send(second, approve[0], {}, at=peer)
        yield ours, theirs


def _listed(browser: httpx.Client) -> set[str]:
    """Return the addresses of the hotlines abroad that a page lists."""
    page = browser.get(f"{EXCHANGE}hotlines/").text
    return set(re.findall(rf"{EXCHANGE}hotlines/[0-9a-f-]{{36}}/", page))


def _made(home: Path, country: str, *, port: int, known_at: int = 0) -> Hotline:
    kept_out = ("BALISE_", "DJANGO_", "DATABASE_URL", "VALKEY_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(kept_out)}
    env |= {
        "BALISE_HOME": str(home),
        "BALISE_COUNTRY": country,
        "BALISE_DEMONSTRATION": "1",
        "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{known_at or port}",
        "BALISE_MAIL": f"smtp://127.0.0.1:{temporary.free_port()}",
        "PYTHONUNBUFFERED": "1",
    }
    return Hotline(home, port, env)


def decided_abroad(ours: Hotline, number: int) -> str:
    """Return a content that was reported here, found illegal, and is hosted in Luxembourg."""
    return str(
        ours.ask(f"""
from balise.foundation.clock import now, today
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import blind
from balise.hotline.reports.actions import assessing, claiming, intake, removal
from balise.hotline.reports.models import Report
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.given import Incoming
from balise.hotline.reports.rules.words import Channel, Confidence, Ground, Verdict
from balise.takedown.tracing.rules.addresses import read_address
text = "https://photos.example/album/{number}"
place = places.on_the_web(read_address(text), text=text)
taken = intake.receive(incoming=Incoming(key=blind("hotline", "import", text),
    channel=Channel.WEB, answers=Answers(places=(place,), category="hate"), language="fr",
    received_at=now(), is_finished=True), by=SYSTEM)
content = Report.objects.get(id=taken.report_id).contents.get()
decision = assessing.Decision(verdict=Verdict.ILLEGAL, category="hate",
    offence="hate-incitement", facts_on=today(), confidence=Confidence.SURE, rationale="Oui.",
    ground=Ground.LOOKED)
claiming.claim(content_id=content.id, by=by["analyst"])
claiming.note_opened(content_id=content.id, by=by["analyst"])
assessing.assess(content_id=content.id, decision=decision, by=by["analyst"])
removal.note_hosting(content_id=content.id, country="LU", network=64500, by=by["analyst"])
print(json.dumps(str(content.id)))
""")
    )


def handed_over(ours: Hotline, content: str) -> None:
    path = f"/staff/hotline/contents/{content}/abroad/"
    with ours.signed_in("analyst") as analyst:
        peer = ours.neighbour.rstrip("/").rpartition("/")[2]
        assert f'<option value="{peer}"' in analyst.get(path).text
        send(analyst, path, {"peer_id": peer, "words": "Appelle à frapper des gens."})


def stands(ours: Hotline, content: str) -> list[str]:
    """Return the states of a content's transfers, and of the content."""
    found: list[str] = ours.ask(f"""
from balise.hotline.reports.models import Content
from balise.takedown.onward.exchange.models import Transfer
states = list(Transfer.objects.filter(subject="{content}").values_list("state", flat=True))
print(json.dumps([*states, Content.objects.get(id="{content}").state]))
""")
    return found


def received(theirs: Hotline) -> dict[str, int]:
    """Return what the other hotline got: transfers, and reports by the network."""
    found: dict[str, int] = theirs.ask("""
from balise.hotline.reports.models import Report
from balise.takedown.onward.exchange.models import Transfer
print(json.dumps({"transfers": Transfer.objects.filter(direction="in").count(),
    "reports": Report.objects.filter(channel="network").count()}))
""")
    return found


def letters(ours: Hotline) -> int:
    """Return how many letters lie here until they arrive."""
    return sum(json.loads(ours.balise("exchange", "letters", "--json")).values())


def test_a_content_goes_there_and_its_outcome_comes_back(
    hotlines: tuple[Hotline, Hotline],
) -> None:
    ours, theirs = hotlines
    content = decided_abroad(ours, 1)
    handed_over(ours, content)
    until(lambda: received(theirs) == {"transfers": 1, "reports": 1})
    until(lambda: stands(ours, content) == ["accepted", "removing"])
    theirs.ask("""
from balise.foundation.clock import now, today
from balise.hotline.reports.actions import assessing, claiming, removal
from balise.hotline.reports.models import Report
from balise.hotline.reports.rules.words import Confidence, Ground, Verdict
content = Report.objects.get(channel="network").contents.get()
from balise.takedown.law.rules import offences
from django.conf import settings
offence = next(one for one in offences(today(), country=settings.COUNTRY) if not one.second_look)
decision = assessing.Decision(verdict=Verdict.ILLEGAL, category=content.category,
    offence=offence.code, facts_on=today(), confidence=Confidence.SURE, rationale="Oui.",
    ground=Ground.LOOKED)
claiming.claim(content_id=content.id, by=by["analyst"])
claiming.note_opened(content_id=content.id, by=by["analyst"])
assessing.assess(content_id=content.id, decision=decision, by=by["analyst"])
removal.note_removed(content_id=content.id, at=now(), by=by["analyst"])
print(json.dumps(True))
""")
    until(lambda: stands(ours, content) == ["closed", "removed"])
    with ours.signed_in("analyst") as analyst:
        page = analyst.get(EXCHANGE).text
        assert "Terminé" in page
        assert "Retiré" in page


def test_nothing_is_lost_while_they_are_down(hotlines: tuple[Hotline, Hotline]) -> None:
    ours, theirs = hotlines
    before = received(theirs)["transfers"]
    lying = letters(ours)
    theirs.close()
    content = decided_abroad(ours, 2)
    handed_over(ours, content)
    until(lambda: stands(ours, content) == ["sent", "removing"])
    assert letters(ours) == lying + 1
    theirs.open()
    ours.balise("exchange", "carry")
    until(lambda: received(theirs)["transfers"] == before + 1)
    until(lambda: stands(ours, content) == ["accepted", "removing"])
    until(lambda: letters(ours) == lying)


def test_nothing_comes_twice_where_we_die_between_sending_and_noting(
    hotlines: tuple[Hotline, Hotline], wire: Wire
) -> None:
    ours, theirs = hotlines
    before = received(theirs)
    died = threading.Event()

    def die() -> None:
        assert ours.worker is not None
        os.kill(ours.worker.pid, signal.SIGKILL)
        died.set()

    content = decided_abroad(ours, 3)
    wire.before_answer = die
    handed_over(ours, content)
    assert died.wait(PATIENCE), "the letter was not sent"
    assert stands(ours, content) == ["sent", "removing"]  # they have it; we do not know
    until(lambda: received(theirs)["transfers"] == before["transfers"] + 1)
    ours.start_worker()
    ours.balise("exchange", "carry")
    until(lambda: stands(ours, content) == ["accepted", "removing"])
    assert received(theirs) == {name: count + 1 for name, count in before.items()}
