"""The pause at the public door: nobody is turned away, and nothing typed is lost."""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import pbkdf2_hmac
from html import unescape
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from balise.config.urls import public as public_pages
from balise.foundation import clock
from balise.foundation.web import pauses
from balise.foundation.web.doors import public
from balise.foundation.web.floods import Buckets, Floods, Spent
from balise.foundation.web.pauses import Pause, paced
from balise.foundation.web.testing import StrictClient
from balise.foundation.web.urls import outside_languages

PLACE = "/en/write/"
WORDS = 'He said "come" <b>now</b> & sent\nme a link'
TYPED = {"words": WORDS, "go": "send", "both": ["one", "two"]}


@public
@paced
def write(request: HttpRequest) -> HttpResponse:
    kept = {name: request.POST.getlist(name) for name in TYPED}
    return HttpResponse(repr(kept), content_type="text/plain")


urlpatterns = [
    *outside_languages,
    path("en/", include([path("write/", write), *public_pages])),
]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """Nobody has written yet, and one may write twice."""
    monkeypatch.setattr(pauses, "_floods", Floods())
    monkeypatch.setattr(pauses, "_spent", Spent())
    monkeypatch.setattr(pauses, "_told", Buckets[str]())
    settings.WRITES_NEARBY = 1
    with override_settings(ROOT_URLCONF=__name__, LANGUAGE_CODE="en"):
        yield


@pytest.fixture
def client() -> Client:
    """Someone whose neighbourhood has written enough."""
    client = StrictClient(headers={"Accept-Language": "en"}, REMOTE_ADDR="203.0.113.7")
    for _ in range(2):
        assert client.post(PLACE, TYPED).status_code == 200
    return client


def fields(page: Any) -> dict[str, list[str]]:
    """Return what the page's own form would send."""
    found: dict[str, list[str]] = {}
    form = page.text.partition("data-pause")[2].partition("</form>")[0]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return found


def work(page: Any) -> int:
    """Do what the page asks of the browser's script."""
    asked = dict(re.findall(r'data-(salt|target|rounds|most)="([^"]+)"', page.text))
    for number in range(int(asked["most"])):
        found = pbkdf2_hmac(
            "sha256", str(number).encode(), asked["salt"].encode(), int(asked["rounds"])
        )
        if found.hex() == asked["target"]:
            return number
    pytest.fail("no number gives what is asked")


def later(seconds: float) -> Any:
    return clock.at(timezone.now() + timedelta(seconds=seconds))


def test_it_gives_back_all_that_was_typed(client: Client) -> None:
    page = client.post(f"{PLACE}?a=1", TYPED)

    assert page.status_code == 429
    assert 4 <= int(page["Retry-After"]) <= 60
    assert 'action="/en/write/?a=1"' in page.text
    assert {name: fields(page)[name] for name in TYPED} == {
        "words": [WORDS],
        "go": ["send"],
        "both": ["one", "two"],
    }
    assert "<b>now</b>" not in page.text
    assert "3018" in page.text


def test_the_work_lets_one_go_on_at_once(client: Client) -> None:
    page = client.post(PLACE, TYPED)

    answer = client.post(PLACE, fields(page) | {"proof": [str(work(page))]})

    assert answer.status_code == 200
    assert "come" in answer.text


def test_the_wait_lets_one_go_on_without_script(client: Client) -> None:
    page = client.post(PLACE, TYPED)
    with later(int(page["Retry-After"]) + 1):
        assert client.post(PLACE, fields(page)).status_code == 200


def test_pressed_too_soon_it_comes_back_with_the_same_wait(client: Client) -> None:
    page = client.post(PLACE, TYPED)
    again = client.post(PLACE, fields(page))

    assert again.status_code == 429
    assert {**fields(again), "csrfmiddlewaretoken": []} == {
        **fields(page),
        "csrfmiddlewaretoken": [],
    }
    with later(int(page["Retry-After"]) + 1):
        assert client.post(PLACE, fields(again)).status_code == 200


@pytest.mark.parametrize("by_work", [True, False])
def test_it_serves_once_and_then_another_one_is_asked(client: Client, by_work: bool) -> None:
    page = client.post(PLACE, TYPED)
    given = fields(page) | ({"proof": [str(work(page))]} if by_work else {})
    with later(0 if by_work else 61):
        assert client.post(PLACE, given).status_code == 200
        second = client.post(PLACE, given)

        assert second.status_code == 429
        assert fields(second)["pause"] != given["pause"]
        assert fields(second)["words"] == [WORDS]
        proven = fields(second) | {"proof": [str(work(second))]}
        assert client.post(PLACE, proven).status_code == 200


@pytest.mark.parametrize("proof", ["", "-1", "x", "é", "1" * 9_000])
def test_work_that_was_not_done_counts_for_nothing(client: Client, proof: str) -> None:
    page = client.post(PLACE, TYPED)
    assert client.post(PLACE, fields(page) | {"proof": [proof]}).status_code == 429


def test_a_stamp_is_ours_and_of_now(client: Client) -> None:
    page = client.post(PLACE, TYPED)
    stamp = fields(page)["pause"][0]
    now = timezone.now().timestamp()
    assert pauses.read(stamp, now=now) is not None
    assert pauses.read(stamp[:-1], now=now) is None
    assert pauses.read("0" + stamp, now=now) is None
    assert pauses.read("", now=now) is None
    assert pauses.read(stamp, now=now + 2_000) is None
    assert pauses.read(stamp, now=now - 3_600) is None


def test_a_clock_that_jumps_keeps_nobody_out(client: Client) -> None:
    page = client.post(PLACE, TYPED)
    with later(-3_600):
        again = client.post(PLACE, fields(page))
        assert int(again["Retry-After"]) <= 61
        assert client.post(PLACE, fields(again) | {"proof": [str(work(again))]}).status_code == 200


def test_a_form_that_saves_itself_gets_no_page(client: Client) -> None:
    answer = client.post(PLACE, TYPED, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.content) == (429, b"")
    assert answer["Retry-After"] == "60"


def test_reading_is_never_held_back(client: Client) -> None:
    assert client.get(PLACE).status_code == 200


def test_other_neighbourhoods_go_on(client: Client) -> None:
    assert client.post(PLACE, TYPED, REMOTE_ADDR="198.51.100.1").status_code == 200


def test_behind_a_proxy_its_word_counts(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number, status in enumerate([200, 200, 429]):
        told = {"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.0"}
        assert client.post(PLACE, TYPED, headers=told).status_code == status
    assert client.post(PLACE, TYPED).status_code == 200  # told nothing: nobody is singled out


def test_this_machine_is_not_held_back(client: Client, settings: Settings) -> None:
    here = [client.post(PLACE, TYPED, REMOTE_ADDR="127.0.0.1") for _twenty in range(20)]
    assert {answer.status_code for answer in here} == {200}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # then 127.0.0.1 is what the proxy was told
    told = {"X-Forwarded-For": "127.0.0.1"}
    answers = {client.post(PLACE, TYPED, headers=told).status_code for _ in range(20)}
    assert 429 in answers


def test_there_is_no_limit_at_nought(client: Client, settings: Settings) -> None:
    settings.WRITES_NEARBY = settings.WRITES_IN_ALL = 0
    assert all(client.post(PLACE, TYPED).status_code == 200 for _ in range(20))


def test_the_log_says_it_now_and_then_and_not_of_whom(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(9):
        client.post(PLACE, TYPED)
    written = [record.getMessage() for record in caplog.records if record.name == "balise.web"]
    assert written == ["flood pauses_asked"] * 2


def test_the_number_is_within_reach_of_a_browser() -> None:
    numbers = {Pause(f"{salt:032x}", 0).number for salt in range(200)}
    assert all(0 <= number < pauses.MOST_TRIES for number in numbers)
    assert len(numbers) > 100
