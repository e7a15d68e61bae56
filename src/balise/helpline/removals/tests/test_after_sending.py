from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.queue import queries as queue
from balise.helpline.queue.models import Item as Waiting
from balise.helpline.queue.rules import Risk, WaitKind
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, hearing, sending, verifying
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.rules.api import NothingSaid, Telling, Tells
from balise.helpline.removals.rules.next_steps import Next
from balise.helpline.removals.rules.requests import ItemKind, word_of
from balise.helpline.removals.rules.states import RemovalState
from balise.helpline.removals.tests.makers import (
    get,
    make_platform,
    make_ready,
    make_sent,
    state_of,
    told,
    work,
)
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import make_contact
from balise.takedown.notices.actions import clocking, ending
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import NotARung, Rung
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.states import NoticeState

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_actor("listener")


def make_tried_twice(listener: Actor) -> Item:
    """Return an item as a platform has it, for which a second way waits to be sent by hand."""
    platform = make_platform()
    make_contact(platform, "https://papotage.example/legal", kind=ContactKind.FORM)
    item = make_sent(listener, platform=platform)
    other = next(way for way in queries.ways(item) if way.id != item.way)
    Item.objects.filter(id=item.id).update(reached=Rung.OTHER_WAY)
    sending.climb(item_id=item.id, rung=Rung.OTHER_WAY, contact_id=other.id, by=listener)
    assert get(item).notice != item.notice
    return item


def sent_at(item: Item) -> datetime:
    """Return from when the platform's clock counts."""
    found = queries.clock_of(get(item))
    assert found is not None
    return found.starts_at


def open_rungs(item: Item) -> tuple[Rung, ...]:
    """Return the rungs that may be taken now."""
    return tuple(step.rung for step in queries.steps_open(get(item)))


def stands_of(notice_id: UUID | None) -> NoticeState | None:
    """Return where a notice stands."""
    found = queries.by_notice(notice_id) if notice_id is not None else None
    return found.stands if found is not None else None


def waits(request: Request) -> bool:
    return queue.open_item(WaitKind.REMOVAL, request.id) is not None


class TestHearing:
    def test_a_question_stops_the_clock_and_an_answer_lets_it_go_on(self, listener: Actor) -> None:
        item = make_sent(listener)
        asks = Telling(tells=Tells.ASKS, words="Laquelle des photos ?")
        hearing.hear(item_id=item.id, telling=asks, by=listener)
        asked = get(item)
        assert (asked.stands, asked.due_at) == (RemovalState.INFO_REQUESTED, None)
        with clock.at(clock.now() + timedelta(hours=3)):
            assert waits(item.request)
            hearing.answer(item_id=item.id, text="La deuxième.", by=listener)
        answered = get(item)
        assert answered.stands is RemovalState.ANSWERED
        assert queries.ran(item, clock.now() + timedelta(hours=4)) < 3600 + 60
        assert answered.due_at is not None
        assert answered.due_at - sent_at(item) >= timedelta(hours=7)
        said = asking.read(request_id=item.request_id, by=listener).items[0].said
        assert [(word.is_ours, word.text) for word in said] == [
            (False, "Laquelle des photos ?"),
            (True, "La deuxième."),
        ]

    def test_what_says_nothing_is_refused(self, listener: Actor) -> None:
        item = make_sent(listener)
        for telling in (Telling(tells=Tells.ASKS), Telling(tells=Tells.DECIDED)):
            with pytest.raises(NothingSaid):
                hearing.hear(item_id=item.id, telling=telling, by=listener)

    @pytest.mark.parametrize("decision", [Outcome.REMOVED, Outcome.REFUSED, Outcome.GEO_BLOCKED])
    def test_a_decision_is_kept_in_its_word(self, listener: Actor, decision: Outcome) -> None:
        item = make_sent(listener)
        telling = Telling(tells=Tells.DECIDED, decision=decision)
        hearing.hear(item_id=item.id, telling=telling, by=listener)
        assert (state_of(item), get(item).decided_as) == (RemovalState.DECIDED, decision)
        assert waits(item.request) is (decision is not Outcome.REMOVED)
        assert [facts["decision"] for facts in told("decided")] == [word_of(decision)]

    def test_what_reaches_the_notice_reaches_the_item_once(self, listener: Actor) -> None:
        item = make_sent(listener)
        assert item.notice is not None
        clocking.acknowledge(notice_id=item.notice, by=SYSTEM)
        work()
        assert state_of(item) is RemovalState.ACKNOWLEDGED
        ending.record_outcome(notice_id=item.notice, outcome=Outcome.DISABLED, by=SYSTEM)
        work()
        work()
        assert get(item).decided_as is Outcome.DISABLED
        assert len(told("decided")) == 1

    def test_what_is_heard_late_moves_nothing_back(self, listener: Actor) -> None:
        item = make_sent(listener)
        hearing.hear(
            item_id=item.id, telling=Telling(tells=Tells.ASKS, words="Laquelle ?"), by=listener
        )
        hearing.answer(item_id=item.id, text="La deuxième.", by=listener)
        work()  # only now does the clerk tell of the question
        assert state_of(item) is RemovalState.ANSWERED


class TestGoneAndBack:
    def test_whoever_looked_says_so(self, listener: Actor) -> None:
        item = make_sent(listener)
        verifying.see_gone(item_id=item.id, by=listener)
        gone = get(item)
        assert gone.stands is RemovalState.VERIFIED_GONE
        assert gone.gone_at is not None
        work()
        assert state_of(item) is RemovalState.VERIFIED_GONE
        assert [facts["kind"] for facts in told("gone")] == ["content"]

    def test_a_platforms_word_is_not_enough(self, listener: Actor) -> None:
        item = make_sent(listener)
        removed = Telling(tells=Tells.DECIDED, decision=Outcome.REMOVED)
        hearing.hear(item_id=item.id, telling=removed, by=listener)
        verifying.see_up(item_id=item.id, by=listener)
        assert state_of(item) is RemovalState.STILL_UP
        assert waits(item.request)

    def test_what_came_back_is_asked_again_with_what_it_said(self, listener: Actor) -> None:
        item = make_sent(listener, kind=ItemKind.ACCOUNT, handle="@faux")
        verifying.see_gone(item_id=item.id, by=listener)
        work()
        verifying.see_back(item_id=item.id, by=listener)
        assert waits(item.request)
        verifying.reopen(item_id=item.id, by=listener)
        again = get(item)
        assert (again.stands, again.back_count, again.notice) == (RemovalState.READY, 1, None)
        assert again.approved_by
        assert queries.told_of(again).handle == "@faux"
        sending.send(item_id=item.id, by=listener)
        sending.note_sent_by_hand(item_id=item.id, by=listener)
        work()
        assert state_of(item) is RemovalState.SENT

    def test_what_is_still_there_is_asked_again_the_same_way(self, listener: Actor) -> None:
        item = make_sent(listener)
        hidden = Telling(tells=Tells.DECIDED, decision=Outcome.GEO_BLOCKED)
        hearing.hear(item_id=item.id, telling=hidden, by=listener)
        verifying.see_up(item_id=item.id, by=listener)
        verifying.reopen(item_id=item.id, by=listener)
        sending.send(item_id=item.id, by=listener)
        sending.note_sent_by_hand(item_id=item.id, by=listener)
        work()
        assert state_of(item) is RemovalState.SENT

    def test_what_has_been_gone_for_long_ends(self, listener: Actor) -> None:
        item = make_sent(listener)
        verifying.see_gone(item_id=item.id, by=listener)
        with clock.at(clock.now() + timedelta(days=91)):
            assert queries.gone_before(clock.now(), since=timedelta(days=90)) == [item.id]
            verifying.close_gone(item_id=item.id, by=SYSTEM)
        assert state_of(item) is RemovalState.CLOSED
        assert get(item).request.closed_at is not None


class TestTheLadder:
    def test_silence_brings_it_to_a_person(self, listener: Actor) -> None:
        item = make_sent(listener, urgency=Urgency.IMMEDIATE)
        assert not waits(item.request)
        with clock.at(clock.now() + timedelta(minutes=61)):
            assert queries.due(clock.now()) == [item.id]
            sending.look_at_clock(item_id=item.id, by=SYSTEM)
            late = get(item)
            assert (late.reached, late.climbed) == ("reminder", None)
            assert waits(item.request)
            sending.look_at_clock(item_id=item.id, by=SYSTEM)
            assert len(told("silent")) == 1
            sending.climb(item_id=item.id, rung=Rung.REMINDER, by=listener)
            assert not waits(item.request)
        assert Waiting.objects.get(subject=item.request_id).risk == Risk.D

    def test_no_rung_is_taken_before_its_time_or_twice(self, listener: Actor) -> None:
        item = make_sent(listener)
        with pytest.raises(NotARung):
            sending.climb(item_id=item.id, rung=Rung.REMINDER, by=listener)
        with clock.at(clock.now() + timedelta(hours=5)):
            sending.look_at_clock(item_id=item.id, by=SYSTEM)
            sending.climb(item_id=item.id, rung=Rung.REMINDER, by=listener)
            with pytest.raises(NotARung):
                sending.climb(item_id=item.id, rung=Rung.REMINDER, by=listener)

    def test_a_second_way_is_a_second_notice_under_the_same_clock(self, listener: Actor) -> None:
        platform = make_platform()
        second = make_contact(platform, "https://papotage.example/legal", kind=ContactKind.FORM)
        item = make_sent(listener, platform=platform)
        left = sent_at(item)
        other = next(way for way in queries.ways(item) if way.id != item.way)
        assert second in {other.id, item.way}
        with clock.at(clock.now() + timedelta(hours=9)):
            sending.look_at_clock(item_id=item.id, by=SYSTEM)
            sending.climb(item_id=item.id, rung=Rung.OTHER_WAY, contact_id=other.id, by=listener)
            tried = get(item)
            assert (tried.way, tried.stands) == (other.id, RemovalState.SENT)
            assert tried.notice != item.notice
            sending.note_sent_by_hand(item_id=item.id, by=listener)
            work()
        assert sent_at(item) == left

    def test_what_was_withdrawn_and_is_sent_again_has_its_whole_time(self, listener: Actor) -> None:
        item = make_sent(listener)
        assert item.notice is not None
        ending.withdraw(notice_id=item.notice, by=listener)
        work()
        assert state_of(item) is RemovalState.READY
        later = clock.now() + timedelta(hours=3)
        with clock.at(later):
            sending.send(item_id=item.id, by=listener)
            sending.note_sent_by_hand(item_id=item.id, by=listener)
        assert sent_at(item) == later
        assert get(item).due_at == later + timedelta(hours=4)

    def test_what_the_first_desk_answers_is_noted_while_a_second_way_waits(
        self, listener: Actor
    ) -> None:
        item = make_tried_twice(listener)
        second = get(item).notice
        asks = Telling(tells=Tells.ASKS, words="Laquelle ?")
        hearing.hear(item_id=item.id, telling=asks, by=listener)
        assert state_of(item) is RemovalState.INFO_REQUESTED
        hearing.answer(item_id=item.id, text="La deuxième.", by=listener)
        assert state_of(item) is RemovalState.ANSWERED
        refused = Telling(tells=Tells.DECIDED, decision=Outcome.REFUSED)
        hearing.hear(item_id=item.id, telling=refused, by=listener)
        work()
        decided = get(item)
        assert (decided.stands, decided.notice, decided.way) == (
            RemovalState.DECIDED,
            item.notice,
            item.way,
        )
        assert stands_of(second) is NoticeState.WITHDRAWN

    def test_a_mail_that_waits_for_its_turn_is_held_back_once_it_is_decided(
        self, listener: Actor
    ) -> None:
        platform = make_platform()
        make_contact(platform, "juridique@papotage.example", kind=ContactKind.MAIL)
        item = make_ready(listener, platform=platform, urgency=Urgency.STEADY)
        form = next(way for way in queries.ways(item) if way.kind is ContactKind.FORM)
        sending.send(item_id=item.id, contact_id=form.id, by=listener)
        sending.note_sent_by_hand(item_id=item.id, by=listener)
        Item.objects.filter(id=item.id).update(reached=Rung.OTHER_WAY)
        (mail,) = queries.other_ways(get(item))
        sending.climb(item_id=item.id, rung=Rung.OTHER_WAY, contact_id=mail.id, by=listener)
        second = get(item).notice
        assert stands_of(second) is NoticeState.QUEUED
        removed = Telling(tells=Tells.DECIDED, decision=Outcome.REMOVED)
        hearing.hear(item_id=item.id, telling=removed, by=listener)
        assert stands_of(second) is NoticeState.WITHDRAWN
        assert get(item).way == form.id

    def test_what_is_gone_needs_no_second_way(self, listener: Actor) -> None:
        item = make_tried_twice(listener)
        second = get(item).notice
        verifying.see_gone(item_id=item.id, by=listener)
        work()
        assert stands_of(second) is NoticeState.WITHDRAWN
        assert (state_of(item), get(item).notice) == (RemovalState.VERIFIED_GONE, item.notice)

    def test_a_second_way_that_fails_leaves_the_first(self, listener: Actor) -> None:
        item = make_tried_twice(listener)
        second = get(item).notice
        assert second is not None
        ending.withdraw(notice_id=second, by=listener)
        work()
        assert (state_of(item), get(item).notice) == (RemovalState.SENT, item.notice)
        hearing.hear(item_id=item.id, telling=Telling(tells=Tells.RECEIVED), by=listener)
        assert state_of(item) is RemovalState.ACKNOWLEDGED

    def test_a_complaint_to_the_coordinator_is_the_leads(self, listener: Actor) -> None:
        item = make_sent(listener)
        refused = Telling(tells=Tells.DECIDED, decision=Outcome.REFUSED)
        hearing.hear(item_id=item.id, telling=refused, by=listener)
        with pytest.raises(PermissionDenied):
            sending.climb(item_id=item.id, rung=Rung.COORDINATOR, by=listener)
        sending.climb(item_id=item.id, rung=Rung.COORDINATOR, by=make_actor("helpline_lead"))
        assert [facts["rung"] for facts in told("climbed")] == ["coordinator"]

    def test_a_jump_after_a_refusal_keeps_the_rungs_below(self, listener: Actor) -> None:
        item = make_sent(listener)
        refused = Telling(tells=Tells.DECIDED, decision=Outcome.REFUSED)
        hearing.hear(item_id=item.id, telling=refused, by=listener)
        sending.climb(item_id=item.id, rung=Rung.COORDINATOR, by=make_actor("helpline_lead"))
        assert open_rungs(item) == (Rung.CALL, Rung.COMPLAINT)
        assert queries.next_of(get(item)) is Next.LOOK
        sending.climb(item_id=item.id, rung=Rung.CALL, by=listener)
        assert (get(item).climbed, open_rungs(item)) == ("coordinator", (Rung.COMPLAINT,))
        with pytest.raises(NotARung):
            sending.climb(item_id=item.id, rung=Rung.CALL, by=listener)

    def test_a_complaint_alone_waits_in_no_listeners_queue(self, listener: Actor) -> None:
        item = make_sent(listener, urgency=Urgency.IMMEDIATE)
        with clock.at(clock.now() + timedelta(hours=9)):
            sending.look_at_clock(item_id=item.id, by=SYSTEM)
            sending.climb(item_id=item.id, rung=Rung.CALL, by=listener)
            assert waits(item.request)
            sending.climb(item_id=item.id, rung=Rung.COMPLAINT, by=listener)
            assert not waits(item.request)
            assert queries.next_of(get(item)) is Next.COMPLAIN
            sending.climb(item_id=item.id, rung=Rung.COORDINATOR, by=make_actor("helpline_lead"))
            assert queries.next_of(get(item)) is Next.WAIT

    def test_a_second_way_that_there_is_not_is_no_rung(self, listener: Actor) -> None:
        item = make_sent(listener, urgency=Urgency.IMMEDIATE)
        with clock.at(clock.now() + timedelta(hours=2, minutes=1)):
            sending.look_at_clock(item_id=item.id, by=SYSTEM)
            assert open_rungs(item) == (Rung.REMINDER,)
            sending.climb(item_id=item.id, rung=Rung.REMINDER, by=listener)
            assert not waits(item.request)
