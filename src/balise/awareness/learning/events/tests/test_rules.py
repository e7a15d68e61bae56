"""What the rules of places, facts and codes decide, without a database."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from balise.awareness.learning.events.rules import facts
from balise.awareness.learning.events.rules.codes import code_of, codes_in
from balise.awareness.learning.events.rules.facts import (
    EventKind,
    Facts,
    Said,
    Standing,
    Tally,
    check,
    check_capacity,
    is_told,
    shown,
    standing_next,
    with_one_more,
    with_promoted,
    without_one,
)
from balise.foundation.refusals import Refused

START = datetime(2027, 1, 14, 17, 30, tzinfo=UTC)
FACTS = Facts(
    kind=EventKind.WEBINAR,
    words={"fr": Said("Un titre", "Une phrase.")},
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    zone="Europe/Paris",
    capacity=3,
)


def test_nobody_waits_while_a_place_is_free_whatever_happens() -> None:
    chance = random.Random(7)  # noqa: S311 - a sample, not a secret
    tally, people = Tally(capacity=5), list[Standing]()
    for _step in range(2_000):
        if people and chance.random() < 0.5:
            was = people.pop(chance.randrange(len(people)))
            tally = without_one(tally, was)
            many = tally.to_promote
            tally = with_promoted(tally, many)
            for _promoted in range(many):
                people.remove(Standing.WAITING)
                people.append(Standing.CONFIRMED)
        else:
            people.append(standing_next(tally))
            came_back = tally.not_coming > 0 and chance.random() < 0.5
            tally = with_one_more(tally, came_back=came_back)
        assert tally.confirmed == people.count(Standing.CONFIRMED) <= tally.capacity
        assert tally.waiting == people.count(Standing.WAITING)
        assert not (tally.waiting and tally.left)


def test_nobody_is_promoted_beyond_the_places() -> None:
    with pytest.raises(ValueError, match="more promoted"):
        with_promoted(Tally(3, confirmed=2, waiting=5), 2)


@pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (9, None), (10, 10), (588, 580)])
def test_a_number_that_anyone_reads_tells_of_no_single_registration(
    number: int, told: int | None
) -> None:
    assert shown(number) == told


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"words": {"fr": Said(" ", "Une phrase.")}}, facts.WordsMissing),
        ({"words": {}}, facts.WordsMissing),
        ({"ends_at": START}, facts.TimesFaulty),
        ({"ends_at": START + timedelta(days=32)}, facts.TimesFaulty),
        ({"zone": "Europe/Nowhere"}, facts.ZoneUnknown),
        ({"zone": "../etc/passwd"}, facts.ZoneUnknown),
        ({"link": "http://webinars.example/"}, facts.LinkFaulty),
        ({"capacity": -1}, facts.CapacityFaulty),
    ],
)
def test_what_no_event_can_be_is_refused(given: dict[str, Any], refused: type[Refused]) -> None:
    check(FACTS)
    with pytest.raises(refused):
        check(replace(FACTS, **given))


def test_nobody_loses_a_place() -> None:
    check_capacity(3, taken=3)
    with pytest.raises(facts.CapacityFaulty, match="3"):
        check_capacity(2, taken=3)


def test_who_comes_is_told_of_times_and_places_and_of_nothing_else() -> None:
    before = FACTS.columns()
    assert is_told(before, replace(FACTS, place="Rennes").columns())
    assert is_told(before, replace(FACTS, zone="Indian/Reunion").columns())
    assert not is_told(before, replace(FACTS, capacity=9, organiser="CEMEA").columns())


def test_a_code_is_read_as_people_write_it() -> None:
    code = code_of(UUID("ffffffff-ff00-4000-8000-000000000000"))
    assert code == "ZZZZ-ZZZZ"
    text = '\ufeffzzzz zzzz;Camille\n\nZzZz-zzzz\n"o1IL-0000",x\ncode\n'
    assert list(codes_in(text)) == [code, code, "0111-0000", "code"]
