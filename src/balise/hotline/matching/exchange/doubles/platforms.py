"""Two simulated platforms: one holds our bank, compares and blocks; a small one asks for each.

They know pictures by their eight PDQs alone (`signals/rules/pdq`), and us by our API.
"""

import json
import time
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx

from balise.foundation.encryption.signatures import fingerprint, is_signed_by
from balise.hotline.matching.signals.rules.kinds import WITHIN, Turn
from balise.hotline.matching.signals.rules.pdq import distance

ROOT = "/api/v1/hotline/hashes"
_PATIENCE = 60.0  # seconds that a page may take to be signed


class Heard(NamedTuple):
    """What the centre answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        return json.loads(self.body)


type Speak = Callable[[str, str, object], Heard]  # method, path below ROOT, body or None


class Distrusted(RuntimeError):
    """A page that the centre's key did not sign, or that is another's."""


@dataclass
class Platform:
    """A platform that may hold a bank. `key` is the centre's, which it compared by another way.

    `held` are the PDQs that it has by our handle, `blocked` what it removed by its own names.
    """

    speak: Speak
    key: bytes
    checkpoint: int = 0
    held: dict[str, bytes] = field(default_factory=dict)
    blocked: dict[str, tuple[str, Turn]] = field(default_factory=dict)

    def pull(self, *, wait: Callable[[], object] = lambda: time.sleep(0.2)) -> int:
        """Bring the bank up to date, tell what was received and forgotten; return what changed."""
        changed = 0
        give_up_at = time.monotonic() + _PATIENCE
        while time.monotonic() < give_up_at:
            heard = self.speak("GET", f"/entries?after={self.checkpoint}", None)
            if heard.status == httpx.codes.ACCEPTED:
                wait()
                continue
            if heard.status != httpx.codes.OK:
                break
            page = self._trusted(heard)
            changed += self._take(page["entries"])
            self.checkpoint = page["checkpoint"]
        return changed

    def compare(self, pictures: Mapping[str, Sequence[bytes]]) -> int:
        """Block every picture of ours that is a copy, however turned; tell it, and return how many.

        `pictures` are the eight PDQs of each, by the platform's own name of it.
        """
        found: dict[str, list[Turn]] = {}
        for name, turns in pictures.items():
            for handle, value in self.held.items():
                turn = next((turn for turn in Turn if _is_near(turns[turn], value)), None)
                if turn is not None:
                    self.blocked[name] = handle, turn
                    found.setdefault(handle, []).append(turn)
        self._say(
            {"handle": handle, "answer": "blocked", "turn": word_of(turns[0]), "count": len(turns)}
            for handle, turns in found.items()
        )
        self._say(
            {"handle": handle, "answer": "not-found"} for handle in self.held if handle not in found
        )
        return sum(map(len, found.values()))

    def _trusted(self, heard: Heard) -> dict[str, Any]:
        signature = b64decode(heard.headers["Balise-Signature"])
        is_ours = heard.headers["Balise-Key"] == fingerprint(self.key)
        if not is_ours or not is_signed_by(self.key, heard.body, signature):
            raise Distrusted("not signed by the centre")
        page: dict[str, Any] = heard.json()
        if page["after"] != self.checkpoint:
            raise Distrusted("another page than the one that was asked for")
        return page

    def _take(self, entries: Sequence[Mapping[str, Any]]) -> int:
        gone = [one["handle"] for one in entries if not one["on"]]
        come = {one["handle"]: one for one in entries if one["on"]}
        for handle, one in come.items():
            if one["kind"] == "pdq":
                self.held[handle] = bytes.fromhex(one["hash"])
        for handle in gone:
            self.held.pop(handle, None)
        self._say({"handle": handle, "answer": "received"} for handle in come)
        self._say({"handle": handle, "answer": "withdrawn"} for handle in gone)
        return len(entries)

    def _say(self, answers: Any) -> None:
        _say(self.speak, list(answers))


@dataclass
class SmallPlatform:
    """A platform that may not hold a bank: it asks about each picture that comes."""

    speak: Speak
    blocked: dict[str, str] = field(default_factory=dict)

    def ask(self, pictures: Mapping[str, Sequence[bytes]]) -> dict[str, str]:
        """Ask about pictures, block what is known; return what each is to be done with."""
        hashes = [
            {"kind": "pdq", "hash": turns[0].hex(), "turns": [one.hex() for one in turns]}
            for turns in pictures.values()
        ]
        heard = self.speak("POST", "/questions", {"hashes": hashes}).json()["answers"]
        told = dict(zip(pictures, heard, strict=True))
        found = {name: one["handle"] for name, one in told.items() if one["do"] == "block"}
        self.blocked |= found
        _say(
            self.speak,
            [{"handle": handle, "answer": "blocked", "count": 1} for handle in found.values()],
        )
        return {name: one["do"] for name, one in told.items()}

    def forget(self) -> int:
        """Forget what was withdrawn, and say so; return how many."""
        handles = set(self.speak("GET", "/withdrawn", None).json()["handles"])
        self.blocked = {name: one for name, one in self.blocked.items() if one not in handles}
        _say(self.speak, [{"handle": one, "answer": "withdrawn"} for one in sorted(handles)])
        return len(handles)


def over_http(address: str, token: str) -> Speak:
    """Return how a platform speaks to a centre that is served at an address."""

    def speak(method: str, path: str, body: object) -> Heard:
        answer = httpx.request(
            method,
            f"{address}{ROOT}{path}",
            headers={"Authorization": f"Bearer {token}"},
            json=body,
            timeout=30.0,
            trust_env=False,
        )
        return Heard(answer.status_code, answer.content, answer.headers)

    return speak


def word_of(turn: Turn) -> str:
    """Return the word of our API for a turn."""
    return turn.name.lower().replace("_", "-")


def _is_near(one: bytes, other: bytes) -> bool:
    return distance(one, other) <= WITHIN


def _say(speak: Speak, answers: Sequence[Mapping[str, object]]) -> None:
    if answers:
        speak("POST", "/answers", {"answers": answers})
