"""Seventeen platforms of our own on the loopback: APIs, portals and forms; each as it is.

The first part of a path is the platform's host. What it was told it keeps in memory alone, and says
on no line what that was.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from balise.foundation.url import split_url
from balise.helpline.removals.doubles.behaviours import BEHAVIOURS, Behaviour, Manner, Way

_QUESTION = "Which of the pictures on this page is it?"
_LARGEST = 1_000_000
# What a notice in our own form must say for an API to take it.
_NEEDED = frozenset({"number", "locations", "explanation", "article", "in_good_faith"})


@dataclass
class HeldNotice:
    """A notice that a platform holds."""

    ticket: str
    body: dict[str, Any]
    at: float
    answers: list[str] = field(default_factory=list)


class Platforms(ThreadingHTTPServer):
    """All seventeen. `hurry` divides their seconds; the first `failures` calls of FLAKY fail."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int] = ("127.0.0.1", 0), *, hurry: float = 1.0) -> None:
        super().__init__(address, _Answers)
        self.hurry = hurry
        self.failures = 2
        self.drops_first = False  # FLAKY takes it and falls silent, rather than failing
        self.told: dict[tuple[str, str], HeldNotice] = {}
        self.calls: list[tuple[str, str]] = []
        self._failed: dict[str, int] = {}
        self._turn = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_port

    def take(self, host: str, key: str, body: dict[str, Any]) -> HeldNotice:
        """Take a notice under its key: the same key twice is one notice."""
        with self._turn:
            number = f"{host.partition('.')[0]}-{len(self.told) + 1}"
            return self.told.setdefault((host, key), HeldNotice(number, body, time.monotonic()))

    def by_ticket(self, host: str, ticket: str) -> HeldNotice | None:
        """Return what a platform holds under its own number."""
        with self._turn:
            held = [one for (of, _key), one in self.told.items() if of == host]
        return next((one for one in held if one.ticket == ticket), None)

    def fails_now(self, host: str) -> bool:
        """Return whether a flaky platform fails this time."""
        with self._turn:
            self._failed[host] = self._failed.get(host, 0) + 1
            return self._failed[host] <= self.failures

    def says(self, behaviour: Behaviour, told: HeldNotice) -> dict[str, str]:
        """Return what a platform says of a notice now."""
        is_time = time.monotonic() - told.at >= behaviour.seconds / self.hurry
        match behaviour.manner:
            case Manner.SILENT:
                return {"state": "new"}
            case Manner.ASKING if not told.answers:
                return {"state": "question", "text": _QUESTION}
            case _ if is_time:
                return {"state": "decided", "decision": behaviour.decision}
        return {"state": "received"}


class _Answers(BaseHTTPRequestHandler):
    server: Platforms
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_words: object) -> None:
        """Write no log: an address is a young person's secret."""

    def _answer(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
        octets = self.rfile.read(length)
        host, *rest = split_url(self.path).path.strip("/").split("/")
        behaviour = BEHAVIOURS.get(host)
        self.server.calls.append((self.command, self.path))
        if behaviour is None:
            self._say(404, {"title": "no such platform"})
        elif behaviour.way is Way.API:
            self._api(behaviour, rest, octets)
        else:
            self._page(behaviour, octets)

    def _api(self, behaviour: Behaviour, rest: list[str], octets: bytes) -> None:
        is_flaky = behaviour.manner is Manner.FLAKY and self.command == "PUT"
        if is_flaky and self.server.fails_now(behaviour.host):
            if self.server.drops_first:
                self.server.take(behaviour.host, rest[-1], _object(octets) or {})
                self.close_connection = True
            else:
                self._say(503, {"title": "later"})
            return
        match self.command, rest:
            case "PUT", ["api", key]:
                body = _object(octets)
                if body is None or not body.keys() >= _NEEDED:
                    self._say(422, {"title": "a notice says more than that"})
                    return
                told = self.server.take(behaviour.host, key, body)
                self._say(201, {"ticket": told.ticket})
            case "GET", ["api", "tickets", ticket]:
                self._with(behaviour, ticket, lambda told: self.server.says(behaviour, told))
            case "PUT", ["api", "tickets", ticket, "words", _key]:
                said = _object(octets) or {}
                self._with(behaviour, ticket, lambda told: _hear(told, str(said.get("text", ""))))
            case _:
                self._say(404, {"title": "no such address"})

    def _with(
        self, behaviour: Behaviour, ticket: str, answer: Callable[[HeldNotice], dict[str, str]]
    ) -> None:
        told = self.server.by_ticket(behaviour.host, ticket)
        if told is None:
            self._say(404, {"title": "no such ticket"})
        else:
            self._say(200, answer(told))

    def _page(self, behaviour: Behaviour, octets: bytes) -> None:
        """Show a portal or a form, and take what a person puts into it."""
        name = escape(behaviour.host)
        if self.command == "POST":
            given = parse_qs(octets.decode(errors="replace"))
            self.server.take(behaviour.host, str(len(self.server.told)), dict(given))
            self._say(200, f"<h1>{name}</h1><p>Bien reçu.</p>")
            return
        fields = "".join(
            f'<p><label>{label}<br><textarea name="{code}" rows="3" cols="60"></textarea>'
            "</label></p>"
            for code, label in (("url", "Adresse"), ("law", "Loi"), ("why", "Explication"))
        )
        self._say(200, f'<h1>{name}</h1><form method="post">{fields}<button>OK</button></form>')

    def _say(self, status: int, what: dict[str, str] | str) -> None:
        is_page = isinstance(what, str)
        page = f'<!doctype html><html lang="fr"><meta charset="utf-8">{what}</html>'
        octets = page.encode() if is_page else json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if is_page else "application/json")
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)


def _object(octets: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(octets)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _hear(told: HeldNotice, text: str) -> dict[str, str]:
    told.answers.append(text)
    return {"state": "received"}


@contextmanager
def platforms(*, hurry: float = 1.0) -> Iterator[Platforms]:
    """Serve all seventeen on a free port of the loopback."""
    server = Platforms(hurry=hurry)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
