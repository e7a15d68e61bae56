"""Listen to Asterisk's manager interface (AMI): sign in, settle what was missed, receive."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from threading import Event

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.helpline.telephony.actions import following
from balise.helpline.telephony.management.lines.calling import LineCut
from balise.helpline.telephony.management.lines.hearing import Ear
from balise.helpline.telephony.rules.exchanges import ami_message, from_ami, present_in_ami
from balise.helpline.telephony.rules.lines import Exchange

SECONDS = 10.0  # that an exchange may take to answer
SILENCE = 30.0  # seconds after which it is asked whether it is there
_LONGEST = 1_000_000  # octets without the end of a message
_LOOK = 0.2  # seconds between two looks whether to stop


class AmiLine:
    """One exchange's manager interface."""

    def __init__(self, exchange: Exchange, *, silence: float = SILENCE) -> None:
        self.exchange, self.name = exchange, f"AMI of {exchange.source}"
        self._silence = silence
        self._ear = Ear(exchange.source)

    def listen(self, *, stop: Event, ready: Callable[[], None]) -> None:
        """Listen until told to stop. Raises LineCut."""
        with self._connected() as wire:
            talk = _Talk(wire, stop, self._silence)
            self._sign_in(talk)
            self._settle(talk)
            ready()
            for message in talk.messages():
                self._hear(message)

    def _connected(self) -> socket.socket:
        one = self.exchange
        try:
            wire = socket.create_connection((one.host, one.port), timeout=SECONDS)
            if one.is_tls:
                context = ssl.create_default_context()
                wire = context.wrap_socket(wire, server_hostname=one.host)
        except OSError as error:
            raise LineCut(type(error).__name__) from None
        return wire

    def _sign_in(self, talk: "_Talk") -> None:
        talk.greeting()
        answer = talk.ask(
            "Login",
            Username=self.exchange.user,
            Secret=self.exchange.secret,
            Events="call,agent,user",
        )
        if answer.get("Response") != "Success":
            raise LineCut("sign-in refused")

    def _settle(self, talk: "_Talk") -> None:
        """Ask which calls there are, receive meanwhile, and settle what was missed."""
        waiting: list[dict[str, str]] = []
        channels: list[dict[str, str]] = []
        heard: set[str] = set()
        lists = {
            "QueueStatus": ("QueueEntry", "QueueStatusComplete", waiting),
            "CoreShowChannels": ("CoreShowChannel", "CoreShowChannelsComplete", channels),
        }
        for action, (entry, end, found) in lists.items():
            name = talk.say(action)
            for message in talk.messages(within=SECONDS):
                is_ours = message.get("ActionID") == name
                if is_ours and message.get("Response") == "Error":
                    raise LineCut(f"{action} refused")
                if is_ours and message.get("Event") == entry:
                    found.append(message)
                elif is_ours and message.get("Event") == end:
                    break
                elif (ref := self._hear(message)) is not None:
                    heard.add(ref)
            else:
                raise LineCut(f"{action} without an end")
            count = message.get("ListItems", "")
            if action == "CoreShowChannels" and count != str(len(found)):
                raise LineCut(f"{action} is not whole")
        present = present_in_ami(waiting, channels, now=now())
        following.settle_present(
            present=present, heard_since=heard, source=self.exchange.source, by=SYSTEM
        )

    def _hear(self, message: dict[str, str]) -> str | None:
        """Take an event of a call, and return the call's id; None for anything else."""
        heard = from_ami(message, now=now())
        if heard is None:
            return None
        self._ear.hear(heard)
        return heard.ref


class _Talk:
    """Messages over one connection, and whether the other end is still there."""

    def __init__(self, wire: socket.socket, stop: Event, silence: float) -> None:
        self._wire, self._stop, self._silence = wire, stop, silence
        self._rest = b""
        self._count = 0
        wire.settimeout(_LOOK)

    def greeting(self) -> None:
        """Read the line with which an exchange begins."""
        line = self._until(b"\r\n", within=SECONDS)
        if line is None or not line.startswith(b"Asterisk Call Manager"):
            raise LineCut("no exchange")

    def say(self, action: str, **fields: str) -> str:
        """Ask for something, and return the name by which the answer is known."""
        self._count += 1
        name = f"balise-{self._count}"
        lines = {"Action": action, "ActionID": name} | fields
        # A line end in a field would be another action.
        if any(end in value for value in lines.values() for end in "\r\n"):
            raise LineCut("a field holds a line end")
        text = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
        try:
            self._wire.sendall(f"{text}\r\n".encode())
        except OSError as error:
            raise LineCut(type(error).__name__) from None
        return name

    def ask(self, action: str, **fields: str) -> dict[str, str]:
        """Ask for something and return the answer; what else comes before it is passed over."""
        name = self.say(action, **fields)
        for message in self.messages(within=SECONDS):
            if "Response" in message and message.get("ActionID") == name:
                return message
        raise LineCut(f"{action} without an answer")

    def messages(self, *, within: float | None = None) -> Iterator[dict[str, str]]:
        """Yield messages until told to stop, or until so many seconds are over."""
        ends = time.monotonic() + within if within is not None else None
        asked = False
        while not self._stop.is_set():
            left = ends - time.monotonic() if ends is not None else self._silence
            if left <= 0:
                return
            text = self._until(b"\r\n\r\n", within=left)
            if text is not None:
                asked = False
                yield ami_message(text.decode("utf-8", "replace"))
            elif ends is None and not self._stop.is_set():
                if asked:
                    raise LineCut("silent")
                self.say("Ping")
                asked = True

    def _until(self, end: bytes, *, within: float) -> bytes | None:
        """Return what comes before an end; None after so many seconds, or when told to stop."""
        ends = time.monotonic() + within
        while end not in self._rest:
            if self._stop.is_set() or time.monotonic() > ends:
                return None
            try:
                octets = self._wire.recv(65_536)
            except TimeoutError:
                continue
            except OSError as error:
                raise LineCut(type(error).__name__) from None
            if not octets:
                raise LineCut("closed")
            self._rest += octets
            if len(self._rest) > _LONGEST and end not in self._rest:
                raise LineCut("a message without an end")
        text, _end, self._rest = self._rest.partition(end)
        return text
