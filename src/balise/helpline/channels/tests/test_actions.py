"""Write, wait, be answered, come back, erase; and who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.channels import queries
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.models import Message, Thread
from balise.helpline.channels.rules import (
    Audience,
    CorrespondenceState,
    Delivery,
    NotAnswerable,
    ThreadUnknown,
    Way,
)
from balise.helpline.channels.rules.messaging.neutral import Incoming
from balise.helpline.channels.tests.makers import make_listener, make_taken, make_written, work
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, NotYours, Reason, Risk, WaitKind

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    found = Entry.objects.filter(event__startswith="helpline.").order_by("id")
    return [event.removeprefix("helpline.") for event in found.values_list("event", flat=True)]


class TestWriting:
    def test_it_waits_sealed_and_its_bearer_reads_it(self) -> None:
        thread_id, token = make_written("Mon secret.")
        item = Item.objects.get()
        assert (item.kind, item.subject, item.risk) == (WaitKind.MESSAGE, thread_id, Risk.F)
        assert b"secret" not in bytes(Message.objects.get().sealed)
        assert queries.opened(token).messages[0].text == "Mon secret."
        assert "message.received" in events()

    def test_the_same_page_twice_is_one_message(self) -> None:
        _thread_id, token = make_written()
        receiving.begin(token=token, message_id=uuid4(), text="encore", audience=Audience.YOUNG)
        assert Message.objects.count() == 1

    def test_words_raise_and_nothing_lowers(self) -> None:
        _thread_id, token = make_written("Je vais me tuer.")
        assert Item.objects.get().risk == Risk.A
        receiving.write_again(token=token, message_id=uuid4(), text="Non, ça va.")
        assert Item.objects.get().risk == Risk.A

    def test_a_later_word_raises_what_waits(self) -> None:
        _thread_id, token = make_written("Bonjour")
        name = uuid4()
        for _twice in range(2):
            receiving.write_again(token=token, message_id=name, text="Il me frappe.")
        item = Item.objects.get()
        assert (item.risk, Message.objects.count()) == (Risk.B, 2)

    def test_a_wrong_code_opens_nothing(self) -> None:
        make_written()
        with pytest.raises(ThreadUnknown):
            queries.opened(new_receipt())


class TestAnswering:
    def test_who_holds_it_reads_and_answers_and_the_bearer_reads(self) -> None:
        _thread_id, token = make_written("Bonjour")
        listener = make_listener()
        thread_id = make_taken(listener)
        assert answering.read(thread_id=thread_id, by=listener).messages[0].text == "Bonjour"
        name = uuid4()
        for _twice in range(2):
            answering.answer(thread_id=thread_id, text="Je suis là.", message_id=name, by=listener)
        mine, ours = queries.opened(token).messages
        assert (mine.text, ours.text, ours.delivery) == ("Bonjour", "Je suis là.", Delivery.HERE)
        assert Thread.objects.get().waits_since is None
        assert {"thread.read", "message.answered"} <= set(events())

    def test_nobody_else_may(self) -> None:
        make_written()
        thread_id = make_taken(make_listener())
        other = make_listener()
        for act in (answering.read, answering.accept):
            with pytest.raises(NotYours):
                act(thread_id=thread_id, by=other)
        with pytest.raises(NotYours):
            answering.answer(thread_id=thread_id, text="Moi", by=other)
        with pytest.raises(PermissionDenied):
            answering.answer(thread_id=thread_id, text="Moi", by=make_actor("analyst"))

    def test_another_word_after_the_end_waits_again_for_the_same_listener(self) -> None:
        _thread_id, token = make_written()
        listener = make_listener()
        thread_id = make_taken(listener)
        answering.close(thread_id=thread_id, by=listener)
        waiting.withdraw(item_id=Item.objects.get().id, reason=Reason.LEFT, by=listener)
        receiving.write_again(token=token, message_id=uuid4(), text="Encore moi.")
        again = Item.objects.get(state=ItemState.WAITING)
        assert (again.subject, again.preferred) == (thread_id, listener.key)
        assert Thread.objects.get().state == CorrespondenceState.OPEN


class TestErasing:
    def test_nothing_is_left_and_nobody_answers(self) -> None:
        thread_id, token = make_written("Mon secret.")
        answering.erase_own(token=token)
        assert Item.objects.get().state == ItemState.WITHDRAWN
        assert not bytes(Message.objects.get().sealed)
        with pytest.raises(ThreadUnknown):
            queries.opened(token)
        work()
        assert not KeyWrap.objects.filter(record=thread_id).exists()

    def test_who_has_it_sees_that_it_is_gone(self) -> None:
        _thread_id, token = make_written()
        listener = make_listener()
        thread_id = make_taken(listener)
        answering.erase_own(token=token)
        work()
        assert answering.read(thread_id=thread_id, by=listener).messages == ()
        with pytest.raises(NotAnswerable):
            answering.answer(thread_id=thread_id, text="Trop tard", by=listener)


class TestForgetting:
    def test_a_month_after_the_last_word_once_nobody_waits(self) -> None:
        waits, _token = make_written()
        answered, _other = make_written()
        Thread.objects.filter(id=answered).update(waits_since=None)
        later = clock.now() + timedelta(days=31)
        due = rows_due("helpline.threads", later)
        assert due == [answered]
        assert erase_rows("helpline.threads", due) == 1
        assert list(Thread.objects.values_list("id", flat=True)) == [waits]
        assert not KeyWrap.objects.filter(record=answered).exists()

    def test_what_nobody_answers_is_given_up_after_half_a_year(self) -> None:
        thread_id, _token = make_written()
        moment = clock.now()
        assert not rows_due("helpline.threads", moment + timedelta(days=179))
        due = rows_due("helpline.threads", moment + timedelta(days=181))
        assert due == [thread_id]
        erase_rows("helpline.threads", due)
        assert Item.objects.get().state == ItemState.WITHDRAWN


def test_only_a_provider_brings() -> None:
    with pytest.raises(PermissionDenied):
        receiving.take_message(given=Incoming("1", "a", "b"), way=Way.HOOK, source="x", by=ANYONE)
