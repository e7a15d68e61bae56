"""Where `balise run` serves a centre, and the ports that follow."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from tests import temporary

from balise.config import environment
from balise.config.management import places
from balise.config.management.addresses import Address


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        *("PUBLIC_ADDRESS", "APP_ADDRESS", "MAIL", "TRACER_LOOPBACK"),
        *("PLATFORMS_LOOPBACK", "HASH_SOURCES_LOOPBACK"),
    ):
        monkeypatch.delenv(f"BALISE_{name}", raising=False)


def ports_of(found: dict[str, str]) -> list[int]:
    return [int(port) for port in re.findall(r"(?<=[=:])\d+", "\n".join(found.values()))]


class TestSettled:
    def test_says_the_address_and_free_ports_after_it(self) -> None:
        port = temporary.free_port()
        found = places.settled(Address("127.0.0.1", port), is_demonstration=True)

        assert found["BALISE_PUBLIC_ADDRESS"] == f"http://127.0.0.1:{port}"
        assert found["BALISE_APP_ADDRESS"].startswith("http://127.0.0.1:")
        assert len(set(ports_of(found))) == 8

    def test_leaves_a_port_that_is_taken(self) -> None:
        where = Address("127.0.0.1", temporary.free_port())
        mail = places.settled(where, is_demonstration=True)["BALISE_MAIL"]
        with socket.create_server(("127.0.0.1", int(mail.rpartition(":")[2]))):
            assert places.settled(where, is_demonstration=True)["BALISE_MAIL"] != mail

    def test_leaves_out_what_the_environment_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_MAIL", "smtp://127.0.0.1:2525")
        monkeypatch.setenv("BALISE_PUBLIC_ADDRESS_FILE", "/run/address")

        found = places.settled(Address("127.0.0.1", 8101), is_demonstration=True)
        assert set(found) == {
            *("BALISE_APP_ADDRESS", "BALISE_TRACER_LOOPBACK", "BALISE_PLATFORMS_LOOPBACK"),
            "BALISE_HASH_SOURCES_LOOPBACK",
        }

    def test_says_the_address_alone_of_a_real_centre(self) -> None:
        found = places.settled(Address("0.0.0.0", 8101), is_demonstration=False)  # noqa: S104

        assert found == {"BALISE_PUBLIC_ADDRESS": "http://127.0.0.1:8101"}


class TestKeep:
    def test_is_read_back_by_the_settings(self, tmp_path: Path) -> None:
        found = places.settled(Address("127.0.0.1", 8101), is_demonstration=True)

        assert environment.served(tmp_path) == {}
        assert places.keep(tmp_path, found)
        assert environment.served(tmp_path) == found
        assert not places.keep(tmp_path, found)


def test_a_taken_place_is_said_with_a_free_one_to_type() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        where = Address("127.0.0.1", other.getsockname()[1])
        with pytest.raises(CommandError, match=f"{where} is taken.*ADDRESS=127.0.0.1:"):
            places.make_sure_is_ours(where)


def test_a_home_is_held_by_one_process(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from balise.config.management import places
held = places.hold(Path({str(tmp_path)!r}), address="http://127.0.0.1:8101")
"""
    command = [sys.executable, "-c", code]
    with places.hold(tmp_path, address="http://127.0.0.1:8101"):
        held = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    free = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603

    assert "is served already, at http://127.0.0.1:8101" in held.stderr
    assert free.returncode == 0
