"""Answering a quiz: counted once, paired by six words, and nobody is known."""

from datetime import timedelta

import pytest

from balise.awareness.activities.quizzes import actions, queries
from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.models import DayTally, Pair
from balise.awareness.activities.quizzes.module import RULES
from balise.awareness.activities.quizzes.queries import quiz
from balise.awareness.activities.quizzes.rules import Mode, What
from balise.awareness.activities.quizzes.tests.makers import (
    CODE,
    answered,
    begun,
    example,
    first_time,
    make_published,
    rightly,
    wrongly,
)
from balise.awareness.questions.rules.questions import AnswerFaulty
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def counted(what: What) -> tuple[int, int]:
    row = DayTally.objects.filter(what=what).first()
    return (row.times, row.total) if row else (0, 0)


def test_a_quiz_is_counted_when_it_begins_and_once_at_its_end() -> None:
    path = begun()
    almost = path
    for each in quiz(CODE).questions[:-1]:
        almost = almost.answered(each.code, "")
    last = quiz(CODE).questions[-1]
    for _nth in range(2):  # the last page sent twice
        token = links.carried(almost)
        actions.answer(token=token, code=last.code, given=rightly(last), by=ANYONE)
    assert counted(What.STARTED) == counted(What.FINISHED) == (1, 0)
    assert Entry.objects.filter(event__startswith="awareness.quiz").count() == 0


def test_an_answer_is_given_once_and_a_skipped_question_leads_on() -> None:
    path, (first, *_others) = begun(), quiz(CODE).questions
    token = links.carried(path)
    path = actions.answer(token=token, code=first.code, given=wrongly(first), by=ANYONE)
    again = actions.answer(
        token=links.carried(path), code=first.code, given=rightly(first), by=ANYONE
    )
    assert again.answers == path.answers
    assert actions.skip(token=token, code=first.code, by=ANYONE).next(quiz(CODE)) == 2
    with pytest.raises(AnswerFaulty):
        actions.answer(token=token, code=first.code, given=[], by=ANYONE)
    with pytest.raises(NotHere):
        actions.answer(token=token, code="other", given=["a"], by=ANYONE)


class TestTheGain:
    def test_two_times_are_paired_by_six_words_counted_and_forgotten(self) -> None:
        words = first_time(wrongly)
        assert Pair.objects.get().right == 0
        path = actions.begin_again(code=CODE, words=words.upper(), by=ANYONE)
        finished = answered(path)
        assert finished.pair is None
        assert counted(What.GAIN) == (1, 10)
        assert counted(What.STARTED) == counted(What.FINISHED) == (1, 0)
        assert not Pair.objects.exists()
        with pytest.raises(WordsUnknown):
            actions.begin_again(code=CODE, words=words, by=ANYONE)

    def test_two_tabs_of_one_second_time_count_one_gain(self) -> None:
        words = first_time()
        tabs = [actions.begin_again(code=CODE, words=words, by=ANYONE) for _tab in range(2)]
        for each in tabs:
            answered(each)
        assert counted(What.GAIN) == (1, 10)

    def test_words_are_given_once_and_only_after_a_first_time(self) -> None:
        path = answered(begun(mode=Mode.BEFORE), wrongly)
        token = links.carried(path)
        assert len(actions.give_words(token=token, language="en", by=ANYONE)) == 6
        assert actions.give_words(token=token, language="en", by=ANYONE) == []
        alone = links.carried(answered(begun()))
        with pytest.raises(NotHere):
            actions.give_words(token=alone, language="en", by=ANYONE)

    def test_words_of_another_quiz_or_of_a_changed_one_are_refused(self) -> None:
        words = first_time()
        with pytest.raises(WordsUnknown):
            actions.begin_again(code="parents", words=words, by=ANYONE)
        make_published(code=CODE)
        with pytest.raises(WordsUnknown, match="modifié"):
            actions.begin_again(code=CODE, words=words, by=ANYONE)

    def test_the_mean_is_shown_from_the_first_pair_on(self) -> None:
        lead = make_actor("awareness_lead")
        assert queries.counted(CODE, by=lead).gain is None
        for nth in range(10):
            given = rightly if nth else wrongly
            answered(actions.begin_again(code=CODE, words=first_time(given), by=ANYONE))
            assert queries.counted(CODE, by=lead).pairs == nth + 1
        found = queries.counted(CODE, by=lead)
        assert (found.pairs, found.gain) == (10, 1.0)

    def test_what_waits_is_forgotten_after_sixty_days(self) -> None:
        first_time()
        later = clock.now() + timedelta(days=61)
        for rule in RULES:
            assert rule.erase(list(rule.due(later).values_list("pk", flat=True))) == 1
        assert not Pair.objects.exists()


def test_a_withdrawn_quiz_ends_for_who_is_in_it() -> None:
    path = begun()
    actions.withdraw(code=CODE, by=make_actor("awareness_lead"))
    with pytest.raises(NotHere):
        actions.skip(token=links.carried(path), code="group", by=ANYONE)


def test_days_that_are_over_are_told_to_the_journal_once() -> None:
    answered(begun())
    with clock.at(clock.now() + timedelta(days=1)):
        assert actions.tell_days(by=SYSTEM) == 2
        assert actions.tell_days(by=SYSTEM) == 0
    facts = Entry.objects.filter(event="awareness.quiz.counted")
    assert {entry.facts["what"] for entry in facts} == {"started", "finished"}
    assert {entry.facts["quiz"] for entry in facts} == {CODE}


def test_a_name_in_a_file_never_reaches_a_path() -> None:
    make_published(code="own")
    path = answered(begun("own"))
    assert set(path.answers) == {each["code"] for each in example()["questions"]}
