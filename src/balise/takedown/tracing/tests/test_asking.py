"""The tracer as a process of its own: it holds nothing, and its silence is never taken for no."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.waiting import PATIENCE, until

from balise.takedown.tracing.queries import check_many, lanes as tracing_lanes, resolve
from balise.takedown.tracing.queries.lanes import Lanes
from balise.takedown.tracing.rules.looks import UNKNOWN, Answer, Look, to_fields

SECRET = "a-secret-that-must-not-travel"
ONLINE = Look(answer=Answer.ANSWERED, http_status=200)
GONE = Look(answer=Answer.ANSWERED, http_status=410)


def said(*looks: Look) -> bytes:
    """What an honest tracer answers."""
    return json.dumps({"checks": list(map(to_fields, looks))}).encode() + b"\n"


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Path:
    socket_place = tmp_path / "tracer.sock"
    settings.TRACER_SOCKET = socket_place
    return socket_place


@contextmanager
def a_tracer_that_says(place: Path, *lines: bytes) -> Iterator[None]:
    """A tracer that has been taken over: it answers whatever it likes."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(place))
    door.listen()

    def serve() -> None:
        for line in lines:
            caller, _ = door.accept()
            with caller, caller.makefile("rb") as question:
                question.readline()
                caller.sendall(line)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        thread.join(PATIENCE)
        door.close()


class TestTheProcess:
    @pytest.fixture
    def running(self, tmp_path: Path, place: Path) -> Iterator[Path]:
        environment = os.environ | {
            "BALISE_TRACER": str(place),
            "BALISE_HOME": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3?{SECRET}",
            "BALISE_SECRET_KEY": SECRET,
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        command = [sys.executable, "-m", "balise", "tracer"]
        with subprocess.Popen(command, env=environment) as process:  # noqa: S603 - our own program
            until(place.exists)
            yield place
            process.terminate()
            assert process.wait(PATIENCE) == 0

    def test_holds_no_secret_no_database_and_no_key(self, running: Path, tmp_path: Path) -> None:
        held = tracing_lanes.ask_tracer({"do": "inventory"})
        assert set(held["environment"]) <= {"LC_CTYPE"}
        assert SECRET not in json.dumps(held)
        assert not {"django", "sqlite3", "psycopg", "cryptography"} & set(held["packages"])
        assert held["folder"] == "/"
        files = [file for file in held["files"] if str(tmp_path) in file or file.endswith("3")]
        assert files == []
        assert oct(running.stat().st_mode)[-3:] == "660"
        refused = Look(answer=Answer.REFUSED)
        assert check_many(["http://127.0.0.1/", "http://10.0.0.1/"]) == [refused] * 2
        assert resolve("127.0.0.1") == ()


class TestTheClient:
    @pytest.mark.usefixtures("place")
    def test_knows_nothing_when_no_tracer_runs(self) -> None:
        assert check_many(["https://site.example/"] * 3) == [UNKNOWN] * 3
        assert resolve("site.example") == ()

    @pytest.mark.parametrize(
        "line",
        [
            b"",
            b"nonsense\n",
            b"[]\n",
            b'{"checks": []}\n',
            b'{"checks": [5]}\n',
            b'{"checks": [{"status": "certainly"}]}\n',
            b'{"checks": "online"}\n',
            b'{"error": "x"}\n',
        ],
    )
    def test_takes_nonsense_for_unknown(self, place: Path, line: bytes) -> None:
        with a_tracer_that_says(place, line):
            assert check_many(["https://site.example/"]) == [UNKNOWN]

    @pytest.mark.parametrize(
        "addresses", [b'["10.0.0.1"]', b'["8.8.8.8", "::1"]', b'["x"]', b"5", b"[]"]
    )
    def test_believes_no_private_address(self, place: Path, addresses: bytes) -> None:
        with a_tracer_that_says(place, b'{"addresses": ' + addresses + b"}\n"):
            assert resolve("site.example") == ()

    def test_reads_looks_in_order(self, place: Path) -> None:
        with a_tracer_that_says(place, said(GONE, ONLINE)):
            assert check_many(["a", "b"]) == [GONE, ONLINE]

    def test_asks_in_batches(self, place: Path) -> None:
        with a_tracer_that_says(place, said(*[ONLINE] * tracing_lanes.BATCH), said(GONE)):
            looks = check_many(["https://site.example/"] * (tracing_lanes.BATCH + 1))
        assert looks == [ONLINE] * tracing_lanes.BATCH + [GONE]

    def test_does_not_wait_for_ever(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for limit in ("LOOK_SECONDS", "TIMEOUT_SECONDS"):
            monkeypatch.setattr(tracing_lanes, limit, 0.2)
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        door.bind(str(place))
        door.listen()
        with door:
            assert check_many(["https://site.example/"]) == [UNKNOWN]
            assert resolve("site.example") == ()


class TestLanes:
    def test_bring_back_each_batch_by_its_number(self, place: Path) -> None:
        with a_tracer_that_says(place, said(ONLINE), said(GONE, GONE)), Lanes(2) as lanes:
            lanes.send(7, ["a"])
            lanes.send(8, ["b", "c"])
            assert not lanes.is_free
            assert arrivals(lanes) == {7: [ONLINE], 8: [GONE, GONE]}

    @pytest.mark.parametrize("line", [b"", b"nonsense\n", b"[]\n", said(ONLINE), b"[" * 9_000])
    def test_take_nonsense_for_unknown(self, place: Path, line: bytes) -> None:
        with a_tracer_that_says(place, line), Lanes(1) as lanes:
            lanes.send(1, ["a", "b"])
            assert arrivals(lanes) == {1: [UNKNOWN, UNKNOWN]}

    @pytest.mark.usefixtures("place")
    def test_know_nothing_when_no_tracer_runs(self) -> None:
        with Lanes(1) as lanes:
            lanes.send(1, ["a"])
            assert arrivals(lanes) == {1: [UNKNOWN]}

    def test_do_not_wait_for_ever(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("balise.takedown.tracing.queries.lanes.LOOK_SECONDS", 0.2)
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        door.bind(str(place))
        door.listen()
        with door, Lanes(1) as lanes:
            lanes.send(1, ["a"])
            assert arrivals(lanes) == {1: [UNKNOWN]}


def arrivals(lanes: Lanes) -> dict[int, list[Look]]:
    found: dict[int, list[Look]] = {}
    while len(lanes):
        found |= dict(lanes.arrived(within=0.1))
    return found
