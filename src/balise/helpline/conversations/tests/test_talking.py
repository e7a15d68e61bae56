"""What is said is kept once, in one order, sealed, and read by the two sides alone."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import ANYONE
from balise.foundation.encryption.sealing import known
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.finding import NotYours
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.helpline.contacts.rules.forms import FieldWrong
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.rules import (
    ChatEventKind,
    ConversationOver,
    ConversationState,
    NothingSaid,
    Side,
    TokenUnknown,
    TooLong,
)
from balise.helpline.conversations.tests.makers import make_conversation, make_listener

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def written() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def heard(begun: saying.Begun, after: int = 0) -> list[tuple[int, str, str, str]]:
    one, key = queries.opened(begun.token)
    events = queries.after(one.id, after, key=key)
    return [(event.seq, event.kind.value, event.side.value, event.text) for event in events]


class TestSay:
    def test_both_sides_read_it_in_one_order(self) -> None:
        listener = make_listener()
        begun = make_conversation("Bonjour", with_=listener)
        saying.answer(conversation_id=begun.id, text="Je suis là.", client_id=uuid4(), by=listener)
        said = [
            (1, "joined", "staff", ""),
            (2, "message", "young", "Bonjour"),
            (3, "message", "staff", "Je suis là."),
        ]
        assert heard(begun) == said
        one, key = queries.joined(begun.id, seen_by=listener)
        assert [event.text for event in queries.after(one.id, 1, key=key)] == [
            "Bonjour",
            "Je suis là.",
        ]

    def test_twice_the_same_is_once(self) -> None:
        begun, name = make_conversation(), uuid4()
        first = saying.say(token=begun.token, text="Tu es là ?", client_id=name)
        again = saying.say(token=begun.token, text="Tu es là ?", client_id=name)
        assert first == again == 1
        assert Said.objects.count() == 1

    def test_is_sealed_and_written_down_without_a_word(self) -> None:
        make_conversation("un secret")
        assert b"secret" not in bytes(Said.objects.get().sealed)
        assert written() == ["helpline.conversation.begun", "helpline.conversation.said"]
        assert "secret" not in str(list(Entry.objects.values()))

    @pytest.mark.parametrize("text", ["é" * 1_024, "👩‍👩‍👧" * 100, "مرحبا", "a\x00b"])
    def test_takes_what_people_write(self, text: str) -> None:
        begun = make_conversation(text)
        assert heard(begun)[0][3] == text.replace("\x00", "")

    def test_refuses_a_wall_of_text_and_silence(self) -> None:
        begun = make_conversation()
        with pytest.raises(TooLong):
            saying.say(token=begun.token, text="é" * 1_025, client_id=uuid4())
        with pytest.raises(NothingSaid):
            saying.say(token=begun.token, text=" \n\x00", client_id=uuid4())

    def test_refuses_a_token_of_nobody(self) -> None:
        with pytest.raises(TokenUnknown):
            saying.say(token=new_receipt(), text="Bonjour", client_id=uuid4())

    def test_refuses_a_listener_who_is_not_there(self) -> None:
        begun = make_conversation(with_=make_listener())
        other = make_listener()
        with pytest.raises(NotYours):
            saying.answer(conversation_id=begun.id, text="Bonjour", client_id=uuid4(), by=other)
        with pytest.raises(PermissionDenied):
            saying.answer(conversation_id=begun.id, text="Bonjour", client_id=uuid4(), by=ANYONE)
        with pytest.raises(NotYours):
            queries.joined(begun.id, seen_by=other)

    def test_a_supervisor_reads_along(self) -> None:
        begun = make_conversation("Bonjour", with_=make_listener())
        one, key = queries.joined(begun.id, seen_by=make_listener(access.READ_ALONG))
        assert queries.shown(one, key).nickname == "Renard"


class TestPassing:
    def test_a_second_listener_is_a_transfer(self) -> None:
        begun = make_conversation(with_=make_listener())
        second = make_listener()
        passing.join(conversation_id=begun.id, by=second)
        passing.join(conversation_id=begun.id, by=second)
        assert [kind for _seq, kind, _side, _text in heard(begun)] == ["joined", "transferred"]

    def test_who_leaves_leaves_it_open(self) -> None:
        listener = make_listener()
        begun = make_conversation(with_=listener)
        passing.leave(conversation_id=begun.id, to=None, by=listener)
        assert Conversation.objects.get().state == ConversationState.WAITING
        assert written()[-1] == "helpline.conversation.left"

    @pytest.mark.parametrize("side", [Side.YOUNG, Side.STAFF])
    def test_either_side_ends_it_once(self, side: Side) -> None:
        listener = make_listener()
        begun = make_conversation("Merci", with_=listener)
        for _twice in range(2):
            if side is Side.YOUNG:
                passing.end_own(token=begun.token)
            else:
                passing.end(conversation_id=begun.id, by=listener)
        assert heard(begun)[-1][1:3] == ("state", side.value)
        assert written().count("helpline.conversation.ended") == 1
        with pytest.raises(ConversationOver):
            saying.say(token=begun.token, text="Encore", client_id=uuid4())

    def test_erased_nobody_reads_it_again(self) -> None:
        listener = make_listener()
        begun = make_conversation("un secret", with_=listener)
        passing.erase_own(token=begun.token)
        with pytest.raises(TokenUnknown):
            queries.opened(begun.token)
        assert not Said.objects.exclude(sealed=b"").exists()
        assert written()[-1] == "helpline.conversation.erased"
        clerk.tick()
        assert not known([begun.id])  # nor does the helpline's key open it

    def test_a_message_taken_back_keeps_its_place(self) -> None:
        listener = make_listener()
        begun = make_conversation("mon numéro est", with_=listener)
        passing.redact(conversation_id=begun.id, seq=2, by=listener)
        passing.redact(conversation_id=begun.id, seq=2, by=listener)
        said = heard(begun)
        assert said[1][3] == ""
        assert [kind for _seq, kind, _side, _text in said] == ["joined", "message", "redacted"]

    def test_one_query_reads_many(self) -> None:
        first, second = make_conversation("un", "deux"), make_conversation("trois")
        found = queries.rows_after({first.id: 1, second.id: 0, uuid4(): 5})
        assert [row.seq for row in found[first.id]] == [2]
        assert [row.kind for row in found[second.id]] == [ChatEventKind.MESSAGE]
        assert queries.places([first.id]) == {first.id: 2}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"age": 15}, (15, "15-17")),
        ({"age": 14, "age_band": "adult"}, (14, "12-14")),
        ({"age_band": "under-12"}, (None, "under-12")),
        ({}, (None, "")),
    ],
)
def test_an_age_stands_in_years_and_its_band_is_derived(
    given: dict[str, Any], kept: tuple[int | None, str]
) -> None:
    one = Conversation.objects.get(id=saying.begin(**given).id)
    assert (one.age, one.age_band) == kept


def test_an_age_that_is_none_is_refused() -> None:
    for given in ({"age": 300}, {"age_band": "old"}):
        with pytest.raises(FieldWrong):
            saying.begin(**given)
