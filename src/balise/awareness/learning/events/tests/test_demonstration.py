"""The events of the demonstration centre: one of each state, in little time."""

import pytest

from balise.awareness.learning.events import demonstration, queries
from balise.awareness.learning.events.queries import people
from balise.awareness.learning.events.rules.facts import EventState
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_an_event_of_each_state() -> None:
    demonstration.fill({"coordinator": make_actor("coordinator")})
    cards = people.every(seen_by=SYSTEM)
    assert {card.state for card in cards} == set(EventState)
    coming = max(queries.to_come(), key=lambda card: card.tally.waiting)
    assert (coming.tally.confirmed, coming.tally.waiting) == (demonstration.PLACES, 12)
    assert max(len(card.speakers) for card in cards) == 12
    assert len([card for card in cards if card.series]) == 2
