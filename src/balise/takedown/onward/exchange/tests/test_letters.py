"""Letters and cards say exactly what was written, or nothing."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given, strategies as st

from balise.foundation.encryption.signatures import PublicPair
from balise.takedown.onward.exchange.rules.cards import Card, CardFaulty
from balise.takedown.onward.exchange.rules.letters import (
    Age,
    Answer,
    Classification,
    Classified,
    Envelope,
    Gender,
    Letter,
    LetterFaulty,
)
from balise.takedown.onward.exchange.rules.words import (
    LetterKind,
    Outcome,
    Reason,
    TransferState,
    WrongState,
    check_step,
    state_after,
)
from balise.takedown.onward.exchange.tests.makers import Neighbour, make_statement

NUMBER = UUID(int=7)
AT = datetime(2026, 11, 24, 12, 0, 1, tzinfo=UTC)

classifieds = st.builds(
    Classified,
    classification=st.sampled_from(Classification),
    age=st.sampled_from(Age),
    gender=st.sampled_from(Gender),
    is_virtual=st.booleans(),
    is_self_generated=st.booleans(),
    is_modelling=st.booleans(),
)


class TestLetter:
    @given(classified=st.none() | classifieds, danger=st.booleans(), words=st.text(max_size=50))
    def test_comes_back_as_it_was(
        self, *, classified: Classified | None, danger: bool, words: str
    ) -> None:
        words = words.encode(errors="ignore").decode().replace("\0", "")
        said = make_statement(classified=classified, danger=danger, words=words)
        letter = Letter(kind=LetterKind.REPORT, about=NUMBER, statement=said)
        assert Letter.from_bytes(letter.to_bytes() + b"   ") == letter

    @given(classifieds)
    def test_no_field_of_a_classification_stands_for_another(self, classified: Classified) -> None:
        for field in fields(Classified):
            changed = replace(classified, **{field.name: _other(getattr(classified, field.name))})
            back = Classified.from_fields(changed.to_fields())
            differing = [
                each.name
                for each in fields(Classified)
                if getattr(back, each.name) != getattr(classified, each.name)
            ]
            assert differing == [field.name]

    @pytest.mark.parametrize("kind", [LetterKind.ACCEPTED, LetterKind.REFUSED, LetterKind.OUTCOME])
    def test_an_answer_comes_back_as_it_was(self, kind: LetterKind) -> None:
        for outcome in Outcome:
            said = Answer(turn=3, at=AT, outcome=outcome, reason=Reason.ELSEWHERE)
            letter = Letter(kind=kind, about=NUMBER, answer=said)
            assert Letter.from_bytes(letter.to_bytes()) == letter

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("address", ""),
            ("address", "x" * 65_537),
            ("address", 5),
            ("words", "a\0b"),
            ("seen_at", "2026-11-20T09:30:00"),
            ("seen_at", "yesterday"),
            ("seen_at", "0001-01-01T00:00+14:00"),
            ("network", True),
            ("network", -1),
            ("danger", "no"),
            ("country", "NLD"),
            ("classified", {"classification": "baseline"}),
            ("classified", {"is_virtual": 1}),
            ("stranger", "x"),
        ],
    )
    def test_says_nothing_we_do_not_know(self, name: str, value: object) -> None:
        written = Letter(
            kind=LetterKind.REPORT, about=NUMBER, statement=make_statement()
        ).to_fields()
        written["statement"][name] = value
        with pytest.raises(LetterFaulty):
            Letter.from_fields(written)

    @pytest.mark.parametrize(
        "text", [b"", b"[]", b"{}", b'{"kind":"report"}', b'{"kind":"x","about":"","version":1}']
    )
    def test_is_a_letter(self, text: bytes) -> None:
        with pytest.raises(LetterFaulty):
            Letter.from_bytes(text)
        with pytest.raises(LetterFaulty):
            Envelope.read(text)

    def test_an_envelope_comes_back_as_it_was(self) -> None:
        envelope = Envelope(
            id=uuid4(), sender="a" * 32, recipient="b" * 32, sealed=b"\x00\xff", signature=b"s"
        )
        assert Envelope.read(envelope.to_bytes()) == envelope
        with pytest.raises(LetterFaulty):
            Envelope.read(envelope.to_bytes() + b" " * 262_144)
        another = orjson.loads(envelope.to_bytes()) | {"version": 2}
        with pytest.raises(LetterFaulty):
            Envelope.read(orjson.dumps(another))


class TestCard:
    def test_comes_back_as_it_was(self, neighbour: Neighbour) -> None:
        card = neighbour.card()
        assert Card.read(card.to_text()) == card
        assert [len(group) for group in card.check_number.split()] == [5] * 8

    def test_any_change_gives_another_check_number(self, neighbour: Neighbour) -> None:
        card = neighbour.card()
        swapped = PublicPair(card.keys.sealing, card.keys.signing)
        for changed in (
            replace(card, address="https://evil.example"),
            replace(card, keys=swapped),
        ):
            assert changed.check_number != card.check_number

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("address", "ftp://b.example"),
            ("address", "https://b.example/path"),
            ("address", "https://user@b.example"),
            ("address", "https://b.example:port"),
            ("country", "nl"),
            ("name", " "),
            ("sign", "AAAA"),
            ("seal", "A" * 43 + "="),
            ("balise-hotline", 2),
            ("stranger", "x"),
        ],
    )
    def test_is_a_card(self, neighbour: Neighbour, name: str, value: object) -> None:
        written = orjson.loads(neighbour.card().to_text()) | {name: value}
        with pytest.raises(CardFaulty):
            Card.read(orjson.dumps(written).decode())
        with pytest.raises(CardFaulty):
            Card.read("no card")


class TestStates:
    def test_follow_from_what_they_answer(self) -> None:
        assert (
            state_after(TransferState.SENT, LetterKind.ACCEPTED, Outcome.NONE)
            is TransferState.ACCEPTED
        )
        assert (
            state_after(TransferState.CLOSED, LetterKind.ACCEPTED, Outcome.NONE)
            is TransferState.CLOSED
        )
        assert (
            state_after(TransferState.ACCEPTED, LetterKind.REFUSED, Outcome.NONE)
            is TransferState.REFUSED
        )
        assert (
            state_after(TransferState.RECEIVED, LetterKind.OUTCOME, Outcome.ILLEGAL)
            is TransferState.ACCEPTED
        )
        assert (
            state_after(TransferState.ACCEPTED, LetterKind.OUTCOME, Outcome.REMOVED)
            is TransferState.CLOSED
        )
        assert (
            state_after(TransferState.CLOSED, LetterKind.OUTCOME, Outcome.ILLEGAL)
            is TransferState.ACCEPTED
        )
        for ended in (TransferState.CLOSED, TransferState.REFUSED):
            again = state_after(ended, LetterKind.OUTCOME, Outcome.ILLEGAL, is_handed_again=True)
            assert again is ended
        assert (
            state_after(
                TransferState.ACCEPTED, LetterKind.OUTCOME, Outcome.GONE, is_handed_again=True
            )
            is TransferState.CLOSED
        )
        with pytest.raises(ValueError, match="no answer"):
            state_after(TransferState.SENT, LetterKind.REPORT, Outcome.NONE)

    def test_a_step_begins_where_it_begins(self) -> None:
        check_step("withdraw", TransferState.QUEUED)
        with pytest.raises(WrongState):
            check_step("withdraw", TransferState.ACCEPTED)

    def test_every_word_has_a_label(self) -> None:
        for word in (*TransferState, *Outcome, *Reason):
            assert word.label


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    kinds = type(value)
    return next(each for each in kinds if each is not value)
