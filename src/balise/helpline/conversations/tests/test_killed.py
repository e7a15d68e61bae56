"""A real web server with its worker killed, its line cut and its client impatient: what was
acknowledged is there, once, in order.
"""

import http.client
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from tests import temporary
from tests.waiting import let_pass, until

from balise.foundation.tasks.tests.workers import database_url
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.tests.makers import make_conversation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

BALISE = Path(sys.executable).with_name("balise")
CSRF = "c" * 32


@dataclass(frozen=True)
class Served:
    """A running server: where it listens, and its process."""

    port: int
    pid: int


@pytest.fixture(scope="module")
def served(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the tests' own database, with two workers where it is PostgreSQL."""
    port, folder = temporary.free_port(), tmp_path_factory.mktemp("served")
    workers = "2" if connection.vendor == "postgresql" else "1"
    env = {**os.environ, "DATABASE_URL": database_url(), "BALISE_BELLS": str(folder / "bells")}
    env["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
    command: list[str | Path] = [
        BALISE,
        "serve",
        "--address",
        f"127.0.0.1:{port}",
        "--workers",
        workers,
    ]
    with temporary.server(
        command, answers=lambda: temporary.listens(port), log=folder / "log", env=env
    ) as process:
        yield Served(port, process.pid)


@pytest.fixture
def port(served: Served) -> int:
    return served.port


def request(begun: Begun, text: str, name: str) -> tuple[bytes, bytes]:
    """Return the head and the body of the POST that says something."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, "text": text, "client_id": name}).encode()
    head = (
        "POST /fr/talk/say/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Talk: 1\r\nConnection: close\r\n"
        f"Cookie: csrf={CSRF}; talk={begun.token}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode(), body


def send(port: int, begun: Begun, text: str, name: str) -> int | None:
    """Say something once; return its place, or None where nothing was acknowledged."""
    head, body = request(begun, text, name)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(head + body)
            answer = http.client.HTTPResponse(line)
            answer.begin()
            return int(json.loads(answer.read())["seq"]) if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None


def insist(port: int, begun: Begun, text: str, name: str) -> int:
    """Say something as the page does: again and again, until the house has it."""
    place = until(lambda: send(port, begun, text, name), "the server never came back")
    assert place is not None
    return place


def texts(begun: Begun) -> list[str]:
    one, key = queries.opened(begun.token)
    return [event.text for event in queries.after(one.id, 0, key=key) if event.text]


@dataclass
class Page:
    """An open page that comes back with its place, however often its stream ends."""

    port: int
    begun: Begun
    got: list[tuple[int, str]] = field(default_factory=list)
    is_done: bool = False

    def read(self) -> None:
        while not self.is_done:
            with suppress(OSError, http.client.HTTPException):
                self._read()
            let_pass(0.1)

    def _read(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with closing(line):
            self._read_on(line)

    def _read_on(self, line: http.client.HTTPConnection) -> None:
        place = self.got[-1][0] if self.got else 0
        cookie = {"Cookie": f"talk={self.begun.token}"}
        line.request("GET", f"/stream/talk/?after={place}", headers=cookie)
        answer, data = line.getresponse(), b""
        with closing(answer):
            while not self.is_done and (said := answer.readline()):
                if said.startswith(b'data: {"seq'):
                    data = said[6:]
                elif data and said == b"\n":  # an event is one only when it is whole
                    event, data = json.loads(data), b""
                    self.got.append((event["seq"], event["text"]))


def kill_workers(server: int) -> None:
    """Kill the processes that a server started; it starts others."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # one that has just ended
            words = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
            if int(words["PPid"]) == server:
                os.kill(int(words["Pid"]), signal.SIGKILL)


def test_a_worker_killed_while_people_talk_loses_and_doubles_nothing(served: Served) -> None:
    port, begun, other = served.port, make_conversation(), make_conversation()
    pages = [Page(port, begun), Page(port, begun)]
    reading = [threading.Thread(target=page.read) for page in pages]
    for thread in reading:
        thread.start()
    expected = []
    try:
        for number in range(12):
            if number == 4:
                kill_workers(served.pid)
            insist(port, begun, f"message {number}", str(uuid4()))
            insist(port, other, f"de quelqu'un d'autre {number}", str(uuid4()))
            expected.append(f"message {number}")
        until(lambda: all(len(page.got) == len(expected) for page in pages))
    finally:
        for page in pages:
            page.is_done = True
        for thread in reading:
            thread.join()
    heard = [(place, text) for place, text in enumerate(expected, 1)]
    assert texts(begun) == expected
    assert [page.got for page in pages] == [heard, heard]


def test_the_network_is_cut_in_the_middle_of_a_post(port: int) -> None:
    begun, half, whole = make_conversation(), str(uuid4()), str(uuid4())
    head, body = request(begun, "coupé au milieu", half)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(head + body[: len(body) // 2])
    head, body = request(begun, "coupé avant la réponse", whole)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(head + body)
    first = insist(port, begun, "coupé avant la réponse", whole)
    assert insist(port, begun, "coupé avant la réponse", whole) == first
    second = insist(port, begun, "coupé au milieu", half)
    assert (first, second) == (1, 2)
    assert texts(begun) == ["coupé avant la réponse", "coupé au milieu"]


def test_the_same_words_sent_ten_times_at_once_are_said_once(port: int) -> None:
    begun, name = make_conversation(), str(uuid4())
    places: list[int] = []
    senders = [
        threading.Thread(target=lambda: places.append(insist(port, begun, "une fois", name)))
        for _each in range(10)
    ]
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()
    assert set(places) == {1}
    assert texts(begun) == ["une fois"]
