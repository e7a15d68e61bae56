"""The whole Balise, as `make run` starts it, in a home of its own: for the journeys."""

import email
import email.policy
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests import migrated, temporary
from tests.architecture.reading import SOURCE
from tests.commands import WORKER, Commands
from tests.temporary import environment
from tests.waiting import until

BALISE = Path(sys.executable).with_name("balise")
OPEN = range(9, 20)  # hours at which a run may begin where a centre in France is
FURTHEST_BEHIND, FURTHEST_AHEAD = -12, 14  # hours from UTC
LOG = "run.log"
DATABASE = "balise.sqlite3"  # in a home
LAST_LINES = 30


@dataclass(frozen=True)
class Live:
    """A running demonstration centre: its address, home and process, and what left it by mail."""

    address: str
    home: Path
    env: dict[str, str]
    pid: int = 0  # while it runs
    commands: Commands | None = None

    @property
    def app_address(self) -> str:
        """Return the app's own origin; "" where the app is behind the public door."""
        return self.env.get("BALISE_APP_ADDRESS", "")

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

    def drain(self) -> None:
        """Do all that is due: link and deliver what happened, run the jobs, keep the schedule."""
        self.balise("work", "--once")

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
        """Do what is due, wait for the newest mail with these words, and return it."""
        self.drain()
        otherwise = f"no mail to {to!r} with {containing!r}"
        return until(lambda: self.mails(to=to, containing=containing), otherwise)[-1]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set a demonstration centre up, once for all that run at the same time: they copy it."""
    return temporary.once(tmp_path_factory.getbasetemp(), "furnished", furnish)


def furnish(home: Path) -> None:
    """Set a demonstration centre up in a home, and do all that is due in it.

    Each centre that begins with a copy would do that anew.
    """
    with place() as where:
        shutil.copytree(migrated.kept("set-up", _set_up, name=_of_today()), where.home)
        with served(where, without=(WORKER,)) as centre:
            centre.drain()
        shutil.rmtree(where.home / "mail")
        shutil.copytree(where.home, home, dirs_exist_ok=True, ignore=_sockets)


def _set_up(home: Path) -> None:
    env = environment() | {"BALISE_HOME": str(home), "BALISE_DEMONSTRATION": "1"}
    home.mkdir(mode=0o700, exist_ok=True)
    migrated.copy_to(home / DATABASE)
    subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _of_today() -> str:
    """Return the name of what this code sets up today: a demonstration's past ends today."""
    files = (path for path in SOURCE.rglob("*") if path.is_file() and "tests" not in path.parts)
    code = migrated.hash_of(path for path in files if path.suffix != ".pyc")
    return f"{datetime.now().astimezone():%F}-{code}"


def _copy(home: Path, place: Path) -> None:
    shutil.copytree(home, place, ignore=shutil.ignore_patterns("tests", "journeys"))


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_socket()]


@contextmanager
def place(web: int = 0, **more: str) -> Iterator[Live]:
    """Give a home that is empty, and the ports of the centre that is to be served from it."""
    web = web or temporary.free_port()
    with temporary.folder() as folder:
        home = folder / "home"
        env = environment() | {
            "BALISE_HOME": str(home),
            "BALISE_DEMONSTRATION": "1",
            "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{web}",
            "BALISE_APP_ADDRESS": "",  # a journey of two origins says another
            "BALISE_MAIL": f"smtp://127.0.0.1:{temporary.free_port()}",
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
            yield Live(env["BALISE_PUBLIC_ADDRESS"], home, env | more, commands=commands)


@contextmanager
def demonstration(furnished: Path, web: int, **more: str) -> Iterator[tuple[Live, Path]]:
    """Give a demonstration centre that is to be served on a port; nothing of it runs yet."""
    with place(web, **more) as empty:
        shutil.copytree(furnished, empty.home)
        yield empty, empty.home.parent


@contextmanager
def house(furnished: Path, where: Live, *, without: Sequence[str] = ()) -> Iterator[Live]:
    """Serve a new copy of the demonstration centre at a place, without the programs named."""
    shutil.rmtree(where.home, ignore_errors=True)
    shutil.copytree(furnished, where.home)
    with served(where, without=without) as started:
        yield started


@contextmanager
def served(where: Live, *, without: Sequence[str] = ()) -> Iterator[Live]:
    """Serve what lies at a place, as `balise run` does, without the programs named."""
    log = where.home.parent / LOG
    log.unlink(missing_ok=True)
    address = where.address.removeprefix("http://")
    ports = [int(each.rpartition(":")[2]) for each in (address, where.app_address) if each]
    commands = where.commands
    assert commands is not None
    pid = commands.start("run", "--address", address, log=log, without=without)
    try:
        until(lambda: all(map(temporary.listens, ports)) or not commands.is_running(pid))
        assert commands.is_running(pid), f"the house ended:\n{log.read_text('utf-8')}"
        yield replace(where, pid=pid)
    finally:
        commands.stop(pid)


@contextmanager
def centre(furnished: Path, **more: str) -> Iterator[Live]:
    """Start web, worker, tracer and mail in demonstration mode on free ports, with `more` set."""
    with place(**more) as where, house(furnished, where) as started:
        yield started


def zone_where_it_is(hour: int) -> str:
    """Return a time zone where it is about this hour now, of the same day as in France if it can.

    Zones go from 12 hours behind UTC to 14 before it.
    """
    now = datetime.now(UTC)
    days = (now.astimezone(ZoneInfo("Europe/Paris")).date() - now.date()).days
    ahead = 24 * days + hour - now.hour
    ahead += 24 if ahead < FURTHEST_BEHIND else -24 if ahead > FURTHEST_AHEAD else 0
    return f"Etc/GMT{-ahead:+d}"


@pytest.fixture(scope="session")
def _here() -> Iterator[Live]:
    """Give the place at which one house after the other is served: their code is loaded once."""
    with place() as where:
        yield where


@pytest.fixture(scope="module")
def live(request: pytest.FixtureRequest, furnished: Path, _here: Live) -> Iterator[Live]:
    """Give a house to the journeys of one file; nothing that they leave reaches another file.

    It has no worker but where a file is marked `ticking`: `drain()` does what is due.
    """
    ticks = any(mark.name == "ticking" for mark in request.node.iter_markers())
    with house(furnished, _here, without=() if ticks else (WORKER,)) as started:
        yield started


NOBODY_WAITS = """
from datetime import timedelta
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.models import Danger, Item, Seat
from balise.helpline.queue.rules import ItemState, Reason
from balise.helpline.telephony.models import CallBack
for item_id in Item.objects.filter(state__in=(ItemState.WAITING, ItemState.HELD)).values_list("id"):
    waiting.withdraw(item_id=item_id[0], reason=Reason.CLOSED, by=SYSTEM)
Seat.objects.update(state="away")
Danger.objects.filter(ended_at=None).update(ended_at=now(), is_alone=True, read_by="nobody")
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


if __name__ == "__main__":
    # `python -m tests.live HOME` keeps a home that was set up just now, for the journeys of today.
    migrated.kept("set-up", partial(_copy, Path(sys.argv[1])), name=_of_today())
