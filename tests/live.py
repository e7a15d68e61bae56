"""The whole Balise, as `make run` starts it, in a home of its own: for the journeys."""

import email
import email.policy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests import migrated, temporary
from tests.commands import Commands
from tests.temporary import environment
from tests.waiting import until

BALISE = Path(sys.executable).with_name("balise")
OPEN = range(9, 20)  # hours at which a run may begin where a centre in France is
LOG = "run.log"
DATABASE = "balise.sqlite3"  # in a home
LAST_LINES = 30
# The files of editions and of kits that an invented past leaves to the worker.
DRAW = """
from django_tasks_db.models import DBTaskResult
from balise.foundation.journal import clerk
from balise.foundation.tasks import running
while clerk.tick():
    pass
names = ("steering.editions.tasks.draw_files", "awareness.publications.tasks.kits.make_editions")
for row in DBTaskResult.objects.filter(task_path__in=[f"balise.{name}" for name in names]):
    row.claim("furnish")
    if error := running.run(row):
        raise error
"""


@dataclass(frozen=True)
class Live:
    """A running demonstration centre: its address, home and process, and what left it by mail."""

    address: str
    home: Path
    env: dict[str, str]
    pid: int = 0  # while it runs
    commands: Commands | None = None

    def balise(self, *words: str, stdin: str = "") -> str:
        """Run an operators' command against this centre and return what it prints."""
        if self.commands is not None and not stdin:
            done = self.commands.run(*words)
        else:
            done = subprocess.run(  # noqa: S603 - our own command
                [BALISE, *words],
                env=self.env,
                input=stdin,
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 0, f"balise {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def last_words(self) -> str:
        """Return the end of what its processes wrote beside the home."""
        logs = sorted(self.home.parent.glob("*.log"))
        return "".join(
            line for log in logs for line in log.read_text("utf-8").splitlines(True)[-LAST_LINES:]
        )

    def mails(self, *, to: str = "", containing: str = "") -> list[EmailMessage]:
        """Return the mails that left so far, oldest first, narrowed to a recipient and words."""
        found = []
        for file in sorted((self.home / "mail").glob("*.eml")):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            body = mail.get_body(("plain", "html"))
            words = f"{mail['Subject']}\n{body.get_content() if body else ''}"
            if to in str(mail["To"]) and containing in words:
                found.append(mail)
        return found

    def mail(self, *, to: str = "", containing: str = "") -> EmailMessage:
        """Wait for the newest mail to a recipient with these words, and return it."""
        otherwise = f"no mail to {to!r} with {containing!r}"
        return until(lambda: self.mails(to=to, containing=containing), otherwise)[-1]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set a demonstration centre up, once for all that run at the same time: they copy it."""
    return temporary.once(tmp_path_factory.getbasetemp(), "furnished", furnish)


def furnish(home: Path) -> None:
    """Set a demonstration centre up in a home, and draw its files.

    They take twelve seconds of a processor, and each centre that begins with a copy would draw them
    anew. All else that waits for a worker still waits for that of the copy.
    """
    env = environment() | {"BALISE_HOME": str(home), "BALISE_DEMONSTRATION": "1"}
    migrated.copy_to(home / DATABASE)
    for words in (["setup"], ["shell", "-v0", "-c", DRAW]):
        subprocess.run([BALISE, *words], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def demonstration(furnished: Path, web: int, **more: str) -> Iterator[tuple[Live, Path]]:
    """Give a demonstration centre that is to be served on a port; nothing of it runs yet."""
    mail = temporary.free_port()
    address = f"http://127.0.0.1:{web}"
    with temporary.folder() as folder:
        home = folder / "home"
        shutil.copytree(furnished, home)
        env = environment() | {
            "BALISE_HOME": str(home),
            "BALISE_DEMONSTRATION": "1",
            "BALISE_PUBLIC_ADDRESS": address,
            "BALISE_MAIL": f"smtp://127.0.0.1:{mail}",
            "BALISE_PLATFORMS_LOOPBACK": f"http={temporary.free_port()}",
            "BALISE_HASH_SOURCES_LOOPBACK": f"http={temporary.free_port()}",
            # With this nothing is left to settle: `run` need not begin a second time.
            "BALISE_TRACER_LOOPBACK": ",".join(
                f"{name}={temporary.free_port()}" for name in ("dns", "rdap", "whois")
            ),
            "PYTHONUNBUFFERED": "1",
        }
        if datetime.now(ZoneInfo("Europe/Paris")).hour not in OPEN:
            env["BALISE_TIME_ZONE"] = zone_where_it_is(12)
        with closing(Commands(env | more)) as commands:
            yield Live(address, home, env | more, commands=commands), folder


@contextmanager
def centre(furnished: Path, **more: str) -> Iterator[Live]:
    """Start web, worker, tracer and mail in demonstration mode on free ports, with `more` set."""
    web = temporary.free_port()
    with demonstration(furnished, web, **more) as (live, folder):
        log = folder / LOG
        command = [BALISE, "run", "--address", f"127.0.0.1:{web}"]
        answers = partial(temporary.listens, web)
        with temporary.server(command, answers=answers, log=log, env=live.env) as process:
            yield replace(live, pid=process.pid)


def zone_where_it_is(hour: int) -> str:
    """Return a time zone where it is about this hour now."""
    ahead = (hour - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"


@pytest.fixture(scope="session")
def live(furnished: Path) -> Iterator[Live]:
    """Give the centre that most journeys share."""
    with centre(furnished) as started:
        yield started


NOBODY_WAITS = """
from datetime import timedelta
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.helpline.console.models import Danger
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import ItemState, Reason
from balise.helpline.telephony.models import CallBack
for item_id in Item.objects.filter(state__in=(ItemState.WAITING, ItemState.HELD)).values_list("id"):
    waiting.withdraw(item_id=item_id[0], reason=Reason.CLOSED, by=SYSTEM)
Seat.objects.update(state="away")
Danger.objects.filter(ended_at=None).update(ended_at=now())
CallBack.objects.update(due_at=now() + timedelta(days=1))  # none comes in the middle
"""


@pytest.fixture
def nobody_waits(live: Live) -> None:
    """Let nobody wait, be seated or be in danger, whatever was left by others."""
    live.balise("shell", "-v0", "-c", NOBODY_WAITS)


NOBODY_RESTS = "from balise.hotline.welfare.models import Shift; Shift.objects.all().delete()"


@pytest.fixture
def nobody_rests(live: Live) -> None:
    """Let no analyst have looked at anything today, whatever other journeys opened."""
    live.balise("shell", "-v0", "-c", NOBODY_RESTS)
