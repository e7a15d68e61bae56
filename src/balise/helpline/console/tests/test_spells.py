"""How long a contact lasted: the time with a listener, and neither nights nor kept places."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, strategies as st

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.helpline.console.actions import accepting, passing_on, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.rules import Step, StillHere, seconds_with
from balise.helpline.console.tests.makers import make_asking, make_listener
from balise.helpline.console.tests.test_call_backs import make_call_back
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.conversations.actions import presence
from balise.helpline.conversations.models import Conversation
from balise.helpline.queue.actions import seating, waiting
from balise.helpline.queue.rules import Reason, Skill
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Attempt

BEGAN = datetime(2026, 11, 24, 14, tzinfo=UTC)
EVER = {"since": BEGAN, "until": BEGAN + timedelta(days=30)}


def at(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


class TestSecondsWith:
    def test_is_the_sum_of_the_times_with_a_listener(self) -> None:
        steps = [
            (at(1), Step.TAKEN),
            (at(4), Step.LET_GO),
            (at(60 * 24), Step.TAKEN),
            (at(60 * 24 + 2), Step.LET_GO),
        ]
        assert seconds_with(steps, **EVER) == 5 * 60

    def test_whoever_did_not_come_back_was_there_until_they_went(self) -> None:
        steps = [(at(0), Step.TAKEN), (at(5), Step.GONE), (at(20), Step.LET_GO)]
        assert seconds_with(steps, **EVER) == 5 * 60

    def test_whoever_came_back_was_there_all_along(self) -> None:
        steps = [(at(0), Step.TAKEN), (at(5), Step.GONE), (at(7), Step.BACK), (at(9), Step.LET_GO)]
        assert seconds_with(steps, **EVER) == 9 * 60

    def test_what_is_still_held_lasts_until_then(self) -> None:
        assert seconds_with([(at(0), Step.TAKEN)], since=at(1), until=at(3)) == 2 * 60

    def test_nobody_was_ever_there(self) -> None:
        assert seconds_with([(at(2), Step.LET_GO)], **EVER) == 0

    @given(st.lists(st.tuples(st.integers(0, 500), st.sampled_from(Step)), max_size=20))
    def test_is_never_longer_than_the_time_there_was(self, steps: list[tuple[int, Step]]) -> None:
        told = sorted(((at(minutes), step) for minutes, step in steps), key=lambda each: each[0])
        assert 0 <= seconds_with(told, since=at(10), until=at(400)) <= 390 * 60


def wrap_up(one: Accepted, listener: Actor, **other: Attempt) -> int:
    """Wrap up, and return how long it lasted in seconds."""
    assert one.contact is not None
    wrapping.wrap_up(
        item_id=one.item,
        contact_id=one.contact,
        contact_type="information",
        by=listener,
        attempt=other.get("attempt"),
    )
    return Fact.objects.get().duration_s


@pytest.mark.django_db
class TestRecords:
    def test_a_chat_that_goes_on_next_day_counts_no_night(self) -> None:
        with clock.at(BEGAN):
            listener = make_listener()
            begun = make_asking()
            accepting.accept(by=listener)
        with clock.at(at(6)):
            Conversation.objects.update(young_seen_at=at(5))
            presence.suspend_dropped()
        with clock.at(at(21)):
            presence.free_places()
        with clock.at(at(60 * 20)):
            presence.be_seen(token=begun.token)
            seating.sit(skills=(), by=listener)
            seating.be_ready(by=listener)
            again = accepting.accept(by=listener)
            assert again is not None
        with clock.at(at(60 * 20 + 4)):
            assert wrap_up(again, listener) == pytest.approx(9 * 60, abs=60)

    def test_whoever_is_gone_is_counted_until_their_last_sign(self) -> None:
        with clock.at(BEGAN):
            listener = make_listener()
            make_asking()
            one = accepting.accept(by=listener)
            assert one is not None
            assert one.contact is not None
        with clock.at(at(6)):
            Conversation.objects.update(young_seen_at=at(5))
            presence.suspend_dropped()
        with clock.at(at(21)):
            presence.free_places()
            wrapping.finish_record(contact_id=one.contact, contact_type="information", by=listener)
        assert Fact.objects.get().duration_s == 5.25 * 60

    def test_a_call_back_of_two_days_counts_both_calls(self) -> None:
        with clock.at(BEGAN):
            listener = make_listener()
            make_call_back()
            one = accepting.accept(by=listener)
            assert one is not None
        with clock.at(at(2)):
            calling_back.note_attempt(
                call_back_id=one.subject, attempt=Attempt.NO_ANSWER, by=listener
            )
        with clock.at(at(60 * 24)):
            calling_back.queue_due()
            seating.sit(skills=(), by=listener)
            again = accepting.accept(by=listener)
            assert again is not None
            assert again.contact == one.contact
        with clock.at(at(60 * 24 + 10)):
            assert wrap_up(again, listener, attempt=Attempt.REACHED) == 12 * 60

    def test_two_listeners_count_and_the_wait_between_them_does_not(self) -> None:
        with clock.at(BEGAN):
            first = make_listener()
            make_asking()
            one = accepting.accept(by=first)
            assert one is not None
        with clock.at(at(3)):
            passing_on.transfer(item_id=one.item, brief="x", skill=Skill.LAWYER, by=first)
        with clock.at(at(10)):
            second = make_listener(Skill.LAWYER)
            again = accepting.accept(by=second)
            assert again is not None
        with clock.at(at(14)):
            assert wrap_up(again, second) == 7 * 60


@pytest.mark.django_db
class TestTakeOver:
    def test_is_refused_once_they_have_come_back(self) -> None:
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        make_asking()
        one = accepting.accept(by=listener)
        assert one is not None
        assert one.contact is not None
        with pytest.raises(PermissionDenied):
            wrapping.take_over(contact_id=one.contact, by=listener)
        with pytest.raises(StillHere):
            wrapping.take_over(contact_id=one.contact, by=lead)
        assert Contact.objects.get().listener == listener.key
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        wrapping.take_over(contact_id=one.contact, by=lead)
        assert Contact.objects.get().listener == lead.key
