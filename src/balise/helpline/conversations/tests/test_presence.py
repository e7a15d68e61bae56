"""A line that drops ends nothing: two tabs, a telephone asleep for two hours, a listener gone."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.finding import NotYours
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions import coaching, passing, presence, saying
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState, TokenUnknown
from balise.helpline.conversations.tests.makers import accept, make_listener
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.queue import access as queue_access, queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Risk, WaitKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with clock.at(at("2026-11-24T15:00")):
        yield


def seated(*abilities: str) -> Actor:
    listener = make_listener(queue_access.WORK, queue_access.READ, *abilities)
    seating.sit(skills=(), chat_cap=2, by=listener)
    return listener


def state() -> str:
    return Conversation.objects.get().state


def later(**time: float) -> AbstractContextManager[None]:
    return clock.at(clock.now() + timedelta(**time))


def test_who_asks_waits_in_line_with_the_conversation() -> None:
    begun = saying.ask(nickname="Renard", language="fr")
    standing = queries.waits(begun.id)
    assert standing is not None
    assert standing.position == 1


def test_back_within_a_quarter_of_an_hour_the_listener_is_still_there() -> None:
    listener, begun = seated(), saying.ask(nickname="Renard")
    accept(begun.id, by=listener)
    with later(minutes=5):
        assert presence.suspend_dropped() == 1
        assert presence.free_places() == 0
        presence.be_seen(token=begun.token)
    one = Conversation.objects.get()
    assert (one.state, one.listener) == (ConversationState.OPEN, listener.key)
    assert Item.objects.get().held_by == listener.key


def test_a_telephone_asleep_for_two_hours_comes_back_to_the_front() -> None:
    listener, begun = seated(), saying.ask(nickname="Renard")
    accept(begun.id, by=listener)
    with later(minutes=1):
        presence.suspend_dropped()
    with later(minutes=20):
        assert presence.free_places() == 1
        saying.ask(nickname="Loutre")
    with later(hours=2):
        saying.say(token=begun.token, text="Je suis là", client_id=uuid4())
        assert Conversation.objects.get(id=begun.id).state == ConversationState.WAITING
        standing = queries.waits(begun.id)
        assert standing is not None
        assert standing.position == 1


def test_two_tabs_are_one_presence() -> None:
    begun = saying.ask(nickname="Renard")
    with later(seconds=40):
        presence.be_seen(token=begun.token)  # one tab sleeps, the other does not
    with later(seconds=60):
        assert presence.suspend_dropped() == 0


def test_who_waits_and_leaves_steps_out_and_comes_back_in_front() -> None:
    begun = saying.ask(nickname="Renard")
    with later(minutes=1):
        presence.suspend_dropped()
        assert queries.waits(begun.id) is None
        presence.be_seen(token=begun.token)
    assert state() == ConversationState.WAITING
    assert Item.objects.get(state=ItemState.WAITING).returning


def test_who_is_in_danger_keeps_the_first_place_even_when_gone() -> None:
    begun = saying.ask(nickname="Renard")
    saying.be_in_danger(token=begun.token)
    with later(minutes=10):
        assert presence.suspend_dropped() == 0
    assert Item.objects.get().risk == Risk.A


def test_a_listener_whose_browser_was_killed_leaves_nobody_alone() -> None:
    first, begun = seated(), saying.ask(nickname="Renard")
    accept(begun.id, by=first)
    with later(seconds=61):
        presence.be_seen(token=begun.token)
        claiming.return_vanished()
        second = seated()
        accept(begun.id, by=second)
        saying.answer(conversation_id=begun.id, text="Me voici", client_id=uuid4(), by=second)
    assert Conversation.objects.get().listener == second.key


def test_after_a_day_it_ends_by_itself_and_after_a_month_its_key_is_gone() -> None:
    begun = saying.ask(nickname="Renard")
    with later(minutes=1):
        presence.suspend_dropped()
    with later(days=2):
        assert presence.end_forgotten() == 1
        assert state() == ConversationState.ENDED
    moment = clock.now() + timedelta(days=33)
    assert rows_due("helpline.conversations", moment - timedelta(days=2)) == []
    assert rows_due("helpline.conversations", moment) == [begun.id]
    assert erase_rows("helpline.conversations", [begun.id]) == 1
    with pytest.raises((TokenUnknown, KeyForgotten)):
        queries.opened(begun.token)


def test_who_erases_leaves_the_line() -> None:
    begun = saying.ask(nickname="Renard")
    passing.erase_own(token=begun.token)
    assert queue.open_item(WaitKind.CHAT, begun.id) is None


def test_a_coach_note_is_for_the_listener_at_once_and_they_answer() -> None:
    listener, lead = seated(), make_listener(access.READ_ALONG)
    begun = saying.ask(nickname="Renard")
    accept(begun.id, by=listener)
    coaching.note(conversation_id=begun.id, text="Demande son âge.", by=lead)
    coaching.note(conversation_id=begun.id, text="14 ans.", by=listener)
    for reader in (listener, lead):
        noted = queries.coach_notes(begun.id, seen_by=reader)
        assert [note.text for note in noted] == ["Demande son âge.", "14 ans."]
        assert [note.is_mine for note in noted] == [reader is lead, reader is listener]
    told = Entry.objects.filter(event__startswith="helpline.conversation.coach").order_by("id")
    assert [(one.event, one.actor_key) for one in told] == [
        ("helpline.conversation.coached", lead.key),
        ("helpline.conversation.coach-answered", listener.key),
    ]


def test_a_coach_note_is_refused_to_others_and_unknown_to_the_young() -> None:
    listener, other = seated(), seated()
    begun = saying.ask(nickname="Renard")
    accept(begun.id, by=listener)
    with pytest.raises(NotYours):
        coaching.note(conversation_id=begun.id, text="Moi", by=other)
    place = Conversation.objects.get().last_seq
    coaching.note(conversation_id=begun.id, text="Une note", by=listener)
    assert Conversation.objects.get().last_seq == place
    _one, key = queries.opened(begun.token)
    assert "Une note" not in str(queries.after(begun.id, 0, key=key))
