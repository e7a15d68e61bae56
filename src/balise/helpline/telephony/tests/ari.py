"""ARI of our Asterisk on the loopback: events over a WebSocket (RFC 6455), calls over HTTP."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.waiting import let_pass

HOST = "127.0.0.1"
USER, SECRET = "balise", "only-the-exchange-and-we"
_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass
class Ari:
    """The channels that there are, what was asked, and how it behaves.

    `refuses` is the status of the next things that are asked; `delay` seconds come before each.
    `obeyed` is what it did with channels: the method, the path and the body.
    """

    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    begun: list[dict[str, str]] = field(default_factory=list)
    obeyed: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    refuses: list[int] = field(default_factory=list)
    delay: float = 0.0
    is_down: bool = False
    port: int = 0
    heard: threading.Event = field(default_factory=threading.Event)
    _wires: list["_Session"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{USER}:{SECRET}@{HOST}:{self.port}/ari"

    def tell(self, kind: str, ref: str, *, cut_in_it: bool = False, **more: Any) -> bool:
        """Send an event of a channel, and return whether someone received all of it."""
        channel = self.channels.get(ref, {"id": ref})
        event = {"type": kind, "timestamp": _stamp(), "channel": channel, **more}
        octets = _frame(json.dumps(event).encode())
        was_heard = bool(self._wires) and not cut_in_it
        for wire in self._wires:
            wire.put(octets[: len(octets) // 2] if cut_in_it else octets)
        if cut_in_it:
            self.cut()
        return was_heard

    def cut(self) -> None:
        """Cut every WebSocket."""
        wires, self._wires = self._wires, []
        self.heard.clear()
        for wire in wires:
            wire.close()

    def begin(self, ref: str, *, number: str = "0199000001") -> None:
        """Start a call in the queue."""
        self.channels[ref] = {
            "id": ref,
            "state": "Up",
            "creationtime": _stamp(),
            "caller": {"number": number},
            "dialplan": {"app_name": "Stasis", "app_data": "balise,queued"},
        }


class _Session(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        ari, url = self._ari(), urlsplit(self.path)
        query = parse_qs(url.query)
        if url.path == "/ari/events":
            if not self._is_known() or "app" not in query or ari.is_down:
                self._say(HTTPStatus.UNAUTHORIZED, {})
                return
            self._hold_socket()
        elif not self._is_known():
            self._say(HTTPStatus.UNAUTHORIZED, {})
        else:
            self._say(HTTPStatus.OK, list(ari.channels.values()))

    def do_DELETE(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        ari, path = self._ari(), urlsplit(self.path).path
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        let_pass(ari.delay)
        if not self._is_known():
            self._say(HTTPStatus.UNAUTHORIZED, {})
        elif ari.refuses:
            self._say(ari.refuses.pop(0), {"message": "as the test asked"})
        elif path != "/ari/channels":
            ari.obeyed.append((self.command, path.removeprefix("/ari"), body))
            self._say(HTTPStatus.NO_CONTENT, None)
        else:
            ari.begun.append(body)
            self._say(HTTPStatus.OK, {"id": f"new-{len(ari.begun)}"})

    def put(self, octets: bytes) -> None:
        """Send octets, if someone is there."""
        with suppress(OSError, ValueError):
            self.wfile.write(octets)
            self.wfile.flush()

    def close(self) -> None:
        """Cut the connection."""
        with suppress(OSError):
            self.connection.shutdown(2)

    def _hold_socket(self) -> None:
        key = self.headers["Sec-WebSocket-Key"]
        digest = hashlib.sha1(f"{key}{_MAGIC}".encode()).digest()  # noqa: S324 - RFC 6455 asks it
        self.send_response(HTTPStatus.SWITCHING_PROTOCOLS)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(digest).decode())
        self.end_headers()
        self.wfile.flush()
        self._ari()._wires.append(self)
        self.close_connection = True
        with suppress(OSError):
            while self.rfile.read(1):
                pass

    def _is_known(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        return base64.b64decode(given).decode() == f"{USER}:{SECRET}"

    def _ari(self) -> Ari:
        found: Ari = self.server.ari  # type: ignore[attr-defined]
        return found

    def _say(self, status: int, said: object) -> None:
        octets = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_arguments: object) -> None:
        """Write no log."""


@contextmanager
def an_ari(ari: Ari) -> Iterator[Ari]:
    """Run it and give it its port."""
    with ThreadingHTTPServer((HOST, 0), _Session) as server:
        server.ari = ari  # type: ignore[attr-defined]
        server.daemon_threads = True
        ari.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield ari
        finally:
            ari.cut()
            server.shutdown()
            thread.join()


def _frame(payload: bytes) -> bytes:
    """Return a text frame as a server sends it, unmasked."""
    length = len(payload)
    if length < 126:
        return bytes([0x81, length]) + payload
    return bytes([0x81, 126]) + length.to_bytes(2) + payload


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
