"""The waiting room says no more than the seats can keep, whatever they do."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

import pytest
from django.utils.translation import override

from balise.helpline.conversations.rules import ConversationState
from balise.helpline.conversations.rules.hours import OpenState, Why, heading, words
from balise.helpline.queue.rules import Band

OPENS = datetime(2026, 11, 25, 8, tzinfo=UTC)
CLOSED = {
    why: OpenState(is_open=False, why=why, opens_at=None if why is Why.NOBODY else OPENS)
    for why in (Why.NOBODY, Why.OUT_OF_HOURS, Why.HOLIDAY)
}
NOBODY = "Personne n’est disponible pour le moment"
PROMISES = ("bientôt", "va te répondre", "peut encore te répondre", "dès que possible")


@dataclass(frozen=True)
class Stands:
    ahead: int = 0
    band: Band = Band.UNDER_5
    seats: int = 1
    comes_first: bool = False


ALL = [
    Stands(ahead, band, seats, first)
    for ahead, band, seats, first in product((0, 2), Band, (0, 3), (False, True))
    if seats or band is Band.UNKNOWN
]


def _read(place: Stands, closed: OpenState | None = None) -> str:
    with override("fr"):
        said = f"{heading(ConversationState.WAITING, place, closed)} | {words(place, closed)}"
    return said.replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.safety
@pytest.mark.parametrize("place", ALL)
@pytest.mark.parametrize("why", [None, *CLOSED])
def test_nothing_is_promised_that_no_seat_can_keep(place: Stands, why: Why | None) -> None:
    closed = CLOSED[why] if why else None
    said = _read(place, closed)
    assert "None" not in said
    if place.band is Band.UNKNOWN or why is Why.NOBODY:
        assert not any(each in said for each in PROMISES)
    if closed is not None or place.comes_first:
        assert "Attente" not in said
    if "bientôt" in said:
        assert "plus de 15 minutes" not in said
    if place.comes_first:
        assert "Tu passes en premier." in said


@pytest.mark.safety
@pytest.mark.parametrize(
    ("place", "head", "said"),
    [
        (
            Stands(),
            "Quelqu’un va te répondre",
            "Personne n’est avant toi. Attente : moins de 5 minutes.",
        ),
        (
            Stands(band=Band.OVER_15),
            "Ta place est gardée",
            "Personne n’est avant toi. Attente : plus de 15 minutes.",
        ),
        (
            Stands(band=Band.UNKNOWN),
            NOBODY,
            f"{NOBODY}. Tu gardes ta place. On ne sait pas encore combien de temps.",
        ),
        (
            Stands(band=Band.UNKNOWN, comes_first=True),
            NOBODY,
            f"Tu passes en premier. {NOBODY}. Tu peux appeler maintenant :",
        ),
    ],
)
def test_each_standing_has_its_words(place: Stands, head: str, said: str) -> None:
    assert _read(place) == f"{head} | {said}"


@pytest.mark.parametrize("state", sorted(set(ConversationState) - {ConversationState.WAITING}))
def test_who_does_not_wait_reads_of_no_wait(state: ConversationState) -> None:
    with override("fr"):
        assert heading(state, None, None) == "Ta conversation"
        assert words(None, None) == ""
