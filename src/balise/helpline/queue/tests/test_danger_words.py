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
    DangerWords,
    danger_words,
    plain,
    read,
    read_pack,
    risk_of,
)
from balise.helpline.queue.rules.danger_words.matching import pieces

LANGUAGES = [(country, code) for country in countries() for code in danger_words(country).languages]


def test_each_country_speaks_french_and_english() -> None:
    assert {("fr", "fr"), ("fr", "en"), ("lu", "fr"), ("lu", "en"), ("lu", "de")} <= set(LANGUAGES)


@pytest.mark.parametrize(("country", "code"), LANGUAGES)
def test_its_examples_raise_and_its_counter_examples_do_not(country: str, code: str) -> None:
    one = danger_words(country).languages[code]
    assert {level for level, _text in one.raises} >= {Risk.A, Risk.B}
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
        ("ce soir je veux mourir", Risk.A),
        ("i want to die tonight, mdr non je rigole pas", Risk.A),
        ("j'ai pris du poisson ce soir", Risk.F),
        ("mort de rire, mais sérieux je veux mourir", Risk.B),
        ("m.o.u.r.i.r", Risk.F),
        ("s.u.i.c.i.d.e", Risk.B),
        ("je pense au s*icide", Risk.B),
        ("j ai ete v!ole", Risk.B),
        ("", Risk.F),
    ],
)
def test_it_is_read_as_children_type(text: str, risk: Risk) -> None:
    assert risk_of(text, country="fr") is risk


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("je veux pas mourir", Risk.F),
        ("aidez moi je veux pas mourir", Risk.A),
        ("je veux plus vivre", Risk.B),
        ("je dis pas que je veux mourir mais j'y pense", Risk.B),
        ("je sais pas quoi faire je veux mourir", Risk.B),
        ("il arrête pas de me frapper", Risk.B),
        ("je veux mourir mdr", Risk.B),
        ("avant je voulais mourir mais maintenant ça va bien", Risk.F),
        ("il m'a violée l'an dernier", Risk.B),
        ("dans le film il veut mourir", Risk.F),
        ("je regarde un film et je veux mourir ce soir", Risk.A),
        ("au secours, je joue à un jeu", Risk.A),
    ],
)
def test_what_stands_beside_the_words_counts(text: str, risk: Risk) -> None:
    assert risk_of(text, country="fr") is risk


def test_a_phrase_does_not_go_across_what_is_taken_out() -> None:
    assert risk_of("j'étais mort de rire", country="fr") is Risk.F


def test_what_was_found_says_where_it_stands_and_by_which_rule() -> None:
    text = "Salut ! j'ai ENVIE de mourir ce soir"
    found = read(text, country="fr")
    assert found
    assert [text[begin:end] for begin, end in found.places] == ["ENVIE", "mourir", "ce", "soir"]
    assert (found.level, found.category) == (Risk.A, "suicide")
    assert found.rule.in_language("fr") == "veut mourir"
    assert read("bonjour", country="fr") is None


@given(st.text())
def test_a_word_in_any_text_is_found(around: str) -> None:
    assert risk_of(f"{around} ; au secours ; {around}", country="fr") is Risk.A


@given(st.text())
def test_what_is_plain_stays_so(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_letters_that_are_typed_again_and_again_are_one() -> None:
    assert plain("mouuurrrir") == "mourir"
    assert plain("mourrir") == "mourrir"
    assert plain("çà s\u2019est FINI…") == "ca s est fini"


RULE = {"level": "B", "category": "suicide", "says": {"en": "x"}, "when": ["barrer"]}


def _pack(**table: Any) -> DangerWords:
    return read_pack({"fr": {"rules": [RULE], **table}})


class TestAPack:
    def test_of_one_rule_takes_nothing_out_and_has_no_examples(self) -> None:
        words = _pack()
        assert words.risk_of("me barrer") is Risk.B
        one = words.languages["fr"]
        assert (one.raises, one.calm) == ((), ())

    def test_is_looked_for_to_the_twenty_thousandth_character(self) -> None:
        words = _pack()
        assert words.risk_of(" " * 19_994 + "barrer") is Risk.B
        assert words.risk_of(" " * 19_995 + "barrer") is Risk.F

    def test_keeps_its_examples_for_the_tests(self) -> None:
        one = _pack(raises={"A": ["one"]}, calm=["two", "three"]).languages["fr"]
        assert (one.raises, one.calm) == (((Risk.A, "one"),), ("two", "three"))

    @pytest.mark.parametrize(
        ("text", "risk"),
        [
            ("barrer", Risk.B),
            ("barer", Risk.F),
            ("barrrer", Risk.B),
            ("BARRÉR", Risk.B),
            ("bar rer", Risk.F),
            ("rembarrer", Risk.F),
            ("barrer, alors", Risk.B),
            ("b a r r e r", Risk.B),
            ("b4rrer", Risk.B),
            ("barr*r", Risk.B),
            ("barrrre", Risk.F),
            ("barrir", Risk.B),
            ("barrier", Risk.B),
            ("birrir", Risk.F),
        ],
    )
    def test_finds_whole_words_with_signs_repeats_and_one_slip(self, text: str, risk: Risk) -> None:
        assert _pack().risk_of(text) is risk

    def test_reads_words_as_they_are_heard_where_it_says_so(self) -> None:
        rule = {**RULE, "when": ["couteau"]}
        assert _pack(rules=[rule], by_sound=True).risk_of("koutos") is Risk.B
        assert _pack(rules=[rule]).risk_of("koutos") is Risk.F
        assert _pack(rules=[rule], by_sound=True, ordinary=["koutos"]).risk_of("koutos") is Risk.F

    def test_reads_the_words_of_a_unit_and_of_an_apostrophe_apart(self) -> None:
        table: dict[str, Any] = {
            "rules": [{**RULE, "when": ["je .. barrer"]}],
            "units": {"jve": "je veux"},
            "elided": {"j": "je"},
        }
        assert [
            _pack(**table).risk_of(each) for each in ("jve barrer", "j'ai barrer", "barrer")
        ] == [
            Risk.B,
            Risk.B,
            Risk.F,
        ]

    def test_says_more_where_something_stands_beside_it_and_less_where_it_is_explained(
        self,
    ) -> None:
        words = _pack(
            concepts={"DOOR": ["porte"], "GAME": ["jeu"]},
            rules=[{**RULE, "A_with": ["DOOR"], "unless": ["GAME"]}],
        )
        found = [words.risk_of(each) for each in ("barrer", "barrer la porte", "barrer le jeu")]
        assert found == [Risk.B, Risk.A, Risk.F]

    def test_is_read_as_heard_by_a_verb_and_by_a_stem(self) -> None:
        words = _pack(rules=[{**RULE, "when": ["plonger!", "suicid*"]}])
        assert [words.risk_of(each) for each in ("plongeait", "plongée", "suicidaires")] == [
            Risk.B
        ] * 3


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        ({}, "danger_words: a table for each language"),
        ({"fr": {}}, "danger_words.fr.rules: at least one"),
        ({"fr": {"rules": [RULE], "rule": []}}, "danger_words.fr: nothing reads rule"),
        ({"fr": {"rules": [RULE]}, "harmles": ["z"]}, "danger_words: a table for each language"),
        (
            {"fr": {"rules": [{**RULE, "level": "E"}]}},
            "danger_words.fr.rules: words tell of no level",
        ),
        ({"fr": {"rules": [{**RULE, "level": "Z"}]}}, "danger_words.fr.rules: 'Z' is not a valid"),
        (
            {"fr": {"rules": [{**RULE, "when": ["DIE"]}]}},
            "danger_words.fr.rules: no concept is named DIE",
        ),
        ({"fr": {"rules": [{**RULE, "wen": []}]}}, "danger_words.fr.rules: wen is missing"),
        (
            {"fr": {"rules": [RULE], "concepts": {"X": ["a .. b"]}}},
            "danger_words.fr: 'a .. b': .. stands in rules alone",
        ),
        (
            {"fr": {"rules": [RULE], "fillers": ["le"], "concepts": {"X": ["le"]}}},
            "danger_words.fr: 'le' has no word",
        ),
    ],
)
def test_a_pack_that_is_wrong_stops_the_start(pack: dict[str, Any], says: str) -> None:
    assert LEVELS == (Risk.A, Risk.B, Risk.C, Risk.D)
    with pytest.raises(PackFaulty, match=f"^{re.escape(says)}"):
        read_pack(pack)


class TestMarking:
    def test_marks_the_words_and_gives_the_text_back_whole(self) -> None:
        text = "bonjour, j'ai envie de mourir <b>ce soir</b> \U0001f610"
        found = pieces(text, read(text, country="fr"))
        assert "".join(piece for piece, _is_told in found) == text
        told = [piece for piece, is_told in found if is_told]
        assert "envie" in told[0]
        assert "mourir" in "".join(told)
        assert told[-1] == "ce soir"

    def test_marks_nothing_where_nothing_is_found(self) -> None:
        assert pieces("bonjour", read("bonjour", country="fr")) == [("bonjour", False)]
        assert pieces("", None) == []
