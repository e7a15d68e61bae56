"""Listen to Asterisk's REST interface (ARI): events over a WebSocket, calls over HTTP."""

import base64
import ssl
import time
from collections.abc import Callable
from threading import Event
from typing import Any
from urllib.parse import urlencode

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from balise.foundation import strict_json
from balise.foundation.actors import SYSTEM
from balise.foundation.outgoing import NoAnswer
from balise.helpline.telephony.actions import following
from balise.helpline.telephony.management.lines.calling import LineCut
from balise.helpline.telephony.management.lines.hearing import Ear
from balise.helpline.telephony.rules.exchanges import from_ari, present_in_ari
from balise.helpline.telephony.rules.lines import Exchange
from balise.helpline.telephony.tasks.dialling import ask

SECONDS = 10.0  # that an exchange may take to answer
_LOOK = 0.2  # seconds between two looks whether to stop
_LONGEST = 1_000_000  # octets of one event


class AriLine:
    """One exchange's REST interface. WebSocket pings (every 20 seconds) tell that it is there."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange, self.name = exchange, f"ARI of {exchange.source}"
        self._ear = Ear(exchange.source)

    def listen(self, *, stop: Event, ready: Callable[[], None]) -> None:
        """Listen until told to stop. Raises LineCut."""
        try:
            with self._connected() as wire:
                self._settle(wire)
                ready()
                while not stop.is_set():
                    self._hear_next(wire, within=_LOOK)
        except (WebSocketException, NoAnswer, OSError) as error:
            # Its words may hold what was sent.
            raise LineCut(type(error).__name__) from None

    def _connected(self) -> ClientConnection:
        one = self.exchange
        scheme = "wss" if one.is_tls else "ws"
        query = urlencode({"app": one.app})
        known = base64.b64encode(f"{one.user}:{one.secret}".encode()).decode()
        return connect(
            f"{scheme}://{one.host}:{one.port}{one.path}/events?{query}",
            ssl=ssl.create_default_context() if one.is_tls else None,
            additional_headers={"Authorization": f"Basic {known}"},
            open_timeout=SECONDS,
            close_timeout=1,
            max_size=_LONGEST,
            proxy=None,
        )

    def _settle(self, wire: ClientConnection) -> None:
        """Ask which calls there are, and settle what was missed while nobody listened.

        What has come over the socket before the list is read first: it is then known.
        """
        answer = ask(self.exchange, "GET", "/channels")
        try:
            channels = answer.json() if answer.is_success else None
        except ValueError:
            channels = None
        if not isinstance(channels, list):
            raise LineCut("channels is no list")
        heard: set[str] = set()
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            found = self._hear_next(wire, within=0.05)
            if found is None:
                break
            heard.add(found)
        present = present_in_ari(
            (one for one in channels if isinstance(one, dict)), app=self.exchange.app
        )
        following.settle_present(
            present=present, heard_since=heard, source=self.exchange.source, by=SYSTEM
        )

    def _hear_next(self, wire: ClientConnection, *, within: float) -> str | None:
        """Take the next event, and return its call's id ("" for none); None where none comes."""
        try:
            text = wire.recv(timeout=within)
        except TimeoutError:
            return None
        try:
            event: Any = strict_json.loads(text)
        except strict_json.FAULTS:
            return ""
        heard = from_ari(event) if isinstance(event, dict) else None
        if heard is None:
            return ""
        self._ear.hear(heard)
        return heard.ref
