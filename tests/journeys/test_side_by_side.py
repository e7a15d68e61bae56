"""Two centres on one machine, side by side: each at its own address, with ports of its own.

Nothing but the address is said; links in mails lead where the centre is served.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests import temporary
from tests.live import BALISE, Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole]


def environment(home: Path) -> dict[str, str]:
    """Return what `make run` begins with, for a home of its own."""
    said = ("BALISE_", "DJANGO_", "DATABASE_URL", "VALKEY_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(said)}
    return env | {"BALISE_HOME": str(home), "BALISE_DEMONSTRATION": "1", "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def centres(furnished: Path) -> Iterator[tuple[Live, Live]]:
    """Start two centres at ports that follow each other."""
    with ExitStack() as stack:
        folder = stack.enter_context(temporary.folder())
        found = []
        for port in (temporary.free_port(), temporary.free_port()):
            home = folder / str(port)
            shutil.copytree(furnished, home)
            env = environment(home)
            running = temporary.server(
                [BALISE, "run", "--address", f"127.0.0.1:{port}"],
                answers=partial(temporary.listens, port),
                log=folder / f"{port}.log",
                env=env,
            )
            process = stack.enter_context(running)
            found.append(Live(f"http://127.0.0.1:{port}", home, env, process.pid))
        yield found[0], found[1]


def served(centre: Live) -> dict[str, str]:
    lines = (centre.home / "served").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_a_link_in_a_mail_leads_to_the_centre_that_sent_it(centres: tuple[Live, Live]) -> None:
    for centre in centres:
        name = f"eden-{centre.address.rpartition(':')[2]}@centre.example"
        centre.balise("accounts", "new", name, "--name", "Eden", "--role", "analyst")
        until(partial(centre.mails, to=name))
        letter = centre.mail(to=name).get_body(("plain",))
        assert letter is not None
        (link,) = re.findall(r"http\S+", letter.get_content())

        assert link.startswith(f"{centre.address}/staff/account/invitation/")
        opened = httpx.get(link, follow_redirects=True, trust_env=False)
        assert opened.status_code == 200
        assert "password1" in opened.text
        # The other one took no mail of it, and does not know the link.
        (other,) = (each for each in centres if each is not centre)
        assert not other.mails(to=name)


def test_each_has_ports_of_its_own(centres: tuple[Live, Live]) -> None:
    ports = [
        re.findall(r"(?<=[=:])\d+", value) for one in centres for value in served(one).values()
    ]
    flat = [port for some in ports for port in some]

    assert len(flat) == len(set(flat)) == 14
    for centre in centres:
        assert served(centre)["BALISE_PUBLIC_ADDRESS"] == centre.address
        answers = httpx.get(f"{centre.address}/fr/", trust_env=False)
        assert answers.status_code == 200
        said = "\n".join(served(centre).values())
        for port in re.findall(r"(?:rdap=|whois=|http=|127\.0\.0\.1:)(\d+)", said):
            until(partial(temporary.listens, int(port)))


def refused(env: dict[str, str], address: str) -> str:
    command = [BALISE, "run", "--address", address]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    return done.stderr


def test_a_port_that_is_taken_is_said_and_a_free_one_offered(
    centres: tuple[Live, Live], furnished: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(furnished, home)
    env = environment(home)
    taken = centres[0].address.removeprefix("http://")
    says = refused(env, taken)

    assert f"{taken} is taken." in says
    offered = re.findall(r"make run ADDRESS=127\.0\.0\.1:(\d+)", says)
    assert len(offered) == 1
    assert not temporary.listens(int(offered[0]))
    assert not (home / "served").exists()


def test_a_home_that_is_served_is_not_served_twice(centres: tuple[Live, Live]) -> None:
    before = served(centres[0])
    says = refused(centres[0].env, f"127.0.0.1:{temporary.free_port()}")

    assert f"is served already, at {centres[0].address}" in says
    assert served(centres[0]) == before
