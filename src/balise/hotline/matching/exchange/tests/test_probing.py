"""Probes, budgets and planted entries: rules without a database."""

from random import Random

import pytest

from balise.hotline.matching.exchange.rules.probing import (
    MOST_OF_EACH,
    NEAR,
    Budget,
    Near,
    Over,
    Used,
    count,
    is_far_enough,
    over,
    points,
)
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import nearly_turned


def with_bits(value: bytes, *bits: int) -> bytes:
    """Return a hash with some of its bits changed."""
    number = int.from_bytes(value)
    for bit in bits:
        number ^= 1 << bit
    return number.to_bytes(len(value))


_CHANCE = Random(17)  # noqa: S311 - the same hashes each time
FIRST = _CHANCE.randbytes(32)
OTHER = _CHANCE.randbytes(32)


def test_look_ups_near_one_another_are_one_probe() -> None:
    near = [with_bits(FIRST, *range(bits)) for bits in (0, 1, 31, NEAR)]
    counted = count((), [(one, True) for one in near])
    assert len(counted.probes) == counted.new == 1


def test_one_bit_further_is_another_probe() -> None:
    counted = count((), [(FIRST, True), (with_bits(FIRST, *range(NEAR + 1)), True)])
    assert counted.new == 2


def test_a_probe_of_this_morning_is_found_again() -> None:
    morning = count((), [(FIRST, True)]).probes
    evening = count(morning, [(with_bits(FIRST, 3), True), (OTHER, False)])
    assert evening.new == 1
    assert len(evening.probes) == 2


@pytest.mark.parametrize("turn", Turn)
def test_a_turned_picture_is_the_same_probe(turn: Turn) -> None:
    mirror = with_bits(nearly_turned(FIRST)[turn], *range(NEAR))
    counted = count((), [(FIRST, True), (mirror, False)])
    assert counted.new == 1
    assert (len(counted.probes[0].known), len(counted.probes[0].unknown)) == (1, 1)


def test_turns_of_another_picture_are_points_of_their_own() -> None:
    turns = nearly_turned(FIRST)
    near = tuple(with_bits(one, *range(NEAR)) for one in turns[1:])
    assert points(Signal(HashKind.PDQ, FIRST)) == [FIRST]
    assert points(Signal(HashKind.PDQ, FIRST, turns=(FIRST, *near))) == [FIRST]
    assert points(Signal(HashKind.PDQ, FIRST, turns=(*turns[:7], OTHER))) == [FIRST, OTHER]


def test_the_same_value_of_another_kind_is_not_near() -> None:
    assert count((), [(FIRST, True), (FIRST[:16], True)]).new == 2


def test_many_copies_of_one_picture_measure_nothing() -> None:
    copies = [(with_bits(FIRST, bit), True) for bit in range(200)]
    assert not count((), copies).is_measuring


def test_the_same_hash_asked_again_and_again_measures_nothing() -> None:
    both = [(FIRST, True), (with_bits(FIRST, *range(40)), False)] * 100
    assert not count((), both).is_measuring


def test_both_answers_around_one_point_measure() -> None:
    def asked(many: int) -> list[tuple[bytes, bool]]:
        yes = [(with_bits(FIRST, bit), True) for bit in range(many)]
        no = [(with_bits(FIRST, *range(32, 64), 100 + bit), False) for bit in range(many)]
        return [*yes, *no]

    assert not count((), asked(MOST_OF_EACH)).is_measuring
    assert count((), asked(MOST_OF_EACH + 1)).is_measuring


def test_the_marks_of_a_probe_stay_few() -> None:
    probe = Near(FIRST)
    for bit in range(200):
        probe = probe.after(with_bits(FIRST, bit), is_known=True)
    assert len(probe.known) == MOST_OF_EACH + 1


def test_a_budget_is_of_a_minute_and_of_a_day() -> None:
    budget = Budget(a_day=10, a_minute=5)
    assert over(budget, Used(0, 0, 100), new=5, asked=5) is None
    assert over(budget, Used(0, 1, 100), new=5, asked=5) == Over("minute", 60)
    assert over(budget, Used(8, 0, 100), new=3, asked=3) == Over("day", 100)
    assert over(budget, Used(8, 0, 0), new=3, asked=3) == Over("day", 1)
    assert over(budget, Used(10, 0, 100), new=0, asked=5) is None, "copies cost nothing"


def test_a_planted_entry_is_far_from_every_real_one() -> None:
    assert is_far_enough(FIRST, [])
    assert is_far_enough(FIRST, [NEAR + 1])
    assert not is_far_enough(FIRST, [128, NEAR])
    assert not is_far_enough(bytes(32), []), "a picture of one colour has it"
