import pytest
from hypothesis import given, strategies as st

from balise.foundation.encryption.phrases import canonical, new_phrase, read_phrase, word_list

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
