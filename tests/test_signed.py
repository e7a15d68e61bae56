"""Tokens that we signed: what they open, and what they do not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from balise.foundation.finding import NotHere
from balise.foundation.signed import SignedId, SignedState


class TestAnId:
    def test_comes_back(self) -> None:
        mine = uuid4()
        link = SignedId("one")
        assert link.read(link.token(mine)) == mine

    def test_opens_nothing_where_it_has_another_purpose_or_is_made_up(self) -> None:
        for token in (SignedId("other").token(uuid4()), "", "a", "x" * 5_000, "é:b"):
            with pytest.raises(NotHere):
                SignedId("one").read(token)

    def test_opens_nothing_once_it_is_old(self) -> None:
        spent = SignedId("one", lasts=timedelta(seconds=-1))
        with pytest.raises(NotHere):
            spent.read(spent.token(uuid4()))


class TestAState:
    def test_comes_back_as_it_was(self) -> None:
        told = {"before": {"a": "b"}, "flags": "sg"}
        link = SignedState("one")
        assert link.read(link.token(told)) == told

    def test_opens_nothing_where_it_is_old_too_long_or_made_up(self) -> None:
        state, spent = SignedState("one"), SignedState("one", lasts=timedelta(seconds=-1))
        short = SignedState("one", longest=10)
        for link, token in (
            (spent, spent.token([1])),
            (short, short.token([1])),
            (state, SignedState("other").token([1])),
            (state, SignedId("one").token(uuid4())),
            (state, ""),
        ):
            with pytest.raises(NotHere):
                link.read(token)
