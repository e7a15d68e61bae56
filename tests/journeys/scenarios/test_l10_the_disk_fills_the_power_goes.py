"""L10: the disk fills during a batch import, the machine loses power, the worker is killed.

What was acknowledged is there, what was not is said, and the figures recount to the same.
"""

import json
import os
import random
import re
import select
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests import migrated, postgres, temporary
from tests.commands import Commands
from tests.journeys.scenarios.faults import children, small_volume
from tests.live import BALISE, DATABASE, environment
from tests.waiting import PATIENCE, let_pass, until

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.safety, pytest.mark.storm]

ROOM = 72  # MiB: the centre, and some thousands of its reports
MORE_ROOM = 512
LINES = 30_000
MOMENTS = (0.2, 6.0)  # seconds after the first receipt, between which the power goes
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)"')
CODE = re.compile(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")
WORDS = "Ce que j’ai écrit avant que le disque soit plein."
DATABASES = ("sqlite", "postgresql")


@dataclass
class Centre:
    """An installed centre, and what of it runs."""

    home: Path
    env: dict[str, str]
    port: int
    commands: Commands

    @property
    def origin(self) -> str:
        """Return where its pages are, as a browser says whose form it sends."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def form(self) -> str:
        """Return the address of the form for a report."""
        return f"{self.origin}/fr/report/"

    def opened(self, browser: httpx.Client) -> str:
        """Open the form, and return its token."""
        token = TOKEN.search(browser.get(self.form).text)
        assert token
        return token[1]

    def sent(
        self, browser: httpx.Client, token: str, number: int, words: str = ""
    ) -> httpx.Response:
        """Send the form that was opened, and return the page that answers."""
        answer = {
            "csrfmiddlewaretoken": token,
            "step": "whole",
            "go": "send",
            "category": "hate",
            "age_band": "adult",
            "follow_up": "yes",
            "description": words,
            "addresses": f"https://site{number}.example/sent/{number}",
        }
        return browser.post(self.form, data=answer, headers={"Origin": self.origin})

    def balise(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run an operators' command to its end."""
        return self.commands.run(*map(str, words))

    @contextmanager
    def serving(self, log: Path) -> Iterator[list[int]]:
        """Let the pages and the worker run, and give their processes."""
        serve = [BALISE, "serve", "--address", f"127.0.0.1:{self.port}"]
        with (
            temporary.server(
                serve, answers=lambda: temporary.listens(self.port), log=log, env=self.env
            ) as web,
            temporary.server([BALISE, "work"], answers=lambda: True, log=log, env=self.env) as work,
        ):
            yield [web.pid, work.pid]

    def holds_together(self) -> None:
        """The journal verifies, and the figures recount to the same."""
        for words in (("work", "--once"), ("journal", "verify"), ("statistics", "recount")):
            done = self.balise(*words)
            assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"


type Install = Callable[..., Centre]


@pytest.fixture
def install() -> Iterator[Install]:
    """Set centres up that have no demonstration, in databases that are migrated already."""
    with ExitStack() as stack:

        def installed(home: Path, **more: str) -> Centre:
            if "DATABASE_URL" not in more:
                home.mkdir(mode=0o700)
                migrated.copy_to(home / DATABASE)
            port = temporary.free_port()
            env = environment() | {
                "BALISE_HOME": str(home),
                "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
                "BALISE_MAIL": f"smtp://127.0.0.1:{temporary.free_port()}",
            }
            # It makes the secret that all other commands read as they begin.
            subprocess.run([BALISE, "setup"], env=env | more, check=True, capture_output=True)  # noqa: S603
            commands = stack.enter_context(closing(Commands(env | more)))
            return Centre(home, env | more, port, commands)

        yield installed


def batch(file: Path) -> Path:
    """Write a batch of reports, each with words that take room."""
    said = "Ce que quelqu’un a écrit de cette page. " * 6
    with file.open("w", encoding="utf-8") as lines:
        for number in range(LINES):
            one = {
                "address": f"https://site{number % 3_500}.example/page/{number}",
                "category": "hate",
                "description": said,
            }
            lines.write(f"{json.dumps(one, ensure_ascii=False)}\n")
    return file


def reports(browser: httpx.Client, centre: Centre, number: int, words: str = "") -> httpx.Response:
    """Send a report, as someone without a script does, and return the page that answers."""
    return centre.sent(browser, centre.opened(browser), number, words)


def counted(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """Return what an import says that it did."""
    return {name: told for name, told in json.loads(done.stdout).items() if isinstance(told, int)}


def test_the_disk_fills_during_a_batch(install: Install, tmp_path: Path) -> None:
    file = batch(tmp_path / "batch.jsonl")
    with small_volume(ROOM) as volume:
        centre = install(volume.place / "home", BALISE_STATIC=str(tmp_path / "static"))
        stopped = centre.balise("import-reports", file, "--json")
        assert stopped.returncode == 3, stopped.stderr
        assert "La même commande reprend" in stopped.stderr
        assert "Traceback" not in stopped.stderr
        taken = counted(stopped)
        assert 0 < taken["new"] < LINES

        # Someone who writes meanwhile is told so, and nothing that they wrote is lost.
        with centre.serving(tmp_path / "log"), httpx.Client(follow_redirects=True) as browser:
            refused = _until_refused(browser, centre)
            assert refused.status_code == 503
            assert WORDS in refused.text

            volume.grow(MORE_ROOM)
            kept = reports(browser, centre, number=LINES + 1, words=WORDS)
            assert CODE.search(kept.text), kept.text

        done = centre.balise("import-reports", file, "--json")
        assert done.returncode == 0, done.stderr
        told = counted(done)
        assert told["known"] >= taken["new"]
        assert told["known"] + told["new"] == LINES
        centre.holds_together()


def _until_refused(browser: httpx.Client, centre: Centre) -> httpx.Response:
    """Write until there is no room for it: the last pages of the database are still free."""
    for number in range(2_000):
        answer = reports(browser, centre, number, words=WORDS * 10)
        if answer.status_code != httpx.codes.OK:
            return answer
    pytest.fail("the volume never filled")


@pytest.fixture(params=DATABASES)
def machine(request: pytest.FixtureRequest) -> Iterator[postgres.Cluster | None]:
    """Give the files of a PostgreSQL that waits for the disk, or none: SQLite."""
    if request.param == "sqlite":
        yield None
        return
    with postgres.cluster() as made:
        yield made


def test_the_power_goes(install: Install, machine: postgres.Cluster | None, tmp_path: Path) -> None:
    moment = random.uniform(*MOMENTS)  # noqa: S311 - another one each time
    file = batch(tmp_path / "batch.jsonl")
    log = tmp_path / "log"
    more = {} if machine is None else {"DATABASE_URL": machine.address_of(postgres.MIGRATED)}
    codes: list[str] = []
    with ExitStack() as power:
        database = () if machine is None else (power.enter_context(machine.running()).pid,)
        centre = install(tmp_path / "home", **more)
        running = power.enter_context(centre.serving(log))
        batches = subprocess.Popen(  # noqa: S603 - our own command
            [BALISE, "import-reports", file, "--json"],
            env=centre.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        writer = threading.Thread(target=_writes, args=(centre, codes), daemon=True)
        writer.start()
        until(lambda: codes, "nothing was reported")
        let_pass(moment)
        _cut(*database, *running, batches.pid)
        batches.wait()
        writer.join(PATIENCE)

    with ExitStack() as power:
        if machine is not None:
            power.enter_context(machine.running())
        with centre.serving(log), httpx.Client(follow_redirects=True) as browser:
            for code in codes:
                assert _is_known(browser, centre, code), f"lost: the power went after {moment}"
        done = centre.balise("import-reports", file, "--json")
        assert done.returncode == 0, done.stderr
        told = counted(done)
        assert told["known"] + told["new"] == LINES
        assert told["refused"] == 0
        centre.holds_together()


def test_the_database_stops_and_comes_back(install: Install, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with ExitStack() as house, postgres.cluster() as files:
        with files.running():
            centre = install(tmp_path / "home", DATABASE_URL=files.address_of(postgres.MIGRATED))
            house.enter_context(centre.serving(log))
            browser = house.enter_context(httpx.Client(follow_redirects=True, timeout=PATIENCE))
            first = CODE.search(reports(browser, centre, number=1).text)
            assert first
            form = centre.opened(browser)
            home = centre.form.replace("/report/", "/")
            assert _shows(browser, home, old=False)
        _waits_for_a_copy(browser, home, old=True)
        refused = centre.sent(browser, form, number=2, words=WORDS)
        assert refused.status_code == 503
        assert WORDS in refused.text

        # The same processes go on once it is there again, and what was given is known.
        with files.running():
            second = CODE.search(reports(browser, centre, number=2, words=WORDS).text)
            assert second
            for code in (first[0], second[0]):
                assert _is_known(browser, centre, code)
            _waits_for_a_copy(browser, home, old=False)
            centre.holds_together()
            house.close()


def _waits_for_a_copy(browser: httpx.Client, home: str, *, old: bool) -> None:
    """See that the first page answers on, with the numbers, and soon says whether it is old."""
    until(lambda: _shows(browser, home, old=old))


def _shows(browser: httpx.Client, home: str, *, old: bool) -> bool:
    answer = browser.get(home)
    assert answer.status_code == httpx.codes.OK
    assert 'href="tel:3018"' in answer.text
    return ('class="as-of"' in answer.text) is old


def _writes(centre: Centre, codes: list[str]) -> None:
    """Report again and again, until nobody answers; note each code that was given."""
    try:
        for number in range(100_000):
            with httpx.Client(follow_redirects=True, timeout=PATIENCE) as browser:
                code = CODE.search(reports(browser, centre, number).text)
            if code:
                codes.append(code[0])
    except (httpx.HTTPError, AssertionError):
        return


def _cut(*processes: int) -> None:
    """End all of them at once, with all that they started: none can say goodbye.

    One that is ending still holds its port, and would be taken for the server that follows it.
    """
    family = [each for one in processes for each in (one, *_all_below(one))]
    for each in family:
        os.kill(each, signal.SIGSTOP)
    ends = [os.pidfd_open(each) for each in family]
    for each in family:
        os.kill(each, signal.SIGKILL)
    for end in ends:
        select.select([end], [], [], PATIENCE)
        os.close(end)


def _all_below(parent: int) -> Iterator[int]:
    for child in children(parent):
        yield child
        yield from _all_below(child)


def _is_known(browser: httpx.Client, centre: Centre, code: str) -> bool:
    """Return whether someone who brings this code reads what became of their report."""
    browser.cookies.clear()
    address = centre.form.replace("/report/", "/follow/")
    token = TOKEN.search(browser.get(address).text)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "code": code}
    answer = browser.post(address, data=sent, headers={"Origin": centre.origin})
    return answer.status_code == httpx.codes.OK and "follow/message/" in answer.text
