"""Editions of results: published by the head of awareness, frozen, and never of few more people."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from balise.awareness.surveys.actions import making
from balise.awareness.surveys.models import Edition, Survey
from balise.awareness.surveys.queries import results
from balise.awareness.surveys.rules.editions import TooFew, WeightedOtherwise
from balise.awareness.surveys.rules.promises import WordingFaulty
from balise.awareness.surveys.rules.weighting import CannotWeigh
from balise.awareness.surveys.tests.makers import (
    AB,
    DURING,
    SLUG,
    TALKS,
    WHY,
    make_survey,
    says,
    text_of,
)
from balise.awareness.surveys.tests.results_makers import answered, publish
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

SEX = {"code": "sex", "kind": "one", "asks": says("Qui ?"), "choices": AB}
KNOWN = {"question": "sex", "shares": {"a": 50, "b": 50}}


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    with clock.at(DURING), translation.override("en"):
        yield


class TestPublish:
    def test_an_edition_is_frozen_and_told_to_the_journal(self) -> None:
        survey = make_survey()
        answered(survey, ["a\t"] * 60 + ["b\ta"] * 25 + ["b\tb"] * 15)
        assert publish(survey) == 1
        found = results.published(SLUG)
        assert (found.number, found.published_on) == (1, DURING.date())
        assert found.results.answers == 100
        assert found.results.questions[1].whole.base == 40
        answered(survey, ["a\t"] * 50)
        assert results.published(SLUG).results == found.results
        (entry,) = Entry.objects.filter(event="awareness.survey-results.published")
        assert entry.subject == survey
        assert entry.facts == {"edition": 1, "answers": 100, "weighted": 0}

    @pytest.mark.parametrize("role", ["editor", "coordinator", "steering", "listener"])
    def test_only_the_head_of_awareness_publishes(self, role: str) -> None:
        survey = make_survey()
        with pytest.raises(PermissionDenied):
            publish(survey, role=role)

    def test_few_answers_are_no_results(self) -> None:
        survey = make_survey()
        with pytest.raises(TooFew):
            publish(survey)
        answered(survey, ["a\t"] * 10)
        with pytest.raises(TooFew, match="11 answers at least"):
            publish(survey)

    def test_few_more_answers_are_no_edition(self) -> None:
        survey = make_survey()
        answered(survey, ["a\t"] * 60 + ["b\ta"] * 40)
        publish(survey)
        with pytest.raises(TooFew, match="11 answers more"):
            publish(survey)
        answered(survey, ["a\t"] * 10)
        with pytest.raises(TooFew, match="11 answers more"):
            publish(survey)
        answered(survey, ["a\t"] * 10 + ["b\tb"] * 30)
        assert publish(survey) == 2
        assert results.published(SLUG, 1).results.answers == 100
        assert results.editions(survey) == [(2, DURING.date()), (1, DURING.date())]

    def test_what_few_of_the_new_ones_said_is_withheld(self) -> None:
        survey = make_survey(TALKS)
        answered(survey, ["a"] * 60 + ["b"] * 40)
        publish(survey)
        answered(survey, ["a"] * 28 + ["b"] * 2)
        publish(survey)
        first, second = (results.published(SLUG, number).results.questions[0] for number in (1, 2))
        assert all(first.whole.figures.values())
        assert second.whole.base == 130
        assert not any(second.whole.figures.values())

    def test_the_door_reads_no_numbers_of_people(self) -> None:
        survey = make_survey(TALKS)
        answered(survey, ["a"] * 330 + ["b"] * 220)
        publish(survey)
        edition = Edition.objects.get()
        assert edition.left == {"talks": [[""], ["a", "b"], [[330, 220, 0], [0, 0, 0]]]}
        assert "330" not in str(edition.told)


class TestWeighted:
    def test_weights_are_of_what_the_wording_says(self) -> None:
        survey = make_survey(SEX, TALKS, known=[KNOWN])
        answered(survey, ["a\ta"] * 60 + ["b\ta"] * 20 + ["b\tb"] * 20)
        publish(survey, weighted=True)
        found = results.published(SLUG)
        assert found.results.weighting
        assert found.results.weighting.rounds == 1
        assert found.results.questions[1].whole.figures["b"]
        assert found.results.questions[1].whole.figures["b"].value == 25

    def test_weights_that_cannot_be_publish_nothing(self) -> None:
        survey = make_survey(SEX, TALKS, known=[KNOWN])
        answered(survey, ["a\ta"] * 60)
        with pytest.raises(CannotWeigh, match="Nobody answered"):
            publish(survey, weighted=True)
        assert not Edition.objects.exists()
        assert publish(survey) == 1

    def test_the_way_of_the_first_edition_stays(self) -> None:
        survey = make_survey(SEX, TALKS, known=[KNOWN])
        answered(survey, ["a\ta"] * 60 + ["b\tb"] * 40)
        publish(survey)
        answered(survey, ["a\ta"] * 60)
        with pytest.raises(WeightedOtherwise):
            publish(survey, weighted=True)


class TestVersions:
    def test_a_question_in_other_words_takes_its_own_answers(self) -> None:
        survey = make_survey(SEX, TALKS)
        answered(survey, ["a\ta"] * 30 + ["b\tb"] * 30)
        other = {**TALKS, "asks": says("En parlez-vous souvent ?")}
        lead = make_actor("awareness_lead")
        making.write(survey_id=survey, text=text_of(SEX, other, WHY), by=lead)
        making.publish(survey_id=survey, by=lead)
        answered(survey, ["a\ta\t"] * 20 + ["b\tb\ta"] * 20)
        publish(survey)
        sex, talks, why = results.published(SLUG).results.questions
        assert (sex.whole.base, sex.versions) == (100, (1, 2))
        assert (talks.whole.base, talks.versions) == (40, (2,))
        assert why.whole.base == 20

    def test_a_survey_that_does_not_say_how_it_weighs_is_published_as_it_is(self) -> None:
        survey = make_survey(TALKS)
        assert Survey.objects.get(id=survey).minimum == 11
        answered(survey, ["a"] * 30 + ["b"] * 30)
        publish(survey, weighted=True)
        assert results.published(SLUG).results.weighting is None


def test_no_result_is_read_by_who_may_not() -> None:
    with pytest.raises(PermissionDenied):
        results.for_staff(SLUG, by=make_actor("listener"))
    for role in ("steering", "awareness_lead", "editor", "coordinator"):
        with pytest.raises(NotHere):
            results.for_staff(SLUG, by=make_actor(role))


@pytest.mark.parametrize("faulty", [{**KNOWN, "question": "else"}, {"question": "sex"}])
def test_a_population_of_no_question_is_refused_when_it_is_written(faulty: object) -> None:
    with pytest.raises(WordingFaulty):
        make_survey(SEX, known=[faulty])
