"""Attacks on a centre that serves, each bounded; and how long people wait beside them.

`bench/crowd.py` prints the figures, `test_slow.py` asks that they stay within their bound.
"""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from secrets import token_hex
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

KIB: Final = 1 << 10
MIB: Final = 1 << 20
PIECE: Final = 16 * KIB
EVERY: Final = 0.05  # seconds between two reports, and between two messages
PATIENCE: Final = 60.0
CSRF: Final = "c" * 32
FORM: Final = "application/x-www-form-urlencoded"
OCTETS: Final = "application/octet-stream"
AUTH: Final = "cd" * 32
# What is told of a body, and how much of it is sent at once; the rest comes an octet a second.
HELD: Final = (
    ("POST", "/fr/report/", FORM, 10_000, 1),
    ("POST", "/fr/talk/say/", FORM, 64 * 1024, 64 * 1024 - 100),
    ("POST", "/fr/report/", FORM, MIB, MIB - 100),
    ("PUT", "/app/vault/backup/" + "ab" * 32 + "/0?of=1", OCTETS, MIB, MIB - 100),
)
# A child who talks: run in the centre, it prints what their browser holds.
TALK: Final = """
from balise.helpline.conversations.actions import saying
print("talk=" + str(saying.ask(nickname="Renard").token))
"""


@dataclass
class Waited:
    """How many seconds each answer took, and what was not answered as it is when all is quiet."""

    took: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Return the time within which this share of all was answered."""
        return sorted(self.took)[min(len(self.took) - 1, int(len(self.took) * share))]


def ask(port: int, method: str, path: str, body: bytes, kind: str, **headers: str) -> int:
    """Send a request on a connection of its own; return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    told = {"Content-Type": kind, "Accept": "*/*", "Cookie": f"csrf={CSRF}"}
    try:
        connection.request(method, path, body, told | headers)
        return connection.getresponse().status
    finally:
        connection.close()


def report(port: int) -> bool:
    """Send a whole report; return whether there was a receipt."""
    fields = {"csrfmiddlewaretoken": CSRF, "step": "whole", "go": "send", "category": "hate"}
    fields |= {"age_band": "adult", "follow_up": "yes", "description": "What is there"}
    fields["addresses"] = f"https://{token_hex(8)}.example/page"
    status = ask(port, "POST", "/fr/report/", urlencode(fields).encode(), FORM)
    return status == http.HTTPStatus.FOUND


def message(port: int, talk: str) -> bool:
    """Send a message of a chat that has begun; return whether it was kept."""
    fields = {"csrfmiddlewaretoken": CSRF, "text": "Tu es là ?", "client_id": str(uuid4())}
    cookies = f"csrf={CSRF}; {talk}"
    body = urlencode(fields).encode()
    told = {"Cookie": cookies, "X-Talk": "1"}
    return ask(port, "POST", "/fr/talk/say/", body, FORM, **told) == http.HTTPStatus.OK


@contextmanager
def people(port: int, talk: str) -> Iterator[tuple[Waited, Waited]]:
    """Let someone report and someone write, again and again; give how long each waited."""
    found = Waited(), Waited()
    over = threading.Event()

    def go_on(one: Callable[[], bool], waited: Waited) -> None:
        while not over.wait(EVERY):
            began = time.monotonic()
            with suppress(OSError):
                if one():
                    waited.took.append(time.monotonic() - began)
                    continue
            waited.refused.append(len(waited.took))

    ways = (lambda: report(port), lambda: message(port, talk))
    senders = [threading.Thread(target=go_on, args=pair) for pair in zip(ways, found, strict=True)]
    for sender in senders:
        sender.start()
    try:
        yield found
    finally:
        over.set()
        for sender in senders:
            sender.join()


@contextmanager
def held(port: int, many: int) -> Iterator[list[socket.socket]]:
    """Hold so many connections: heads that never end, bodies an octet a second, slow readers."""
    over = threading.Event()
    with ExitStack() as stack:
        held = [stack.enter_context(_begun(port, nth)) for nth in range(many)]

        def drip() -> None:
            while not over.wait(1.0):
                for nth, one in enumerate(held):
                    with suppress(OSError):
                        one.send(b"a" if nth % 6 else b"a: b\r\nx")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield held
        finally:
            over.set()
            dripping.join()


def _begun(port: int, nth: int) -> socket.socket:
    """Return a connection on which something was begun that does not end."""
    one = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    if nth % 6 == 0:
        one.sendall(b"POST /fr/report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nx")
    elif nth % 6 == 1:  # it reads nothing
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        one.sendall(b"GET /fr/resources/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20)
    else:
        method, path, kind, length, at_once = HELD[nth % 6 - 2]
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        head += f"Authorization: Bearer {AUTH}\r\nCookie: csrf={CSRF}\r\n"
        with suppress(OSError):  # cut at once
            one.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode() + b"a" * at_once)
    return one


@contextmanager
def crowd(one: Callable[[], object], *, at_once: int) -> Iterator[None]:
    """Let so many strangers do the same thing again and again, in a process of their own."""
    strangers = get_context("fork").Process(target=_crowd, args=(one, at_once), daemon=True)
    strangers.start()
    try:
        yield
    finally:
        strangers.terminate()
        strangers.join()


def _crowd(one: Callable[[], object], at_once: int) -> None:
    def go_on() -> None:
        while True:
            with suppress(OSError):
                one()

    for _nth in range(at_once):
        threading.Thread(target=go_on, daemon=True).start()
    threading.Event().wait()


def upload(port: int) -> int:
    """Send a piece of a backup of 1 MiB."""
    return put(port, token_hex(32), "0?of=1", bytes(MIB))


def put(port: int, where: str, query: str, octets: bytes) -> int:
    """Send a piece of a backup; `query` is its number, and of how many it is."""
    path = f"/app/vault/backup/{where}/{query}"
    return ask(port, "PUT", path, octets, OCTETS, Authorization=f"Bearer {AUTH}")


def put_three(port: int) -> str:
    """Send three pieces of 16 KiB that links can name; return where they are."""
    where = token_hex(32)
    for nth in range(3):
        head = b"age-encryption.org/v1\n" if not nth else b""
        put(port, where, f"{nth}?of=3&passing", head.ljust(PIECE, b"a"))
    return where


def link(port: int, where: str) -> int:
    """Ask for a link to three pieces."""
    fields = {"locator": where, "auth": AUTH, "first": 0, "skip": 0, "pieces": 3}
    fields |= {"secret": token_hex(32), "openings": 10, "days": 30, "bytes": 3 * PIECE}
    body = urlencode(fields).encode()
    return ask(port, "POST", "/app/vault/link", body, FORM, Authorization=f"Bearer {AUTH}")


def badge(port: int) -> int:
    """Have a badge checked that is none."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, "text": '{"a": ' * 200}).encode()
    return ask(port, "POST", "/fr/badges/verify/", body, FORM)
