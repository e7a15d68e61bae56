"""A figure by another code than its own, and where its numbers come from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.boards import Labels
from balise.foundation.statistics.indicators import (
    INDICATORS,
    Counts,
    Flow,
    Latest,
    SumRefused,
    register,
)
from balise.foundation.statistics.tests.makers import pick
from balise.steering.indicators.queries.comparing import compared_values
from balise.steering.indicators.queries.origins import module_of, origin_of
from balise.steering.indicators.queries.values import broken_down, dimensions
from balise.steering.indicators.tests.orchard import STAFF
from balise.steering.rules.periods import Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
RIPE: Labels = partial(dict, yes="Ripe", no="Green")


@pytest.fixture(autouse=True)
def ripe() -> Iterator[None]:
    """Let another figure have words for whether fruit is ripe."""
    before = list(INDICATORS.values())
    one = INDICATORS["PICK-N"]
    register([*before, replace(one, code="PICK-BY", name="By ripeness", by="ripe", labels=RIPE)])
    yield
    register(before)


def test_the_codes_that_some_module_has_words_for() -> None:
    found = dimensions(INDICATORS["PICK-N"])
    assert [(each.by, str(each.name)) for each in found] == [
        ("kind", "Baskets"),
        ("ripe", "By ripeness"),
    ]
    assert [each.by for each in dimensions(INDICATORS["TREES"])] == ["kind"]
    assert dimensions(INDICATORS["PICK-RIPE"]) == ()


def test_a_code_that_it_is_not_counted_by_is_refused() -> None:
    with pytest.raises(SumRefused):
        broken_down(INDICATORS["PICK-N"], "colour")
    assert broken_down(INDICATORS["PICK-N"], "") is INDICATORS["PICK-N"]


@pytest.mark.django_db
def test_its_parts_are_by_that_code_and_its_number_is_the_same() -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    pick("apple", times=4, on=date(2026, 3, 2), at=at)
    pick("pear", times=2, on=date(2026, 3, 2), at=at)
    tick()
    [own] = compared_values(["PICK-N"], MARCH, parts=True, seen_by=STAFF)
    [other] = compared_values(["PICK-N"], MARCH, parts=True, by="ripe", seen_by=STAFF)
    assert {part.code for part in own.now.parts} == {"apple", "pear"}
    assert not {part.code for part in other.now.parts} & {"apple", "pear"}
    assert sum(part.events for part in other.now.parts) == 6
    assert own.now.quantity == other.now.quantity


def test_what_a_figure_keeps_of_a_measure_and_whose_facts_they_are() -> None:
    one = INDICATORS["PICK-RIPE"]
    found = origin_of(one)
    assert [each.keeps for each in found.counted] == ["ripe = yes", ""]
    assert len(found.events) == 1
    grams = replace(one, source=Flow(Counts("orchard.baskets", sums=True)))
    assert origin_of(grams).counted[0].keeps
    read = origin_of(replace(one, source=Latest("social.followers")))
    assert read.modules == ("steering.readings",)
    assert read.events == ("steering.reading.noted",)


def test_each_module_that_counts_is_named_as_its_abilities_are() -> None:
    assert module_of("balise.awareness.places.orders.events") == "awareness.orders"
    assert module_of("balise.awareness.learning.events.events") == "awareness.events"
    assert module_of("balise.helpline.cases.events") == "helpline.cases"
