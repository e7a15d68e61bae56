"""A messaging provider on the loopback: takes answers as WhatsApp, Messenger or a gateway does.

It can delay, refuse, fail and cut the line, and it signs what it brings as they do.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.waiting import let_pass

HOST = "127.0.0.1"


@dataclass
class Provider:
    """What it took, and how it behaves for the next requests, one by one; then it takes all.

    A behaviour is `delay:SECONDS`, `cut`, or `STATUS:CODE` (an error in Meta's form).
    """

    taken: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    behaves: list[str] = field(default_factory=list)
    url: str = ""


class _Session(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        behaviour = provider.behaves.pop(0) if provider.behaves else ""
        word, _, rest = behaviour.partition(":")
        if word == "cut":
            self.close_connection = True
            return
        if word == "delay":
            let_pass(float(rest))
        elif word:
            error = {"error": {"code": int(rest or 0), "message": "as the test asked"}}
            self._say(int(word), error)
            return
        provider.taken.append(json.loads(body))
        provider.headers.append(dict(self.headers))
        name = f"wamid.{len(provider.taken)}"
        said: dict[str, Any] = {"id": name, "message_id": name, "messages": [{"id": name}]}
        self._say(HTTPStatus.OK, said)

    def _say(self, status: int, said: dict[str, Any]) -> None:
        octets = json.dumps(said).encode()
        with suppress(OSError):  # the caller has stopped waiting
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

    def log_message(self, *_arguments: object) -> None:
        """Write no log."""


@contextmanager
def a_provider(provider: Provider) -> Iterator[Provider]:
    """Run a provider and give it its address."""
    with ThreadingHTTPServer((HOST, 0), _Session) as server:
        server.provider = provider  # type: ignore[attr-defined]
        server.daemon_threads = True
        provider.url = f"http://{HOST}:{server.server_address[1]}/v23.0/1/messages"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def meta_signature(secret: str, body: bytes) -> str:
    """Return what Meta puts into `X-Hub-Signature-256`."""
    return "sha256=" + hmac.digest(secret.encode(), body, hashlib.sha256).hex()


def whatsapp_event(
    *, name: str, sender: str = "33199000001", text: str = "Bonjour", kind: str = "text"
) -> dict[str, Any]:
    """Return the body in which WhatsApp brings one message."""
    message: dict[str, Any] = {"from": sender, "id": name, "timestamp": "1795521600", "type": kind}
    message[kind] = {"body": text} if kind == "text" else {"caption": text, "id": "9"}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "33199000000", "phone_number_id": "1"},
        "contacts": [{"profile": {"name": "Loutre"}, "wa_id": sender}],
        "messages": [message],
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "0", "changes": [{"field": "messages", "value": value}]}],
    }


def whatsapp_failure(*, name: str, code: int = 131047) -> dict[str, Any]:
    """Return the body in which WhatsApp says that an answer did not arrive."""
    status = {"id": name, "status": "failed", "errors": [{"code": code, "title": "…"}]}
    value = {"messaging_product": "whatsapp", "statuses": [status]}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "0", "changes": [{"field": "messages", "value": value}]}],
    }


def messenger_event(
    *, name: str, sender: str = "7001", text: str = "Bonjour", is_echo: bool = False
) -> dict[str, Any]:
    """Return the body in which Messenger brings one message."""
    message: dict[str, Any] = {"mid": name, "text": text}
    if is_echo:
        message["is_echo"] = True
    event = {"sender": {"id": sender}, "recipient": {"id": "1"}, "message": message}
    return {"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [event]}]}
