"""Words of danger, by the examples of the packs themselves: without a database."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from balise.config.centre import countries
from balise.foundation.packs import PackFaulty
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import (
    LEVELS,
    danger_words,
    plain,
    read_pack,
    risk_of,
)

LANGUAGES = [(country, code) for country in countries() for code in danger_words(country).languages]


def test_each_country_speaks_french_and_english() -> None:
    assert {("fr", "fr"), ("fr", "en"), ("lu", "fr"), ("lu", "en"), ("lu", "de")} <= set(LANGUAGES)


@pytest.mark.parametrize(("country", "code"), LANGUAGES)
def test_its_examples_raise_and_its_counter_examples_do_not(country: str, code: str) -> None:
    one = danger_words(country).languages[code]
    assert {level for level, _text in one.raises} == set(LEVELS)
    wrong = [
        (text, risk_of(text, country=country))
        for level, text in one.raises
        if risk_of(text, country=country) is not level
    ]
    wrong += [
        (text, risk_of(text, country=country))
        for text in one.calm
        if risk_of(text, country=country) is not Risk.F
    ]
    assert one.calm
    assert not wrong


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("JE VEUX MOURIR CE SOIR", Risk.A),
        ("jveux mourriiiir ce soiiiir", Risk.A),
        ("je veux mourir\nce soir…", Risk.A),
        ("i want to die tonight, mdr non je rigole pas", Risk.A),
        ("j'ai pris du poison dans le jeu, du poisson pour ce soir", Risk.F),
        ("mort de rire, mais sérieux je veux mourir", Risk.B),
        ("", Risk.F),
    ],
)
def test_it_is_read_as_children_type(text: str, risk: Risk) -> None:
    assert risk_of(text, country="fr") is risk


def test_a_phrase_does_not_go_across_what_is_taken_out() -> None:
    assert risk_of("je veux mort de rire mourir", country="fr") is Risk.F


@given(st.text())
def test_a_word_in_any_text_is_found(around: str) -> None:
    assert risk_of(f"{around}; suicide; {around}", country="fr") in set(LEVELS)


@given(st.text())
def test_what_is_plain_stays_so(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "pack",
    [
        {},
        {"fr": {"A": ["x"], "B": []}},
        {"fr": {"A": ["x"], "B": ["…"]}},
        {"fr": {"A": ["x"], "B": ["y"], "C": ["z"]}},
        {"fr": {"A": ["x"], "B": ["y"], "written": {"two words": "x"}}},
        {"fr": {"A": ["x"], "B": ["y"]}, "harmles": ["z"]},
    ],
)
def test_a_pack_that_is_wrong_stops_the_start(pack: dict[str, Any]) -> None:
    with pytest.raises(PackFaulty):
        read_pack(pack)
