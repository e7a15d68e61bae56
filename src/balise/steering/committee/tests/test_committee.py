"""Meetings, decisions and what became of them: each change with its refusal and its entry."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import IndicatorUnknown
from balise.steering.committee import actions, queries
from balise.steering.committee.models import Decision, Item, Meeting
from balise.steering.committee.rules import (
    DecisionClosed,
    DecisionState,
    MeetingKnown,
    WordsMissing,
)
from balise.steering.committee.tests.makers import (
    make_decision,
    make_item,
    make_meeting,
    make_member,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE, OCTOBER = date(2026, 3, 4), date(2026, 6, 3), date(2026, 10, 7)


def events() -> list[str]:
    found = Entry.objects.filter(line="steering").order_by("id")
    return list(found.values_list("event", flat=True))


class TestChanges:
    def test_each_is_for_those_who_may(self) -> None:
        by, nothing = make_actor("editor"), uuid4()
        for act, words in (
            (actions.plan, {"day": MARCH}),
            (actions.seat, {"organisation": "A"}),
            (actions.unseat, {"member_id": nothing}),
            (actions.add_item, {"meeting_id": nothing, "words": {}}),
            (actions.note_minutes, {"item_id": nothing, "words": {}}),
            (actions.add_document, {"meeting_id": nothing, "title": "A", "address": "b"}),
            (actions.decide, {"meeting_id": nothing, "words": {}}),
            (actions.move, {"decision_id": nothing, "state": DecisionState.DONE, "day": MARCH}),
        ):
            with pytest.raises(PermissionDenied):
                act(by=by, **words)
        assert events() == []

    def test_each_is_written_down(self) -> None:
        meeting = make_meeting(MARCH)
        item = make_item(meeting)
        actions.note_minutes(item_id=item, words={"fr": "Dit."}, by=SYSTEM)
        address = "https://documents.example/bilan.pdf"
        actions.add_document(meeting_id=meeting, title="Bilan", address=address, by=SYSTEM)
        decision = make_decision(meeting)
        actions.move(decision_id=decision, state=DecisionState.DONE, day=JUNE, by=SYSTEM)
        member = make_member()
        actions.unseat(member_id=member, by=SYSTEM)
        actions.unseat(member_id=member, by=SYSTEM)  # it has ended
        assert [one.removeprefix("steering.") for one in events()] == [
            "meeting.planned",
            "agenda.written",
            "agenda.written",
            "document.added",
            "member.seated",
            "decision.taken",
            "decision.moved",
            "member.seated",
            "member.left",
        ]

    def test_there_is_one_meeting_on_a_day(self) -> None:
        make_meeting(MARCH)
        with pytest.raises(MeetingKnown):
            make_meeting(MARCH)
        assert Meeting.objects.count() == 1

    def test_words_are_asked_for(self) -> None:
        meeting = make_meeting(MARCH)
        for act, words in (
            (actions.add_item, {"meeting_id": meeting}),
            (actions.decide, {"meeting_id": meeting}),
            (actions.note_minutes, {"item_id": make_item(meeting)}),
        ):
            with pytest.raises(WordsMissing):
                act(words={"fr": " "}, by=SYSTEM, **words)
        assert Item.objects.count() == 1
        assert not Decision.objects.exists()

    def test_a_figure_that_there_is_not_cannot_be_cited(self) -> None:
        with pytest.raises(IndicatorUnknown):
            actions.decide(
                meeting_id=make_meeting(), words={"fr": "A"}, cites=["NO-SUCH"], by=SYSTEM
            )

    def test_what_is_done_moves_no_more(self) -> None:
        decision = make_decision(make_meeting(MARCH))
        actions.move(decision_id=decision, state=DecisionState.DONE, day=MARCH, by=SYSTEM)
        with pytest.raises(DecisionClosed):
            actions.move(decision_id=decision, state=DecisionState.TAKEN, day=JUNE, by=SYSTEM)


def numbers(found: queries.Decisions) -> list[str]:
    return [one.number for one in found]


class TestTheNextMeeting:
    """It opens with what was decided before: what is open, and what was closed since the last."""

    def made(self) -> tuple[UUID, UUID, UUID]:
        march = make_meeting(MARCH)
        done, late, dropped = (make_decision(march, due=JUNE) for _ in range(3))
        actions.move(
            decision_id=dropped, state=DecisionState.DROPPED, day=MARCH, words="Non.", by=SYSTEM
        )
        june = make_meeting(JUNE)
        make_decision(june)
        actions.move(decision_id=done, state=DecisionState.DONE, day=JUNE, by=SYSTEM)
        actions.move(decision_id=late, state=DecisionState.UNDER_WAY, day=JUNE, by=SYSTEM)
        return march, june, make_meeting(OCTOBER)

    def test_opens_with_what_was_decided(self) -> None:
        march, june, october = self.made()
        of = {
            one: queries.meeting(one, seen_by=make_actor("steering"))
            for one in (march, june, october)
        }
        assert numbers(of[march].before) == []
        assert numbers(of[march].decisions) == ["2026-01", "2026-02", "2026-03"]
        assert numbers(of[june].before) == ["2026-01", "2026-02", "2026-03"]
        assert numbers(of[october].before) == ["2026-01", "2026-02", "2026-04"]

    def test_says_what_is_late(self) -> None:
        *_, october = self.made()
        found = queries.meeting(october, seen_by=make_actor("steering")).before
        assert [one.is_late(OCTOBER) for one in found] == [False, True, False]
        assert not any(one.is_late(JUNE) for one in found)
        assert not any(one.is_late(JUNE + timedelta(days=1)) for one in found[2:])

    def test_says_what_is_open(self) -> None:
        self.made()
        found = queries.open_decisions(seen_by=make_actor("steering"))
        assert {one.state for one in found} <= {DecisionState.TAKEN, DecisionState.UNDER_WAY}
        assert "2026-02" in numbers(found)


def test_reading_is_for_those_who_may() -> None:
    by, meeting, decision = make_actor("listener"), make_meeting(), make_decision()
    for ask in (
        lambda: queries.meetings(seen_by=by),
        lambda: queries.members(seen_by=by),
        lambda: queries.meeting(meeting, seen_by=by),
        lambda: queries.item(make_item(), seen_by=by),
        lambda: queries.decision(decision, seen_by=by),
        lambda: queries.citing("HOT-REP", seen_by=by),
        lambda: queries.open_decisions(seen_by=by),
    ):
        with pytest.raises(PermissionDenied):
            ask()
    with pytest.raises(NotHere):
        queries.meeting(uuid4(), seen_by=make_actor("steering"))
