"""Every reader of JSON from outside refuses an object that has a key twice, and reads it once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

import pytest

from balise.awareness.activities.stories.rules import player, twee
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.twee import TweeFaulty
from balise.awareness.publications.rules import linked
from balise.foundation.limited.child import CannotWork
from balise.foundation.web import csp_reports
from balise.helpline.channels.web import api as messaging
from balise.helpline.telephony.management.lines.ari import AriLine
from balise.helpline.telephony.web import api as telephony
from balise.helpline.vault.rules import verdicts
from balise.helpline.vault.rules.verdicts import MANIFEST, DossierFaulty
from balise.takedown.notices.rules.reading.forms import NoticeUnreadable, read_notices
from balise.takedown.onward.dossiers.documents import verifying
from balise.takedown.onward.exchange.rules.cards import Card, CardFaulty
from balise.takedown.onward.exchange.rules.letters import Envelope, Letter, LetterFaulty
from balise.takedown.onward.exchange.tasks import carrying
from balise.takedown.onward.exchange.tests.makers import Neighbour
from balise.takedown.onward.exchange.web import network

_ID: Final = UUID(int=7)
_LETTERS: Final = {"letters": []}


def _asked(octets: bytes) -> Any:
    return SimpleNamespace(body=octets, method="POST", actor=SimpleNamespace(key=str(_ID)))


def _call(octets: bytes) -> bool:
    return telephony._read(_asked(octets), datetime(2026, 1, 1, tzinfo=UTC)) is None


def _message(octets: bytes) -> bool:
    answer = messaging.messages(_asked(octets))
    return answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def _whatsapp(octets: bytes) -> bool:
    return messaging.whatsapp(_asked(octets)).status_code == HTTPStatus.BAD_REQUEST


def _ari(octets: bytes) -> bool:
    line: Any = AriLine.__new__(AriLine)
    heard: list[object] = []
    line._ear = SimpleNamespace(hear=heard.append)
    line._hear_next(SimpleNamespace(recv=lambda **_known: octets.decode()), within=0.1)
    return not heard


def _fetched(octets: bytes) -> bool:
    return network.taken(_asked(octets)).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def _acknowledged(octets: bytes) -> bool:
    reply: Any = SimpleNamespace(body=octets)
    return not carrying._acknowledges(reply, _ID)


def _brought(octets: bytes) -> bool:
    reply: Any = SimpleNamespace(body=octets)
    one: Any = SimpleNamespace(id=_ID)
    return not carrying._kept(one, reply)


def _dossier(octets: bytes) -> bool:
    return not verifying._object(octets)


def _told_of(read: Callable[[bytes], object], fault: type[Exception], words: str = "") -> Any:
    """Return a reader that tells whether it refused, for this reason."""

    def refused(octets: bytes) -> bool:
        try:
            read(octets)
        except fault as error:
            return words in str(error)
        return False

    return refused


_INK: Final = {"inkVersion": 21, "root": [["^A", "\n", "end", None], "done", None], "listDefs": {}}
_TWINE: Final = {"name": "A", "passages": [{"name": "Start", "text": "A", "pid": "1"}]}
_STORED: Final = b":: StoryTitle\nA\n\n:: StoryData\n%s\n\n:: Start\nA\n"
_NOTICE: Final = {"reason": "A", "urls": ["https://an.example/a"]}
_EVENT: Final = {
    "type": "StasisStart", "timestamp": "2026-01-01T00:00:00.000+0000", "args": [],
    "channel": {"id": "1.1", "caller": {"number": ""}, "state": "Ring"},
}  # fmt: skip

READERS: Final = {
    "a call": (_call, {"id": "1", "call": "2", "event": "ringing", "at": "2026-01-01T00:00:00Z"}),
    "a message": (_message, {"id": "1", "from": "2", "text": "A"}),
    "messages of Meta": (_whatsapp, {"object": "whatsapp_business_account", "entry": []}),
    "an event of ARI": (_ari, _EVENT),
    "letters that were fetched": (_fetched, _LETTERS),
    "a letter taken": (_acknowledged, {"received": str(_ID)}),
    "letters brought": (_brought, {"letters": ["QQ=="]}),
    "a letter": (_told_of(Letter.from_bytes, LetterFaulty, "not JSON"), {"version": 1}),
    "an envelope": (_told_of(Envelope.read, LetterFaulty, "not JSON"), {"version": 1}),
    "a notice": (_told_of(read_notices, NoticeUnreadable), _NOTICE),
    "a compiled story": (_told_of(player._parse, StoryFaulty), _INK),
    "a story of Twine": (_told_of(lambda told: twee.imported(told.decode()), TweeFaulty), _TWINE),
    "a start of Twee": (
        _told_of(lambda told: twee.imported((_STORED % told).decode()), TweeFaulty),
        {"start": "Start"},
    ),
    "a page's own description": (
        _told_of(linked.parse, CannotWork, "not-json"),
        {"@type": "Book", "name": "A"},
    ),
    "what a browser stopped": (
        lambda told: not list(csp_reports.violations(told)),
        {"csp-report": {"effective-directive": "img-src", "blocked-uri": "inline"}},
    ),
    "a dossier's parts": (_dossier, {"format": "A"}),
    "a vault's manifest": (
        _told_of(lambda told: verdicts._manifest({MANIFEST: told}), DossierFaulty),
        {"v": 1, "items": []},
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading alone is looked at: what was read is given to nobody."""
    kept = SimpleNamespace(letter=_ID)
    monkeypatch.setattr(carrying.admitting, "keep_letter", lambda **_given: kept)
    monkeypatch.setattr(network.carrying, "note_fetched", lambda **_given: 0)
    monkeypatch.setattr(messaging, "_take", lambda *_given: True)


def _written(told: dict[str, Any], *, times: int) -> bytes:
    first, *others = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in told.items()]
    return ("{" + ", ".join([first] * times + others) + "}").encode()


@pytest.mark.parametrize("reader", READERS)
def test_a_key_twice_is_refused_wherever_it_comes_from(reader: str) -> None:
    refuses, told = READERS[reader]
    assert not refuses(_written(told, times=1))
    assert refuses(_written(told, times=2))


def test_a_card_with_a_key_twice_is_refused(tmp_path: Path) -> None:
    card = json.loads(Neighbour(tmp_path / "keys").card().to_text())
    assert Card.read(_written(card, times=1).decode()).country == "NL"
    with pytest.raises(CardFaulty):
        Card.read(_written(card, times=2).decode())
