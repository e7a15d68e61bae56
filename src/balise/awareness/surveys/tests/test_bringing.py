"""Answers that are brought in leave what a draft leaves that is sent."""

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.surveys.actions import answering, storing
from balise.awareness.surveys.models import Draft, QuotaCount, Sent, Waiting
from balise.awareness.surveys.rules.promises import NotOpen, Unfinished
from balise.awareness.surveys.tests.makers import AFTER, AGE, DURING, SLUG, TALKS, make_survey
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.statistics.testing import left_by

pytestmark = pytest.mark.django_db

ANSWERS = {"talks": "a", "age": ""}


def send() -> None:
    words = answering.begin(slug=SLUG, language="fr", by=ANYONE)
    answering.answer(words=words, given={"talks": ["a"], "age": []}, seen=0, by=ANYONE)
    answering.send(words=words, by=ANYONE)


def test_it_leaves_the_rows_of_a_draft_that_is_sent_and_is_counted_once_stored() -> None:
    survey = make_survey(TALKS, AGE)
    by = make_actor("awareness_lead")
    tables = (Waiting, Sent, Draft, QuotaCount)
    with clock.at(DURING):
        # The first entry of each survey's tallies is the same: one is stored after the other.
        sent = left_by(send, *tables)
        brought = left_by(
            lambda: answering.bring_in(survey_id=survey, sets=[ANSWERS], by=by), *tables
        )
        assert not brought.unlike(sent)
        answering.bring_in(survey_id=survey, sets=[ANSWERS] * 40, by=by)
        stored = left_by(lambda: storing.store(survey_id=survey, by=SYSTEM))
    (fact,) = stored.facts["awareness"]
    assert fact[-1]["many"] == 42
    assert stored.tallies


def test_what_is_not_whole_or_comes_late_is_refused_with_all_the_rest() -> None:
    survey = make_survey(TALKS, AGE)
    by = make_actor("awareness_lead")
    with clock.at(DURING):
        with pytest.raises(Unfinished):
            answering.bring_in(survey_id=survey, sets=[ANSWERS, {"talks": "a"}], by=by)
        with pytest.raises(PermissionDenied):
            answering.bring_in(survey_id=survey, sets=[ANSWERS], by=make_actor("listener"))
    with clock.at(AFTER), pytest.raises(NotOpen):
        answering.bring_in(survey_id=survey, sets=[ANSWERS], by=by)
    assert not Waiting.objects.exists()
