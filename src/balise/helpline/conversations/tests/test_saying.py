"""Where what is said stands in the log, without a database."""

from itertools import product
from uuid import UUID

import pytest

from balise.helpline.conversations.rules import ConversationState, Side
from balise.helpline.conversations.rules.saying import (
    Refusal,
    Room,
    goes_on,
    is_announced,
    place_of,
)

LISTENER = str(UUID(int=7))
ELSEWHERE = str(UUID(int=8))
ROOMS = [
    Room(UUID(int=1), state, listener, 4)
    for state, listener in product(ConversationState, ("", LISTENER))
]


@pytest.mark.parametrize("room", ROOMS)
def test_a_message_is_next_or_where_it_was_or_refused(room: Room) -> None:
    def place(side: Side, account: str = "", *, known: int | None = None) -> int | Refusal:
        return place_of(room, known, side=side, account=account)

    fresh = Refusal.OVER if room.state == ConversationState.ENDED else 5
    assert place(Side.YOUNG) == fresh
    assert place(Side.YOUNG, known=2) == 2
    assert place(Side.STAFF, LISTENER) == (fresh if room.listener else Refusal.NOT_IN_IT)
    assert place(Side.STAFF, ELSEWHERE, known=2) is Refusal.NOT_IN_IT


@pytest.mark.parametrize("room", ROOMS)
def test_only_the_young_person_lets_go_on_what_had_dropped(room: Room) -> None:
    assert goes_on(room, side=Side.YOUNG) == (room.state == ConversationState.SUSPENDED)
    assert not goes_on(room, side=Side.STAFF)


def test_a_supervisor_speaks_once_announced_and_only_with_a_listener() -> None:
    told = frozenset({ELSEWHERE, LISTENER})
    room = Room(UUID(int=1), ConversationState.OPEN, LISTENER, 4, told)
    assert is_announced(room, ELSEWHERE) is True
    assert is_announced(room, LISTENER) is False
    assert place_of(room, None, side=Side.STAFF, account=ELSEWHERE) == 5
    alone = Room(UUID(int=1), ConversationState.OPEN, "", 4, told)
    assert is_announced(alone, ELSEWHERE) is False
    assert place_of(alone, None, side=Side.STAFF, account=ELSEWHERE) is Refusal.NOT_IN_IT
