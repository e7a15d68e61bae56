import pytest

from balise.config.centre import countries
from balise.foundation.clock import today
from balise.helpline.cases.rules.files import (
    CaseState,
    OutcomeNeeded,
    ReasonNeeded,
    StepNotAllowed,
    check_step,
    read_reason,
)
from balise.helpline.cases.rules.sections import DUE, Section, in_words, section_form


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
