"""The numbers of a country: how each is reached, for whom, on which pages; refused if unclear."""

from typing import Any

import pytest

from balise.config import centre
from balise.config.centre import By, For, On, countries, read_centre
from balise.foundation.packs import PackFaulty, load

FRANCE = read_centre("fr")
LUXEMBOURG = read_centre("lu")
ON_EACH = ["public", "home", "danger", "report", "receipt", "error", "listener"]
GOOD = {
    "code": "police",
    "number": "17",
    "label": {"fr": "Police"},
    "hint": {"fr": "Danger"},
    "by": ["call"],
    "for": ["young", "adults"],
    "on": ON_EACH,
}


def shown(page: str, *, of: centre.Centre = FRANCE, whom: str = "") -> list[str]:
    return [one.number for one in of.numbers_on(page, whom=whom)]


@pytest.mark.parametrize("page", ["public", "danger", "report", "receipt", "error"])
def test_in_france_119_and_3114_stand_with_the_others(page: str) -> None:
    assert {"17", "112", "114", "119", "3114", "3018"} <= set(shown(page))


def test_114_opens_a_message_and_the_others_the_dialler() -> None:
    opened = {one.number: one.opens for one in FRANCE.numbers}
    assert opened["114"] == "sms:114"
    assert [opens for opens in opened.values() if opens.startswith("sms:")] == ["sms:114"]
    assert opened["3018"] == "tel:3018"


def test_the_helpline_is_reached_by_chat_too() -> None:
    helpline = FRANCE.number("helpline")
    assert (helpline.by, helpline.chat) == ((By.CALL, By.CHAT), "/talk/")


def test_what_is_for_young_people_is_not_shown_to_adults() -> None:
    assert "116111" in shown("danger", of=LUXEMBOURG, whom="young")
    assert "116111" not in shown("danger", of=LUXEMBOURG, whom="adults")
    assert "116111" in shown("danger", of=LUXEMBOURG)


@pytest.mark.parametrize("country", countries())
def test_each_page_has_numbers_for_everyone(country: str) -> None:
    for page in On:
        for whom in For:
            assert shown(page, of=read_centre(country), whom=whom)


@pytest.mark.parametrize(
    "change",
    [
        {"by": []},
        {"by": ["fax"]},
        {"by": ["chat"], "chat": "/talk/"},
        {"by": ["call", "chat"]},
        {"by": ["call"], "chat": "/talk/"},
        {"by": ["call", "chat"], "chat": "javascript:x()"},
        {"for": ["children"]},
        {"for": []},
        {"on": []},
        {"on": ["everywhere"]},
        {"on": ["public"]},
        {"for": ["young"]},
        {"number": "17 or 112"},
        {"number": ""},
        {"label": "Police"},
    ],
    ids=str,
)
def test_what_is_unclear_is_refused_at_the_start(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load("balise.config", country="fr", name="centre")

    def with_numbers(*numbers: dict[str, Any]) -> None:
        monkeypatch.setattr(centre, "load", lambda *_a, **_k: pack | {"numbers": list(numbers)})

    with_numbers(GOOD)
    assert read_centre("fr").numbers
    with_numbers(GOOD | change)
    with pytest.raises(PackFaulty):
        read_centre("fr")
    with_numbers(GOOD, GOOD)
    with pytest.raises(PackFaulty):
        read_centre("fr")
