"""What the quick way answers, the API answers alike; what the API refuses, neither answers."""

import json
from typing import Any

import pytest
from django.test import Client

from balise.config import look_ups
from balise.foundation.accounts.tests.makers import make_partner, make_token
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.models import LookUp
from balise.hotline.matching.banks.rules.asking import MOST_AT_ONCE, MOST_FRAMES
from balise.hotline.matching.banks.tests.makers import make_entry, make_signal, make_value
from balise.hotline.matching.banks.web import api

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

JSON = "application/json"
HEX = make_value(1).hex()
PDQ = {"kind": "pdq", "value": HEX}
FRAME = [0, HEX, 90]

type Said = tuple[int, dict[str, Any]]


@pytest.fixture(autouse=True)
def _nobody_is_remembered() -> None:
    api._asked.clear()


@pytest.fixture
def token() -> str:
    make_entry(make_signal(1))
    return f"Bearer {make_token(access.LOOK_UP, partner=make_partner())[1]}"


def of(*signals: object, **more: object) -> bytes:
    return json.dumps({"signals": signals, **more}).encode()


def by_api(body: bytes, token: str, kind: str = JSON, query: str = "") -> Said:
    """Ask the API, as if there were no quick way."""
    answer = Client().generic(
        "POST", api.PATH + query, body, content_type=kind, headers={"Authorization": token}
    )
    said = answer.json()
    said.pop("id", None)
    return answer.status_code, said


def quickly(body: bytes, token: str, kind: str = JSON, query: str = "") -> Said | None:
    """Ask the quick way alone."""
    scope = {"path": api.PATH, "method": "POST", "query_string": query.encode()}
    headers = {"HTTP_HOST": "testserver", "CONTENT_TYPE": kind, "HTTP_AUTHORIZATION": token}
    if not look_ups._is_plain(scope, headers) or len(body) > look_ups.LONGEST:
        return None
    found = api.answer(token, body)
    if found is None:
        return None
    said = json.loads(found)
    said.pop("id")
    return 200, said


def through(body: bytes, token: str, kind: str = JSON, query: str = "") -> Said:
    """Ask as a partner does: quickly, or of the API what is left to it."""
    return quickly(body, token, kind, query) or by_api(body, token, kind, query)


BAD = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 400),
    "not in UTF-8": (of(PDQ).decode().encode("utf-16"), 400),
    "a name twice": (b'{"signals": [], ' + of(PDQ)[1:], 400),
    "a name twice within": (
        b'{"signals": [{"kind": "md5", "kind": "pdq", "value": "%s"}]}' % HEX.encode(),
        400,
    ),
    "nested too deeply": (b"[" * 2_000 + b"]" * 2_000, 400),
    "no object": (b"[]", 422),
    "no signals": (b"{}", 422),
    "not one signal": (of(), 422),
    "another name beside": (of(PDQ, more=1), 422),
    "too many": (of(*[PDQ] * (MOST_AT_ONCE + 1)), 422),
    "too short": (of(PDQ | {"value": HEX[:-1]}), 422),
    "another name": (of(PDQ | {"colour": "blue"}), 422),
    "another kind": (of(PDQ | {"kind": "phash"}), 422),
    "a quality over 100": (of(PDQ | {"quality": 101}), 422),
    "a quality that is true": (of(PDQ | {"quality": True}), 422),
    "a quality in words": (of(PDQ | {"quality": "90"}), 422),
    "seven turns": (of(PDQ | {"turns": HEX * 7}), 422),
    "turns of a file": (of({"kind": "md5", "value": "0" * 32, "turns": "0" * 256}), 422),
    "seconds of a picture that are none": (of(PDQ | {"seconds": "x"}), 422),
    "frames of a picture that are none": (of(PDQ | {"frames": 7}), 422),
    "a value of a film that is none": (
        of({"kind": "clip", "seconds": 1, "frames": [FRAME], "value": 5}),
        422,
    ),
    "a film without a frame": (of({"kind": "clip", "seconds": 1, "frames": []}), 422),
    "a film of too many frames": (
        of({"kind": "clip", "seconds": 1, "frames": [FRAME] * (MOST_FRAMES + 1)}),
        422,
    ),
    "films of too many frames together": (
        of(*[{"kind": "clip", "seconds": 1, "frames": [FRAME] * (MOST_FRAMES // 2 + 1)}] * 2),
        422,
    ),
    "longer than a body may be": (of(PDQ) + b" " * 1_048_576, 413),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("longest", [look_ups.LONGEST, 1_048_576])
def test_what_is_refused_is_refused_alike(
    token: str, name: str, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a body the quick way reads, and it stops at fewer octets than the API."""
    monkeypatch.setattr(look_ups, "LONGEST", longest)
    body, status = BAD[name]
    assert quickly(body, token) is None
    said = through(body, token)
    assert said == by_api(body, token)
    assert said[0] == status
    assert not LookUp.objects.exists()


TYPES = {
    JSON: 200,
    "application/json; charset=utf-8": 200,
    "Application/JSON;charset=UTF-8": 200,
    "application/json; charset=latin-1": 200,
    "application/json; charset=utf-16": 200,
    "application/json; charset=no-such": 200,
    "text/plain": 415,
    "application/json, text/plain": 415,
    "application/x-www-form-urlencoded": 415,
    "": 415,
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_charset_changes_nothing(token: str, kind: str) -> None:
    body, status = of(PDQ), TYPES[kind]
    said = through(body, token, kind)
    assert said == by_api(body, token, kind)
    assert said[0] == status
    assert (quickly(body, token, kind) is not None) == (status == 200)


def test_who_may_not_is_refused_alike(token: str) -> None:
    other = f"Bearer {make_token('hotline.reports.submit', partner=make_partner('Other'))[1]}"
    asked = [through(of(PDQ), who) for who in ("Bearer x", token[7:], other)]
    assert asked == [by_api(of(PDQ), who) for who in ("Bearer x", token[7:], other)]
    assert [status for status, _said in asked] == [401, 401, 403]


@pytest.mark.parametrize(
    "first", [(JSON, ""), ("application/json; charset=latin-1", ""), (JSON, "?a=1")]
)
def test_one_limit_counts_whichever_way_they_came(
    token: str, first: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "MOST_A_MINUTE", 4)
    ways = [first, (JSON, ""), ("application/json; charset=utf-8", ""), (JSON, "?a=1")]
    assert [through(of(PDQ), token, *way)[0] for way in ways] == [200] * 4
    refused = [through(of(PDQ), token, *way) for way in ways]
    assert [status for status, _said in refused] == [429] * 4
    assert all(said == refused[0][1] for _status, said in refused)
    assert LookUp.objects.count() == 4


def test_a_look_up_is_no_request_among_the_others(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("balise.config.api.MOST_A_MINUTE", 1)
    assert [by_api(of(PDQ), token)[0] for _time in range(3)] == [200] * 3
