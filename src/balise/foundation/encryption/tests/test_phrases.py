import pytest
from hypothesis import example, given, strategies as st

from balise.foundation.encryption.phrases import (
    canonical,
    near_phrases,
    new_phrase,
    read_phrase,
    word_list,
)

FRENCH = word_list("fr")
eight_words = st.lists(st.sampled_from(FRENCH), min_size=8, max_size=8)


class TestPhrase:
    @pytest.mark.parametrize("language", ["fr", "en", "fr-lu", "pt"])
    def test_is_read_as_it_was_given(self, language: str) -> None:
        phrase = new_phrase(language, words=6)
        assert canonical(phrase) in read_phrase(" ".join(phrase), words=6)

    def test_one_that_was_given_earlier_is_read_as_then(self) -> None:
        given = "Habit, SUCRE, tuyau, zèbre, abai, élégant, friv, LÉGUME"
        assert read_phrase(given, words=8) == [
            "habitude sucre tuyau zebre abaisser elegant frivole legume"
        ]

    @given(eight_words)
    def test_is_read_as_it_is_said(self, words: list[str]) -> None:
        assert canonical(words) in read_phrase(" ".join(words), words=8)

    @given(eight_words)
    def test_forgives_case_accents_and_the_end_of_a_word(self, words: list[str]) -> None:
        slipped = ", ".join(word[:4].upper() for word in canonical(words).split())
        assert canonical(words) in read_phrase(slipped, words=8)

    @pytest.mark.parametrize("text", ["", "sept mots", "xyzw " * 8, "abandon " * 9])
    def test_what_cannot_be_eight_of_our_words_is_nothing(self, text: str) -> None:
        assert read_phrase(text, words=8) == []

    def test_eight_words_hold_88_bits(self) -> None:
        assert len({canonical([word])[:4] for word in FRENCH}) == 2048


class TestNearPhrases:
    """A word that was mistyped, or two that were swapped, are asked back."""

    @pytest.mark.parametrize(
        "typed",
        [
            "habitude sucre tuyau zebre abaisser elegant",  # right: only the order can be wrong
            "habitude tuyau sucre zebre abaisser elegant",
            "habitude suvre tuyau zèbre abaisser élégant",  # a wrong letter
            "habitude scure tuyau zèbre abaisser élégant",  # two swapped letters
            "habitude ssucre tuyau zèbre abaisser élégant",  # one too many
            "hbitude sucre tuyau zèbre abaisser éégant",  # one missing, in two words
        ],
    )
    def test_what_was_meant_is_among_few(self, typed: str) -> None:
        found = near_phrases(typed, words=6)
        meant = {canonical(each.split()) for each in found}
        right = {
            "habitude sucre tuyau zebre abaisser elegant",
            "habitude tuyau sucre zebre abaisser elegant",
        }
        assert meant & right
        assert len(found) <= 7

    def test_is_written_with_its_accents(self) -> None:
        assert near_phrases("habitude suvre tuyau zebre abaisser elegant", words=6)[0] == (
            "habitude sucre tuyau zèbre abaisser élégant"
        )

    # Each begins as an English word does.
    @example(["minimal", "aborder", "chimère", "aboutir", "acquérir", "abandon"])
    @given(st.lists(st.sampled_from(FRENCH), min_size=6, max_size=6, unique=True))
    def test_two_neighbours_that_were_swapped_are_found(self, words: list[str]) -> None:
        swapped = [words[1], words[0], *words[2:]]
        assert canonical(words) in {
            canonical(each.split()) for each in near_phrases(" ".join(swapped), words=6)
        }

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "habitude sucre tuyau zèbre abaisser",  # one word short: nothing is made up
            "xqzw xqzw tuyau zèbre abaisser élégant",
            "suvre scure ssucre zèbre abaisser élégant",  # three that are in no list
            "x" * 10_000,
        ],
    )
    def test_what_is_far_from_six_words_is_nothing(self, text: str) -> None:
        assert near_phrases(text, words=6) == []
