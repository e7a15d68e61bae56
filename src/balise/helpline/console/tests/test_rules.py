"""A brief, the checklist where a life is in danger, and how two people fill it: no database."""

import pytest
from django.utils.translation import override

from balise.helpline.console.rules import (
    AnswerTooLong,
    BriefNeeded,
    ChecklistChanged,
    NotHeld,
    Question,
    is_imminent,
    merged,
    not_held,
    read_answers,
    read_brief,
    read_text,
)

STEPS = {"thoughts": "yes", "plan": "pills", "means": "at home", "timeframe": "tonight"}
NOTHING = dict.fromkeys(Question.values, "")


def test_a_line_break_is_one_character_and_a_zero_none() -> None:
    assert read_text("  one\r\ntwo\x00\n") == "one\ntwo"


@pytest.mark.parametrize("text", ["", " \r\n ", "x" * 2_001, "x" * 2_000 + "\r\ny"])
def test_a_brief_is_one_line_at_least_and_two_thousand_characters_at_most(text: str) -> None:
    with pytest.raises(BriefNeeded):
        read_brief(text)


def test_a_brief_is_kept_whole_without_the_spaces_around() -> None:
    assert read_brief(" " + "x" * 2_000 + "\n") == "x" * 2_000
    assert read_brief("x" * 1_998 + "\r\ny") == "x" * 1_998 + "\ny"


def test_each_question_has_an_answer_and_nothing_else_is_kept() -> None:
    given = {"thoughts": " yes\r\n", "no-question": "x"}
    assert read_answers(given) == NOTHING | {"thoughts": "yes"}


def test_an_answer_is_never_cut() -> None:
    assert read_answers({"plan": "x" * 1_000})["plan"] == "x" * 1_000
    with pytest.raises(AnswerTooLong):
        read_answers({"plan": "x" * 1_001})


class TestTwoWhoWrite:
    def test_what_nobody_else_changed_is_taken(self) -> None:
        answers, theirs = merged({"plan": "pills"}, shown={"plan": "pills"}, typed={"plan": "none"})
        assert answers == NOTHING | {"plan": "none"}
        assert theirs == {}

    def test_what_was_not_there_yet_is_taken(self) -> None:
        answers, theirs = merged({}, shown={}, typed={"means": "at home"})
        assert answers == NOTHING | {"means": "at home"}
        assert theirs == {}

    def test_what_one_did_not_touch_stays_as_the_other_wrote_it(self) -> None:
        answers, theirs = merged({"plan": "pills"}, shown={"plan": ""}, typed={"plan": ""})
        assert answers["plan"] == "pills"
        assert theirs == {}

    def test_what_follows_an_answer_that_one_did_not_touch_is_taken(self) -> None:
        typed = {"thoughts": "", "plan": "pills", "means": "at home"}
        answers, theirs = merged({"plan": "pills"}, shown={}, typed=typed)
        assert answers == NOTHING | {"plan": "pills", "means": "at home"}
        assert theirs == {}

    def test_both_who_write_the_same_agree(self) -> None:
        answers, theirs = merged({"plan": "pills"}, shown={}, typed={"plan": "pills"})
        assert answers["plan"] == "pills"
        assert theirs == {}

    def test_what_both_changed_stays_the_first_ones_and_is_shown(self) -> None:
        answers, theirs = merged(
            {"plan": "pills", "means": ""},
            shown={"plan": "", "means": ""},
            typed={"plan": "a rope", "means": "at home"},
        )
        assert answers == NOTHING | {"plan": "pills", "means": "at home"}
        assert theirs == {"plan": "pills"}

    def test_the_refusal_carries_a_copy_of_what_the_other_wrote(self) -> None:
        theirs = {"plan": "pills"}
        with override("en"):
            refusal = ChecklistChanged(theirs)
        theirs.clear()
        assert refusal.theirs == {"plan": "pills"}
        assert "Someone else" in str(refusal)


class TestImminent:
    def test_with_all_four_steps(self) -> None:
        assert is_imminent(STEPS)

    @pytest.mark.parametrize("missing", STEPS)
    def test_not_with_three(self, missing: str) -> None:
        others = {"location": "Lyon", "with-whom": "alone"}
        assert not is_imminent({**STEPS, **others, missing: ""})
        assert not is_imminent({code: text for code, text in STEPS.items() if code != missing})


def test_says_whether_someone_else_has_it() -> None:
    with override("en"):
        taken, nobody = not_held("another"), not_held("")
    assert isinstance(taken, NotHeld)
    assert isinstance(nobody, NotHeld)
    assert "Another listener" in str(taken)
    assert "nobody else" in str(nobody)
