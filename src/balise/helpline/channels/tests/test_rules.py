"""Names that come back, what providers bring: without a database."""

from uuid import uuid4

import pytest
from hypothesis import given, strategies as st

from balise.helpline.channels.rules import (
    LONGEST,
    NothingWritten,
    TooLong,
    cut_words,
    message_name,
    messages_named,
    read_subject,
    read_words,
)
from balise.helpline.channels.rules.messaging import meta, neutral
from balise.helpline.channels.rules.messaging.neutral import Incoming, Refusal
from balise.helpline.channels.tests.provider import (
    messenger_event,
    meta_signature,
    whatsapp_event,
    whatsapp_failure,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "value", "messages", "messaging", "message", "contacts", "id"]
            )
            | st.text(max_size=9),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.text(max_size=300))
def test_a_subject_is_one_line_and_no_mark(text: str) -> None:
    subject = read_subject(text)
    assert subject == read_subject(subject)
    assert subject.isprintable()


def test_marks_of_answers_go() -> None:
    assert read_subject("RE: Rép : Fwd: Ma\r\nBcc: x") == "Ma Bcc: x"


def test_an_empty_message_and_an_endless_one_are_refused() -> None:
    with pytest.raises(NothingWritten):
        read_words(" \x00\n")
    with pytest.raises(TooLong):
        read_words("a" * (LONGEST + 1))
    assert cut_words("a" * 30_000) == ("a" * 20_000, True)


def test_our_messages_are_known_by_their_name() -> None:
    one = uuid4()
    assert messages_named((message_name(one), "m-else", f"x{message_name(one)}")) == [one]


class TestMeta:
    def test_only_a_true_signature_is_one(self) -> None:
        header = meta_signature("s3cret", b"{}")
        assert meta.is_signed(header, secret="s3cret", body=b"{}")
        assert not meta.is_signed(header, secret="s3cret", body=b"[]")
        assert not meta.is_signed(header, secret="", body=b"{}")
        assert not meta.is_signed("sha256=é", secret="s3cret", body=b"{}")

    def test_the_challenge_is_given_to_who_knows_the_token(self) -> None:
        query = {"hub.mode": "subscribe", "hub.verify_token": "t", "hub.challenge": "42"}
        assert meta.challenge_in(query, token="t") == "42"
        assert not meta.challenge_in(query, token="other")
        assert not meta.challenge_in(query | {"hub.challenge": "<b>"}, token="t")

    def test_what_whatsapp_brings(self) -> None:
        (one,) = meta.from_whatsapp(whatsapp_event(name="w1"))
        assert one == Incoming("w1", "33199000001", "Bonjour", "Loutre")
        (picture,) = meta.from_whatsapp(whatsapp_event(name="w2", kind="image", text="Regarde"))
        assert isinstance(picture, Incoming)
        assert (picture.text, picture.attachments) == ("Regarde", 1)
        (failed,) = meta.from_whatsapp(whatsapp_failure(name="w3"))
        assert failed == Refusal("w3", "provider-131047")

    def test_what_messenger_brings(self) -> None:
        (one,) = meta.from_messenger(messenger_event(name="m1"))
        assert one == Incoming("m1", "7001", "Bonjour")
        assert not list(meta.from_messenger(messenger_event(name="m2", is_echo=True)))

    @given(JSON)
    def test_nothing_that_is_brought_raises(self, given: object) -> None:
        list(meta.from_whatsapp(given))
        list(meta.from_messenger(given))

    @given(st.text(max_size=400), st.integers(5, 60))
    def test_pieces_lose_no_word(self, text: str, longest: int) -> None:
        found = meta.pieces(text, longest=longest)
        assert all(len(piece) <= longest for piece in found)
        assert "".join("".join(found).split()) == "".join(text.split())


class TestNeutral:
    def test_a_message_and_a_failure_are_read(self) -> None:
        assert neutral.read({"id": "1", "from": "a", "text": "b"}) == Incoming("1", "a", "b")
        assert neutral.read({"id": "1", "failed": 7}) == Refusal("1", "provider-7")
        assert neutral.read({"id": "1", "failed": "no such Person"}) == Refusal("1", "provider")

    @given(JSON)
    def test_anything_else_is_not_understood(self, given: object) -> None:
        try:
            neutral.read(given)
        except neutral.NotUnderstood:
            return
