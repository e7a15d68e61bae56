"""The hasher: one picture at an address, read in memory, or a plain refusal."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.files.redrawing import KIND
from balise.foundation.limited.child import CannotWork
from balise.hotline.matching.signals.documents import reading
from balise.hotline.matching.signals.documents.apart import NotHashed, hash_file
from balise.hotline.matching.signals.documents.hasher import (
    ADDRESS,
    NO_ANSWER,
    NOT_ALLOWED,
    STATUS,
    asked,
    read_and_hash,
)
from balise.hotline.matching.signals.tests import files

DRAWING = files.file(kind="JPEG")


class Drawings(BaseHTTPRequestHandler):
    """A server of drawings, a text and a redirect."""

    def do_GET(self) -> None:
        found = {"/drawing.jpg?size=1": DRAWING, "/words.jpg": b"Dear all,"}.get(self.path)
        if self.path == "/moved.jpg":
            self.send_response(302)
            self.send_header("Location", "/drawing.jpg?size=1")
        else:
            self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(found or b"")))
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def drawings() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Drawings)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION = True
    settings.HASHER_BASIS = "drawings"


def test_a_drawing_on_this_machine_is_hashed(drawings: str, demonstration: None) -> None:
    assert reading.hash_at(f"{drawings}/drawing.jpg?size=1#top") == hash_file(DRAWING)


@pytest.mark.parametrize(
    ("place", "why"), [("/words.jpg", KIND), ("/moved.jpg", STATUS), ("/none.jpg", STATUS)]
)
def test_what_is_no_picture_is_refused(
    drawings: str, demonstration: None, place: str, why: str
) -> None:
    with pytest.raises(NotHashed) as refused:
        reading.hash_at(drawings + place)
    assert refused.value.why == why


def test_nothing_is_read_without_a_legal_basis(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HASHER_BASIS = ""
    monkeypatch.setattr(reading, "call", lambda *_args, **_limits: pytest.fail("a child began"))
    with pytest.raises(reading.HasherOff):
        reading.hash_at("http://127.0.0.1/drawing.jpg")
    assert not reading.is_on()


@pytest.mark.parametrize(
    "address",
    [
        "http://93.184.215.14/drawing.jpg",
        "http://10.0.0.1/drawing.jpg",
        "https://[2606:2800:21f:cb07::1]/drawing.jpg",
    ],
)
def test_a_demonstration_reads_on_this_machine_alone(address: str) -> None:
    with pytest.raises(CannotWork, match=NOT_ALLOWED):
        read_and_hash(asked(address, is_demonstration=True))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/drawing.jpg",
        "http://localhost/drawing.jpg",
        "http://[::1]/drawing.jpg",
        "http://10.0.0.1/drawing.jpg",
        "http://169.254.169.254/latest",
        "http://0x7f000001/drawing.jpg",
        "http://2130706433/drawing.jpg",
        "http://93.184.215.14:8080/drawing.jpg",
        "http://93.184.215.14:22/drawing.jpg",
    ],
)
def test_a_centre_reads_from_the_public_internet_alone(address: str) -> None:
    with pytest.raises(CannotWork, match=NOT_ALLOWED):
        read_and_hash(asked(address, is_demonstration=False))


def test_one_address_of_a_name_that_is_not_public_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(0, 0, 0, "", (ip, 80)) for ip in ("93.184.215.14", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    with pytest.raises(CannotWork, match=NOT_ALLOWED):
        read_and_hash(asked("http://pictures.example/drawing.jpg", is_demonstration=False))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "drawing.jpg",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://",
        "http://a:b@c.example/",
        "http://127.0.0.1:99999/",
        "http://[::1/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(CannotWork, match=ADDRESS):
        read_and_hash(asked(address, is_demonstration=True))


def test_a_server_that_does_not_answer_is_said(drawings: str) -> None:
    refused = f"{drawings.rpartition(':')[0]}:1/drawing.jpg"
    with pytest.raises(CannotWork, match=NO_ANSWER):
        read_and_hash(asked(refused, is_demonstration=True))
