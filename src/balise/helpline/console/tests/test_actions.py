"""Accepting, passing on, wrapping up, help and danger: each with its refusal and its trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting, danger, passing_on, wrapping
from balise.helpline.console.models import Brief, Hand
from balise.helpline.console.rules import BriefNeeded, NotHeld, QueueTaken, RecordNeeded
from balise.helpline.console.tests.makers import make_accepted, make_asking, make_listener
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Channel, ContactState
from balise.helpline.contacts.rules.kinds import TopicNeeded
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.rules import ChatEventKind, ConversationState
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import seating, waiting
from balise.helpline.queue.rules import (
    ItemState,
    NotWaiting,
    NotYours,
    Risk,
    SeatNeeded,
    SeatState,
    Skill,
    WaitKind,
)

pytestmark = pytest.mark.django_db


def written() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def seat(listener: Actor) -> SeatState:
    place = queue.own_seat(seen_by=listener)
    assert place is not None
    return place.state


class TestAccept:
    def test_takes_the_next_begins_the_record_and_joins(self) -> None:
        begun = make_asking()
        listener = make_listener()
        accepted = accepting.accept(by=listener)
        assert accepted is not None
        assert accepted.subject == begun.id
        assert accepted.contact is not None
        contact = contacts.contact(accepted.contact, seen_by=listener)
        assert (contact.channel, contact.state) == (Channel.CHAT, ContactState.OPEN)
        assert Conversation.objects.get().state == ConversationState.OPEN
        assert {"helpline.item.claimed", "helpline.contact.begun"} <= set(written())

    def test_is_all_or_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(**_given: object) -> None:
            raise RuntimeError

        begun = make_asking()
        monkeypatch.setattr(keeping, "begin", fails)
        with pytest.raises(RuntimeError):
            accepting.accept(by=make_listener())
        assert queue.open_item(WaitKind.CHAT, begun.id, is_waiting=True)
        assert Conversation.objects.get().state == ConversationState.WAITING

    def test_someone_who_has_gone_stops_nobody(self) -> None:
        """Even one who waits although it is over, however that came about."""
        gone, here = make_asking(), make_asking()
        Conversation.objects.filter(id=gone.id).update(
            state=ConversationState.ENDED, ended_at=now()
        )
        accepted = accepting.accept(by=make_listener())
        assert accepted is not None
        assert accepted.subject == here.id
        assert queue.open_item(WaitKind.CHAT, gone.id) is None
        assert "helpline.item.withdrawn" in written()

    def test_a_given_one_who_has_gone_leaves_the_queue(self) -> None:
        begun = make_asking()
        item_id = queue.open_item(WaitKind.CHAT, begun.id)
        assert item_id is not None
        Conversation.objects.filter(id=begun.id).update(
            state=ConversationState.ENDED, ended_at=now()
        )
        assert accepting.accept(item_id=item_id, by=make_listener()) is None
        assert queue.open_item(WaitKind.CHAT, begun.id) is None

    def test_nobody_waits(self) -> None:
        assert accepting.accept(by=make_listener()) is None

    def test_is_for_listeners_in_their_seat(self) -> None:
        with pytest.raises(PermissionDenied):
            accepting.accept(by=ANYONE)
        with pytest.raises(SeatNeeded):
            accepting.accept(by=make_actor("listener"))

    def test_a_queue_that_a_supervisor_took_over_comes_to_them_alone(self) -> None:
        make_asking()
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        with pytest.raises(PermissionDenied):
            accepting.take_queue(kind=WaitKind.CHAT, by=listener)
        accepting.take_queue(kind=WaitKind.CHAT, by=lead)
        assert accepting.accept(by=listener) is None
        assert accepting.accept(by=lead) is not None
        make_asking()
        accepting.release_queue(kind=WaitKind.CHAT, by=lead)
        assert accepting.accept(by=listener) is not None
        assert "helpline.switchboard.taken" in written()
        assert "helpline.switchboard.released" in written()

    def test_one_who_goes_home_keeps_no_queue_shut(self) -> None:
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        accepting.take_queue(kind=WaitKind.CHAT, by=lead)
        first, second = make_asking(), make_asking()
        assert accepting.accept(by=listener) is None
        with clock.at(now() + timedelta(seconds=31)):  # not heard of any more
            seating.heartbeat(by=listener)
            accepted = accepting.accept(by=listener)
        assert accepted is not None
        assert accepted.subject == first.id
        seating.stand(by=lead)
        accepted = accepting.accept(by=listener)
        assert accepted is not None
        assert accepted.subject == second.id
        with pytest.raises(SeatNeeded):
            accepting.take_queue(kind=WaitKind.CHAT, by=lead)

    def test_one_on_a_break_keeps_no_queue_shut(self) -> None:
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        accepting.take_queue(kind=WaitKind.CHAT, by=lead)
        seating.pause(by=lead)
        make_asking()
        assert accepting.accept(by=listener) is not None

    @pytest.mark.parametrize("risk", [Risk.A, Risk.B])
    def test_a_great_risk_comes_to_anyone_at_once(self, risk: Risk) -> None:
        lead = make_listener(role="helpline_lead")
        accepting.take_queue(kind=WaitKind.CHAT, by=lead)
        calm, urgent, asked = make_asking(), make_asking(), make_asking()
        items = {each.id: queue.open_item(WaitKind.CHAT, each.id) for each in (calm, urgent, asked)}
        for each in (urgent, asked):
            waiting.raise_risk(item_id=items[each.id] or uuid4(), risk=risk)
        listener, other = make_listener(), make_listener()
        accepted = accepting.accept(by=listener)
        assert accepted is not None
        assert accepted.subject == urgent.id
        with pytest.raises(QueueTaken):
            accepting.accept(item_id=items[calm.id], by=other)
        assert accepting.accept(item_id=items[asked.id], by=other) is not None
        assert accepting.accept(by=make_listener()) is None

    def test_a_call_is_not_put_beside_a_chat_for_its_risk(self) -> None:
        lead, listener = make_listener(role="helpline_lead"), make_listener()
        make_accepted(listener)
        accepting.take_queue(kind=WaitKind.CALL, by=lead)
        waiting.enqueue(kind=WaitKind.CALL, subject=uuid4(), risk=Risk.B)
        assert accepting.accept(by=listener) is None


class TestTransfer:
    def test_the_next_listener_reads_the_brief_and_nobody_is_greeted_again(self) -> None:
        psychologist = make_listener(Skill.PSYCHOLOGIST)
        lawyer = make_listener(Skill.LAWYER)
        one = make_accepted(psychologist)
        passing_on.transfer(
            item_id=one.item,
            brief="Wants to file a complaint.",
            skill=Skill.LAWYER,
            by=psychologist,
        )
        assert "helpline.brief.left" in written()
        assert list(Said.objects.filter(kind=ChatEventKind.LEFT).values_list("code")) == [
            ("lawyer",)
        ]
        again = accepting.accept(by=lawyer)
        assert again is not None
        assert (again.item, again.contact) == (one.item, one.contact)
        assert passing_on.open_briefs(item_id=one.item, by=lawyer) == ["Wants to file a complaint."]
        assert "helpline.brief.read" in written()
        kinds = list(Said.objects.order_by("seq").values_list("kind", flat=True))
        assert kinds == [ChatEventKind.JOINED, ChatEventKind.LEFT, ChatEventKind.TRANSFERRED]

    def test_asks_for_a_brief_and_for_ones_own(self) -> None:
        listener, other = make_listener(), make_listener()
        one = make_accepted(listener)
        with pytest.raises(BriefNeeded):
            passing_on.transfer(item_id=one.item, brief=" ", skill=Skill.LAWYER, by=listener)
        with pytest.raises(NotYours):
            passing_on.transfer(item_id=one.item, brief="x", skill=Skill.LAWYER, by=other)
        with pytest.raises(PermissionDenied):
            passing_on.transfer(item_id=one.item, brief="x", skill=Skill.LAWYER, by=ANYONE)
        with pytest.raises(NotWaiting):
            passing_on.transfer(item_id=one.item, brief="x", by=listener)
        assert not Brief.objects.exists()

    def test_a_brief_is_for_whoever_has_them(self) -> None:
        listener, other = make_listener(), make_listener()
        one = make_accepted(listener)
        with pytest.raises(NotHeld):
            passing_on.open_briefs(item_id=one.item, by=other)
        assert passing_on.open_briefs(item_id=one.item, by=listener) == []


class TestWrapUp:
    def test_closes_the_record_the_conversation_and_the_item(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        assert one.contact is not None
        wrapping.wrap_up(
            item_id=one.item, contact_id=one.contact, contact_type="information", by=listener
        )
        assert contacts.contact(one.contact, seen_by=listener).state is ContactState.CLOSED
        assert Conversation.objects.get().state == ConversationState.ENDED
        assert queue.item(one.item, seen_by=listener).state == ItemState.DONE
        assert seat(listener) is SeatState.READY
        assert {"helpline.contact.wrapped", "helpline.item.finished"} <= set(written())

    def test_who_is_not_ready_stays_in_the_wrap_up(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        assert one.contact is not None
        wrapping.wrap_up(
            item_id=one.item,
            contact_id=one.contact,
            contact_type="information",
            is_ready=False,
            by=listener,
        )
        assert seat(listener) is SeatState.WRAP_UP

    def test_refuses_as_a_whole(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        assert one.contact is not None
        with pytest.raises(TopicNeeded):
            wrapping.wrap_up(
                item_id=one.item, contact_id=one.contact, contact_type="child-self", by=listener
            )
        assert queue.item(one.item, seen_by=listener).state == ItemState.HELD
        with pytest.raises(PermissionDenied):
            wrapping.wrap_up(
                item_id=one.item, contact_id=one.contact, contact_type="information", by=ANYONE
            )

    def test_what_has_no_record_is_finished(self) -> None:
        listener = make_listener()
        waiting.enqueue(kind=WaitKind.REMOVAL, subject=make_asking().id)
        queue_chat = accepting.accept(by=listener)
        assert queue_chat is not None
        other = make_listener()
        removal = accepting.accept(by=other)
        assert removal is not None
        assert removal.kind is WaitKind.REMOVAL
        assert removal.contact is None
        with pytest.raises(NotYours):
            wrapping.finish(item_id=removal.item, by=listener)
        wrapping.finish(item_id=removal.item, by=other)
        assert seat(other) is SeatState.READY
        with pytest.raises(RecordNeeded):
            wrapping.finish(item_id=queue_chat.item, by=listener)
        assert queue.item(queue_chat.item, seen_by=listener).state == ItemState.HELD


class TestCallForHelp:
    def test_raises_a_hand_once_and_a_supervisor_comes(self) -> None:
        listener, lead = make_listener(), make_actor("helpline_lead")
        one = make_accepted(listener)
        passing_on.call_for_help(item_id=one.item, by=listener)
        passing_on.call_for_help(item_id=one.item, by=listener)
        assert len(queries.board(seen_by=lead).hands) == 1
        passing_on.lower_hand(item_id=one.item, by=lead)
        assert not queries.board(seen_by=lead).hands
        assert written().count("helpline.hand.raised") == 1
        assert written().count("helpline.hand.lowered") == 1

    def test_is_about_whom_one_has(self) -> None:
        listener, other = make_listener(), make_listener()
        one = make_accepted(listener)
        with pytest.raises(NotHeld):
            passing_on.call_for_help(item_id=one.item, by=other)
        passing_on.call_for_help(item_id=one.item, by=listener)
        with pytest.raises(PermissionDenied):
            passing_on.lower_hand(item_id=one.item, by=other)


def test_all_of_it_is_forgotten() -> None:
    listener = make_listener()
    one = make_accepted(listener)
    danger.life_danger(item_id=one.item, by=listener)
    passing_on.call_for_help(item_id=one.item, by=listener)
    passing_on.transfer(item_id=one.item, brief="x", skill=Skill.LAWYER, by=listener)
    later = now() + timedelta(days=31)
    for name in ("helpline.briefs", "helpline.hands"):
        assert erase_rows(name, rows_due(name, later)) == 1
    assert not any(model.objects.exists() for model in (Brief, Hand))
