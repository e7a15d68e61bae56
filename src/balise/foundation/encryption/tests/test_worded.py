"""Codes of eight words: what they hold, how they are read, and that those of before still are."""

import pytest
from django.utils.translation import override

from balise.foundation.encryption.phrases import LANGUAGES, near_phrases, word_list
from balise.foundation.encryption.worded import (
    _UNKIND,
    WORDS,
    ReceiptMistyped,
    in_words,
    new_receipt,
    new_worded,
    read_code,
    shown,
)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
class TestWords:
    def test_lead_back_to_the_code(self, language: str) -> None:
        for _each in range(50):
            code = new_worded()
            words = in_words(code, language)

            assert len(words.split()) == WORDS
            assert read_code(words) == code == read_code(shown(code))

    def test_are_read_without_case_accents_or_ends(self, language: str) -> None:
        code = new_worded()
        words = in_words(code, language).split()

        assert read_code("  ".join(words).upper()) == code
        assert read_code("-".join(words)) == code
        assert read_code(", ".join(word[:4] for word in words)) == code

    def test_are_kind(self, language: str) -> None:
        assert _UNKIND[language] <= set(word_list(language))
        for _each in range(50):
            assert _UNKIND[language].isdisjoint(in_words(new_worded(), language).split())

    def test_a_slip_is_pointed_out(self, language: str) -> None:
        words = in_words(new_worded(), language).split()
        typed = " ".join([*words[:2], "qqqqzz", *words[3:]])

        with override("en"), pytest.raises(ReceiptMistyped) as refusal:
            read_code(typed)

        assert str(refusal.value.message).startswith("Word 3 of 8")


def test_a_word_is_proposed_for_one_that_is_nearly_right() -> None:
    known = [word for word in word_list("fr") if len(word) > 6][:WORDS]
    typed = [*known[:3], "x" + known[3], *known[4:]]

    assert " ".join(known) in near_phrases(" ".join(typed), words=WORDS)


def test_codes_of_before_are_read_and_have_no_words() -> None:
    before = new_receipt()

    assert read_code(shown(before).lower()) == before
    assert in_words(before, "fr") == ""


@pytest.mark.parametrize("text", ["", "un deux trois", "abandon " * 7, "abandon " * 9, "x" * 500])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ReceiptMistyped):
        read_code(text)


def test_each_code_is_another() -> None:
    assert len({new_worded() for _each in range(500)}) == 500
