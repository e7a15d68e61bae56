"""An answer as far as it was typed: kept sealed, for whoever holds the message next."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.channels import queries
from balise.helpline.channels.actions import answering
from balise.helpline.channels.models import Draft
from balise.helpline.channels.rules import LONGEST_DRAFT, TooLong
from balise.helpline.channels.tests.makers import make_listener, make_taken, make_written, work
from balise.helpline.queue.actions.claiming import put_back
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import NotYours

pytestmark = pytest.mark.django_db


def typed(thread_id: UUID, text: str, by: Actor, message_id: UUID | None = None) -> None:
    answering.keep_draft(thread_id=thread_id, text=text, message_id=message_id or uuid4(), by=by)


def back(by: Actor) -> None:
    put_back(item_id=Item.objects.get(held_by=by.key).id, by=by)


def test_it_is_opened_by_whoever_holds_it_next_and_said_as_such() -> None:
    make_written()
    first, second = make_listener(), make_listener()
    thread_id = make_taken(first)
    typed(thread_id, "Bonjour,\r\n\r\nnous", first)
    typed(thread_id, "Bonjour,\r\n\r\nnous avons lu", first)
    assert b"nous" not in bytes(Draft.objects.get().sealed)
    back(first)
    with pytest.raises(NotYours):
        answering.read(thread_id=thread_id, by=second)
    assert make_taken(second) == thread_id
    kept = answering.read(thread_id=thread_id, by=second).typed
    assert kept is not None
    assert kept.text == "Bonjour,\n\nnous avons lu"
    assert not kept.is_mine
    assert kept.author
    typed(thread_id, kept.text + " votre message", second)
    again = answering.read(thread_id=thread_id, by=second).typed
    assert again is not None
    assert again.is_mine
    begun = Entry.objects.filter(event="helpline.message.begun")
    assert list(begun.values_list("actor_key", flat=True)) == [first.key, second.key]


def test_refuses_who_does_not_hold_it_and_too_much() -> None:
    make_written()
    listener = make_listener()
    thread_id = make_taken(listener)
    with pytest.raises(NotYours):
        typed(thread_id, "Moi", make_listener())
    with pytest.raises(PermissionDenied):
        typed(thread_id, "Moi", ANYONE)
    with pytest.raises(TooLong):
        typed(thread_id, "a" * (LONGEST_DRAFT + 1), listener)
    assert not Draft.objects.exists()


def test_it_goes_once_an_answer_is_sent_or_nothing_is_typed_any_more() -> None:
    make_written()
    listener, message_id = make_listener(), uuid4()
    thread_id = make_taken(listener)
    typed(thread_id, "Nous", listener)
    key = Draft.objects.get().id
    typed(thread_id, "  ", listener)
    assert not KeyWrap.objects.filter(record=key).exists()
    typed(thread_id, "Nous sommes là.", listener, message_id)
    answering.answer(
        thread_id=thread_id, text="Nous sommes là.", message_id=message_id, by=listener
    )
    assert not Draft.objects.exists()
    # What a browser still had on its way when the answer was sent.
    typed(thread_id, "Nous sommes là", listener, message_id)
    assert not Draft.objects.exists()
    typed(thread_id, "Encore un mot", listener)
    answering.close(thread_id=thread_id, by=listener)
    assert not Draft.objects.exists()


def test_what_a_person_erases_takes_it_along() -> None:
    _thread, token = make_written()
    listener = make_listener()
    thread_id = make_taken(listener)
    typed(thread_id, "Nous", listener)
    key = Draft.objects.get().id
    answering.erase_own(token=token)
    assert queries.opened_for(thread_id, seen_by=listener).typed is None
    typed(thread_id, "Nous avons", listener)
    work()
    assert not Draft.objects.exists()
    assert not KeyWrap.objects.filter(record=key).exists()


def test_it_is_forgotten_after_a_week_and_with_its_thread() -> None:
    make_written()
    listener = make_listener()
    thread_id = make_taken(listener)
    typed(thread_id, "Nous", listener)
    key = Draft.objects.get().id
    moment = clock.now()
    assert rows_due("helpline.drafts", moment + timedelta(days=6)) == []
    assert rows_due("helpline.drafts", moment + timedelta(days=7)) == [key]
    assert erase_rows("helpline.drafts", [key]) == 1
    assert not KeyWrap.objects.filter(record=key).exists()
    typed(thread_id, "Nous", listener)
    assert erase_rows("helpline.threads", [thread_id]) == 1
    assert not Draft.objects.exists()
