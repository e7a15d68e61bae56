"""Words of danger, by the examples of the packs themselves: without a database."""

import re
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


def test_letters_that_are_typed_again_and_again_are_one() -> None:
    assert plain("mouuurrrir") == "mourir"
    assert plain("mourrir") == "mourrir"
    assert plain("çà s\u2019est FINI…") == "ca s est fini"


class TestAPack:
    WORDS = {"A": ["j'ai tout avalé"], "B": ["barrer"]}

    def test_of_words_alone_takes_nothing_out_and_has_no_examples(self) -> None:
        words = read_pack({"fr": self.WORDS})
        assert words.harmless is None
        assert words.risk_of("me barrer") is Risk.B
        one = words.languages["fr"]
        assert (one.written, one.raises, one.calm) == ({}, (), ())

    def test_is_looked_for_to_the_twenty_thousandth_character(self) -> None:
        words = read_pack({"fr": self.WORDS})
        assert words.risk_of(" " * 19_994 + "barrer") is Risk.B
        assert words.risk_of(" " * 19_995 + "barrer") is Risk.F

    def test_keeps_its_examples_for_the_tests(self) -> None:
        more = {"raises": {"A": ["one"]}, "calm": ["two", "three"]}
        one = read_pack({"fr": {**self.WORDS, **more}}).languages["fr"]
        assert (one.raises, one.calm) == (((Risk.A, "one"),), ("two", "three"))

    @pytest.mark.parametrize(
        ("text", "risk"),
        [
            ("barrer", Risk.B),
            ("barer", Risk.B),
            ("barrrer", Risk.B),
            ("bar rer", Risk.F),
            ("baer", Risk.F),
            ("rembarrer", Risk.F),
            ("barrera", Risk.F),
            ("j ai tout avale", Risk.A),
            ("jai tout avalé", Risk.A),
            ("barrer, j\u2019ai tout avalé", Risk.A),
        ],
    )
    def test_finds_whole_phrases_without_apostrophes_and_doubled_letters(
        self, text: str, risk: Risk
    ) -> None:
        assert read_pack({"fr": self.WORDS}).risk_of(text) is risk


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        ({}, "danger_words: a table for each language"),
        ({"fr": {"A": ["x"]}}, "danger_words.fr.B: at least one phrase"),
        ({"fr": {"A": ["x"], "B": []}}, "danger_words.fr.B: at least one phrase"),
        ({"fr": {"A": ["x"], "B": ["…"]}}, "danger_words.fr.B: at least one phrase"),
        ({"fr": {"A": ["x"], "B": ["y"], "C": ["z"]}}, "danger_words.fr: nothing reads C"),
        (
            {"fr": {"A": ["x"], "B": ["y"], "written": {"two words": "x"}}},
            "danger_words.fr.written: one word for each",
        ),
        (
            {"fr": {"A": ["x"], "B": ["y"]}, "harmles": ["z"]},
            "danger_words: a table for each language",
        ),
    ],
)
def test_a_pack_that_is_wrong_stops_the_start(pack: dict[str, Any], says: str) -> None:
    with pytest.raises(PackFaulty, match=f"^{re.escape(says)}"):
        read_pack(pack)
