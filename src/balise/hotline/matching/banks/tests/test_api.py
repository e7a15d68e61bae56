"""Look-ups of partners' programs: quick where all is as it should be, or in the API's words."""

import json
import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import resolve

from balise.foundation import clock
from balise.foundation.accounts.models import ApiToken
from balise.foundation.accounts.tests.makers import make_partner, make_token
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import looking
from balise.hotline.matching.banks.memory import logged, searching
from balise.hotline.matching.banks.models import ASKED, LINE, LookUp, Matches
from balise.hotline.matching.banks.rules import deciding
from balise.hotline.matching.banks.tests.makers import (
    make_bank,
    make_clip,
    make_entry,
    make_signal,
    make_turned,
    make_value,
    moved,
)
from balise.hotline.matching.banks.web import api
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn

pytestmark = pytest.mark.django_db

HEX = make_value(1).hex()


@pytest.fixture(autouse=True)
def _nobody_is_remembered() -> None:
    api._asked.clear()


def bearer(*scopes: str) -> str:
    _, token = make_token(*scopes or (access.LOOK_UP,), partner=make_partner())
    return f"Bearer {token}"


def ask(body: object, authorization: str) -> Any:
    return Client().post(
        api.PATH,
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": authorization},
    )


def quickly(body: object, authorization: str) -> Any:
    found = api.answer(authorization, json.dumps(body).encode())
    return None if found is None else json.loads(found)


def of(*signals: dict[str, object]) -> dict[str, object]:
    return {"signals": list(signals)}


def test_the_address_is_the_api_s() -> None:
    assert resolve(api.PATH).url_name == "look-up"


def test_both_ways_say_the_same_and_no_hash() -> None:
    picture, token = make_turned(1), bearer()
    make_entry(Signal(HashKind.PDQ, moved(picture.turns[Turn.UPSIDE_DOWN], 5)))
    turns = b"".join(picture.turns).hex()
    body = of({"kind": "md5", "value": "0" * 32}, {"kind": "pdq", "value": HEX, "turns": turns})
    slow, fast = ask(body, token).json(), quickly(body, token)

    assert slow | {"id": ""} == fast | {"id": ""}
    assert (slow["known"], slow["rule"], slow["decided_by"]) == (True, "near", 0)
    (hit,) = slow["hits"]
    assert (hit["bank"], hit["distance"], hit["turn"], hit["asked"]) == (
        "known",
        5,
        "upside-down",
        1,
    )
    assert HEX not in json.dumps(slow)


def test_a_film_is_asked_by_its_frames() -> None:
    make_entry(make_clip(range(4)))
    frames = [[at, make_value(at).hex(), 90] for at in range(4)]
    body = of({"kind": "clip", "seconds": 4, "frames": frames})

    assert ask(body, bearer()).json()["rule"] == "clip"
    assert quickly(body, bearer())["rule"] == "clip"


def test_what_was_asked_is_written_down_sealed_and_counted() -> None:
    (entry,) = make_entry(make_signal(1))
    found = quickly(of({"kind": "pdq", "value": HEX}), bearer())

    row = LookUp.objects.get(id=UUID(found["id"]))
    assert (row.hits, row.rule, row.actor_kind) == (1, "near", "partner")
    payload = key_of_line(LINE, row.id).open(row.sealed, where=ASKED, row=row.id)
    assert deciding.asked_of(payload) == (make_signal(1),)
    assert list(Matches.objects.values_list("entry", "many")) == [(entry, 1)]
    fact = Fact.objects.get(event="hotline.look-up.logged")
    assert (str(fact.subject), fact.facts["many"]) == (row.actor_key, 1)


@pytest.mark.parametrize(
    "signal",
    [
        {"kind": "pdq", "value": HEX[:-1]},  # 252 bits
        {"kind": "pdq", "value": f" {HEX[1:]}"},
        {"kind": "pdq", "value": f"0x{HEX[2:]}"},
        {"kind": "pdq", "value": HEX, "quality": 101},
        {"kind": "pdq", "value": HEX, "turns": HEX},
        {"kind": "pdq"},
        {"kind": "clip", "seconds": 1, "frames": []},
        {"kind": "pdq", "value": 1},
        {"kind": "pdq", "value": HEX, "colour": "blue"},
        {"kind": "other", "value": HEX},
    ],
)
def test_what_is_no_hash_is_refused_in_the_api_s_words(signal: dict[str, object]) -> None:
    token = bearer()
    answer = ask(of(signal), token)

    assert quickly(of(signal), token) is None
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:balise:problem:not-understood")
    assert HEX not in answer.content.decode()


def test_upper_case_and_quality_0_are_read() -> None:
    make_entry(make_signal(1, quality=0))
    body = of({"kind": "pdq", "value": HEX.upper(), "quality": 0})

    assert ask(body, bearer()).json()["rule"] == "weak"
    assert quickly(body, bearer())["known"] is False


@pytest.mark.parametrize("body", [{}, [], of(), {"signals": "x"}, {"signals": [{}] * 65}])
def test_other_bodies_are_left_to_the_api(body: object) -> None:
    token = bearer()

    assert quickly(body, token) is None
    assert ask(body, token).status_code == 422


def test_a_token_is_asked_for_and_its_scope() -> None:
    body = of({"kind": "pdq", "value": HEX})
    other = bearer("hotline.reports.submit")

    assert [quickly(body, word) for word in ("", "Bearer x", other)] == [None] * 3
    assert ask(body, "Bearer x").status_code == 401
    assert ask(body, other).status_code == 403


def test_a_revoked_token_works_no_longer() -> None:
    token, body = bearer(), of({"kind": "pdq", "value": HEX})
    assert quickly(body, token)
    ApiToken.objects.update(revoked_at=clock.now())
    assert quickly(body, token) is None


def test_too_many_in_a_minute_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_A_MINUTE", 2)
    token, body = bearer(), of({"kind": "pdq", "value": HEX})

    assert [bool(quickly(body, token)) for _time in range(3)] == [True, True, False]


def test_part_of_an_answer_is_503_and_never_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    make_bank()
    token, body = bearer(), of({"kind": "pdq", "value": HEX})
    monkeypatch.setattr(
        searching.Known, "search", lambda _self, values, **_within: searching._nothing(len(values))
    )
    answer = ask(body, token)

    assert quickly(body, token) is None
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


@pytest.mark.django_db(transaction=True)
class TestTheBook:
    def test_look_ups_are_written_together_and_told_by_the_minute(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_entry(make_signal(1))
        token, body = bearer(), of({"kind": "pdq", "value": HEX})
        made = logged.Book()
        made._thread = _Still()
        monkeypatch.setattr(looking, "book", lambda: made)
        for _time in range(3):
            assert quickly(body, token)["known"]

        assert made.write() == 3
        assert LookUp.objects.count() == 3
        assert Matches.objects.get().many == 3
        assert made.write(is_last=True) == 0
        facts = Fact.objects.filter(event="hotline.look-up.logged")
        assert [fact.facts["many"] for fact in facts] == [3]

    def test_what_cannot_be_written_is_not_answered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_entry(make_signal(1))
        token, body = bearer(), of({"kind": "pdq", "value": HEX})
        made = logged.Book()
        made._thread = _Still()
        monkeypatch.setattr(looking, "book", lambda: made)
        monkeypatch.setattr(logged, "MOST", 2)
        monkeypatch.setattr(logged, "_write", full)
        for _time in range(2):
            assert quickly(body, token)
        assert quickly(body, token) is None
        assert len(made._noted) == 2


def full(_some: object) -> None:
    raise OperationalError("disk full")


class _Still(threading.Thread):
    """A thread that seems to be alive and writes nothing."""

    def is_alive(self) -> bool:
        return True
