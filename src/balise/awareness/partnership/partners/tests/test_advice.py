"""Opinions with their dissent, recommendations and what became of them."""

from contextlib import nullcontext
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.partnership.partners.actions import advice
from balise.awareness.partnership.partners.queries import advice as queries
from balise.awareness.partnership.partners.rules.advice import (
    MinorityMissing,
    MinorityUnfounded,
    OpinionPublic,
    RecommendationState,
    StepOutOfOrder,
    Votes,
    VotesWrong,
    WordsMissing,
    check_step,
    check_whole,
    is_silent,
)
from balise.awareness.partnership.partners.rules.mandates import DatesWrong, OrganisationUnknown
from balise.awareness.partnership.partners.tests.makers import (
    make_group,
    make_meeting,
    make_member,
    make_opinion,
    make_organisation,
    make_recommendation,
    said,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry

DIVIDED = Votes(9, 2, 1)


def test_an_opinion_is_whole_with_the_dissent_of_those_who_voted_against() -> None:
    check_whole(Votes(12, 0, 0), minority="", is_waived=False)
    check_whole(DIVIDED, minority="Nous ne pensons pas.", is_waived=False)
    check_whole(DIVIDED, minority="", is_waived=True)
    check_whole(Votes(9, 0, 3), minority="Nous nous sommes abstenus.", is_waived=False)
    with pytest.raises(MinorityMissing):
        check_whole(DIVIDED, minority="", is_waived=False)
    with pytest.raises(MinorityUnfounded):
        check_whole(Votes(12, 0, 0), minority="Qui ?", is_waived=False)


@pytest.mark.parametrize(
    ("to", "days", "words", "refused"),
    [
        (RecommendationState.ANSWERED, 1, "Oui.", None),
        (RecommendationState.ANSWERED, 1, "", WordsMissing),
        (RecommendationState.ANSWERED, -1, "Oui.", StepOutOfOrder),
        (RecommendationState.FOLLOWED, 0, "", None),
        (RecommendationState.SENT, 1, "", StepOutOfOrder),
        (RecommendationState.NO_ANSWER, 1, "", StepOutOfOrder),  # the day says so, no person
    ],
)
def test_what_follows_from_a_recommendation_that_was_sent(
    to: RecommendationState, days: int, words: str, refused: type[Exception] | None
) -> None:
    sent = date(2026, 3, 1)
    steps = [(RecommendationState.SENT, sent)]
    day = sent + timedelta(days=days)
    with pytest.raises(refused) if refused else nullcontext():
        check_step(steps, to=to, day=day, words=words)


def test_a_company_is_silent_the_day_after_the_last_for_an_answer() -> None:
    last = date(2026, 3, 31)
    assert not is_silent(RecommendationState.SENT, last, on=last)
    assert is_silent(RecommendationState.SENT, last, on=last + timedelta(days=1))
    assert not is_silent(RecommendationState.ANSWERED, last, on=last + timedelta(days=1))


@pytest.mark.django_db
def test_an_opinion_is_published_whole_and_then_stays_as_it_is() -> None:
    by = make_actor("coordinator")
    group = make_group()
    make_member(group, name="Sacha Exemple", is_public=True)
    make_member(group, name="Anonyme Exemple")
    meeting = make_meeting(group)
    with pytest.raises(VotesWrong):
        make_opinion(meeting, Votes(12, 1, 0))
    with pytest.raises(VotesWrong):
        make_opinion(meeting, Votes(0, 0, 0))
    opinion = make_opinion(meeting)
    with pytest.raises(MinorityMissing):
        advice.publish(opinion_id=opinion, by=by)
    assert queries.public_opinions() == []

    advice.rewrite(opinion_id=opinion, said=said(DIVIDED, minority="Nous doutons."), by=by)
    advice.publish(opinion_id=opinion, by=by)
    advice.publish(opinion_id=opinion, by=by)  # a second press
    (shown,) = queries.public_opinions()
    assert (shown.votes, shown.minority) == (DIVIDED, "Nous doutons.")
    assert shown.members == [("Sociologue", "Sacha Exemple")]
    with pytest.raises(OpinionPublic):
        advice.rewrite(opinion_id=opinion, said=said(Votes(12, 0, 0)), by=by)
    entry = Entry.objects.get(event="awareness.opinion.published")
    assert entry.facts["is_divided"] is True


def states(recommendation: UUID) -> list[RecommendationState]:
    found = queries.recommendation(recommendation, seen_by=make_actor("editor"))
    return [step.state for step in found.steps]


@pytest.mark.django_db
def test_a_recommendation_is_followed_to_its_end_and_a_late_answer_counts() -> None:
    by = make_actor("coordinator")
    group = make_group()
    with pytest.raises(OrganisationUnknown):
        make_recommendation(group, company_id=make_organisation())
    with pytest.raises(DatesWrong):
        make_recommendation(group, answer_by=today() - timedelta(days=30))
    asked = make_recommendation(group)
    assert advice.note_silence(by=SYSTEM) == 0  # today is the last day
    with clock.at(clock.now() + timedelta(days=1)):
        assert advice.note_silence(by=SYSTEM) == 1
        assert advice.note_silence(by=SYSTEM) == 0
        for state, words in (
            (RecommendationState.ANSWERED, "Nous le ferons."),
            (RecommendationState.IN_PART, ""),
        ):
            advice.note_step(recommendation_id=asked, state=state, day=today(), words=words, by=by)
    assert states(asked) == [
        RecommendationState.SENT,
        RecommendationState.NO_ANSWER,
        RecommendationState.ANSWERED,
        RecommendationState.IN_PART,
    ]
    moved = Entry.objects.filter(event="awareness.recommendation.moved").order_by("id")
    assert [entry.facts["state"] for entry in moved] == ["sent", "no_answer", "answered", "in_part"]

    assert queries.public_recommendations() == []
    advice.publish_recommendation(recommendation_id=asked, by=by)
    assert [one.state for one in queries.public_recommendations()] == [RecommendationState.IN_PART]


@pytest.mark.django_db
def test_who_only_reads_writes_publishes_and_notes_nothing() -> None:
    editor = make_actor("editor")
    group = make_group()
    meeting = make_meeting(group)
    opinion, asked = make_opinion(meeting), make_recommendation(group)
    for refused in (
        lambda: advice.write(meeting_id=meeting, said=said(DIVIDED), by=editor),
        lambda: advice.publish(opinion_id=opinion, by=editor),
        lambda: advice.note_step(
            recommendation_id=asked, state=RecommendationState.FOLLOWED, day=today(), by=editor
        ),
        lambda: advice.note_silence(by=editor),
        lambda: queries.opinion(opinion, seen_by=make_actor("listener")),
    ):
        with pytest.raises(PermissionDenied):
            refused()
