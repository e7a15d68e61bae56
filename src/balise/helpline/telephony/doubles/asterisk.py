"""An Asterisk of ours on the loopback: AMI over TCP, which delays, cuts, repeats and reorders."""

import socketserver
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from balise.helpline.telephony.doubles.calls import Event, House

HOST = "127.0.0.1"
USER, SECRET = "balise", "only the exchange and we"
_PATIENCE = 10.0


@dataclass
class Asterisk:
    """The telephones of an exchange, and how its line behaves.

    While `is_down` every connection is closed at once. `cuts_at` is the octet of the next event
    after which the line is cut. `answers_lists` False leaves an action's list without its end. The
    listener sets `heard` once it has settled what it missed; a cut clears it.
    """

    house: House = field(default_factory=House)
    repeats: bool = False
    delay: float = 0.0
    is_down: bool = False
    is_silent: bool = False
    cuts_at: int | None = None
    answers_lists: bool = True
    actions: list[str] = field(default_factory=list)
    port: int = 0
    heard: threading.Event = field(default_factory=threading.Event)
    _sessions: list["_Session"] = field(default_factory=list)
    _held: list[Event] = field(default_factory=list)
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def url(self) -> str:
        return f"ami://{USER}:{SECRET.replace(' ', '%20')}@{HOST}:{self.port}/"

    def tell(self, events: Iterable[Event], *, hold_back: bool = False) -> list[str]:
        """Send events to those connected, and return the names of those that went out whole.

        With `hold_back` they wait, and follow after the next ones.
        """
        with self._turn:
            given = list(events)
            if hold_back:
                self._held += given
                return []
            sent = [one for one in [*given, *self._held] if self._send(one)]
            self._held = []
            return [f"{one['Event']}:{one.get('Linkedid', '')}" for one in sent]

    def cut(self) -> None:
        """Cut the line of everyone; what was held back is lost."""
        with self._turn:
            self._held = []
            for session in self._sessions:
                session.close()
            self._sessions = []
            self.heard.clear()

    def _send(self, event: Event) -> bool:
        octets = written(event)
        if self.cuts_at is not None:
            part, self.cuts_at = octets[: min(self.cuts_at, len(octets) - 1)], None
            for session in self._sessions:
                session.put(part)
            self.cut()
            return False
        time.sleep(self.delay)
        for session in self._sessions:
            session.put(octets * (2 if self.repeats else 1))
        return bool(self._sessions)


def written(fields: Event) -> bytes:
    """Return a message as it goes over the line."""
    return ("".join(f"{key}: {value}\r\n" for key, value in fields.items()) + "\r\n").encode()


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self._pbx: Asterisk = self.server.pbx  # type: ignore[attr-defined]
        if self._pbx.is_down:
            return
        self.put(b"Asterisk Call Manager/9.0.0\r\n")
        fields: Event = {}
        with suppress(OSError):
            for line in self.rfile:
                text = line.decode().strip()
                if text:
                    key, _, value = text.partition(": ")
                    fields[key] = value
                    continue
                if not self._answer(fields):
                    return
                fields = {}

    def put(self, octets: bytes) -> None:
        """Send octets, if someone is there."""
        with suppress(OSError, ValueError):
            self.wfile.write(octets)

    def close(self) -> None:
        """Cut this line: what was sent is still read at the other end."""
        with suppress(OSError):
            self.request.shutdown(2)

    def _answer(self, asked: Event) -> bool:
        pbx, action = self._pbx, asked.get("Action", "")
        pbx.actions.append(action)
        name = {"ActionID": asked.get("ActionID", "")}
        if pbx.is_silent and action != "Login":
            return True
        if action == "Login":
            known = (asked.get("Username"), asked.get("Secret")) == (USER, SECRET)
            word = "Success" if known else "Error"
            self.put(written({"Response": word, **name, "Message": "as it is"}))
            if known:
                with pbx._turn:
                    pbx._sessions.append(self)
            return known
        if action in {"QueueStatus", "CoreShowChannels"}:
            self._list(action, name)
            return True
        self.put(written({"Response": "Success", **name, "Ping": "Pong"}))
        return True

    def _list(self, action: str, name: Event) -> None:
        pbx = self._pbx
        with pbx._turn:
            house = pbx.house
            found = list(house.waiting() if action == "QueueStatus" else house.channels())
            self.put(written({"Response": "Success", **name, "EventList": "start"}))
            for one in found:
                self.put(written(one | name))
            if not pbx.answers_lists:
                return
            end = {"Event": f"{action}Complete", **name, "EventList": "Complete"}
            self.put(written(end | {"ListItems": str(len(found))}))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def an_asterisk(pbx: Asterisk) -> Iterator[Asterisk]:
    """Run an exchange and give it its port."""
    with _Server((HOST, 0), _Session) as server:
        server.pbx = pbx  # type: ignore[attr-defined]
        pbx.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield pbx
        finally:
            pbx.cut()
            server.shutdown()
            thread.join()


def wait_until_heard(pbx: Asterisk) -> None:
    """Wait until the listener has set `heard`. Raises TimeoutError."""
    if not pbx.heard.wait(_PATIENCE):
        raise TimeoutError("nobody listens")
