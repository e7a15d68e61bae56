import pytest
from hypothesis import given, strategies as st

from balise.config.centre import countries
from balise.foundation.clock import today
from balise.helpline.cases.rules import codes
from balise.helpline.cases.rules.files import (
    CaseState,
    OutcomeNeeded,
    ReasonNeeded,
    StepNotAllowed,
    check_step,
    read_reason,
)
from balise.helpline.cases.rules.sections import DUE, Section, in_words, section_form

FRENCH = codes.word_list("fr")


class TestEightWords:
    @given(st.lists(st.sampled_from(FRENCH), min_size=8, max_size=8))
    def test_are_read_as_they_are_said(self, words: list[str]) -> None:
        assert codes.canonical(words) in codes.read_words(" ".join(words))

    @given(st.lists(st.sampled_from(FRENCH), min_size=8, max_size=8))
    def test_forgive_case_accents_and_the_end_of_a_word(self, words: list[str]) -> None:
        bare = codes.canonical(words).split()
        slipped = ", ".join(word[:4].upper() for word in bare)
        assert codes.canonical(words) in codes.read_words(slipped)

    @pytest.mark.parametrize("text", ["", "sept mots", "xyzw " * 8, "abandon " * 9])
    def test_what_cannot_be_eight_of_our_words_is_nothing(self, text: str) -> None:
        assert codes.read_words(text) == []

    def test_hold_88_bits(self) -> None:
        assert len({codes.canonical([word])[:4] for word in FRENCH}) == 2048


class TestSteps:
    def test_a_file_ends_with_an_outcome(self) -> None:
        with pytest.raises(OutcomeNeeded):
            check_step(CaseState.OPEN, CaseState.CLOSED, outcome="")

    def test_a_file_taken_up_is_not_new_again(self) -> None:
        with pytest.raises(StepNotAllowed):
            check_step(CaseState.IN_PROGRESS, CaseState.OPEN, outcome="")

    @pytest.mark.parametrize("text", ["", "vite", "  .   . "])
    def test_a_word_is_no_reason(self, text: str) -> None:
        with pytest.raises(ReasonNeeded):
            read_reason(text)


class TestSections:
    @pytest.mark.parametrize("country", countries())
    @pytest.mark.parametrize("section", Section)
    def test_each_has_fields_in_each_country(self, section: Section, country: str) -> None:
        form = section_form(section, country=country, on=today())
        assert form.fields
        if section in DUE:
            assert {"due_on", "who"} <= {field.code for field in form.fields}

    def test_codes_are_said_in_words(self) -> None:
        form = section_form(Section.PEOPLE, country="fr", on=today())
        said = in_words(form, {"role": "victim", "name": "Renard", "age": None})
        assert [words for _label, words in said] == ["Victime", "Renard"]
