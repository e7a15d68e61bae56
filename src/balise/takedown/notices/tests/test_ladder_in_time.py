"""A ladder whose rungs open with time, or on a refusal."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from balise.takedown.notices.rules.ladder import (
    NotARung,
    Rung,
    Step,
    Way,
    check_is_open,
    next_at,
    open_steps,
    reached,
)

hours = st.integers(min_value=0, max_value=400).map(lambda count: timedelta(minutes=15 * count))


class TestALadderInTime:
    """A line's own ladder: each rung opens after some times the target, or on a refusal."""

    ladder = (
        Step(rung=Rung.REMINDER, way=Way.HAND, after=1),
        Step(rung=Rung.CALL, way=Way.HAND, after=3, on_refusal=True),
        Step(rung=Rung.COORDINATOR, way=Way.HAND, after=8, on_refusal=True),
    )
    own = (Rung.REMINDER, Rung.CALL, Rung.COORDINATOR)
    rungs = st.sampled_from(own)
    perhaps = st.sampled_from((None, *own))

    def place(self, rung: Rung | None) -> int:
        return -1 if rung is None else self.own.index(rung)

    @given(one=hours, two=hours)
    def test_never_goes_down(self, one: timedelta, two: timedelta) -> None:
        target = timedelta(hours=1)
        less, more = (
            reached(self.ladder, has_run=ran, target=target) for ran in sorted((one, two))
        )
        assert self.place(less) <= self.place(more)

    @given(rung=perhaps)
    def test_reaches_the_next_rung_when_it_says(self, rung: Rung | None) -> None:
        target = timedelta(hours=4)
        ran = next_at(self.ladder, rung, target)
        if ran is None:
            assert rung is Rung.COORDINATOR
        else:
            found = reached(self.ladder, has_run=ran, target=target)
            assert self.place(found) == self.place(rung) + 1
            just_before = ran - timedelta(seconds=1)
            assert reached(self.ladder, has_run=just_before, target=target) is rung

    @given(taken=rungs, time=perhaps, is_waiting=st.booleans(), has_refused=st.booleans())
    def test_opens_no_rung_twice_or_from_above(
        self, taken: Rung, time: Rung | None, *, is_waiting: bool, has_refused: bool
    ) -> None:
        steps = open_steps(
            self.ladder, taken={taken}, reached=time, is_waiting=is_waiting, has_refused=has_refused
        )
        found = [step.rung for step in steps]
        assert taken not in found
        assert has_refused or all(self.place(rung) > self.place(taken) for rung in found)
        assert has_refused or all(self.place(rung) <= self.place(time) for rung in found)
        assert is_waiting or has_refused or not found

    def test_opens_the_upper_rungs_at_once_after_a_refusal(self) -> None:
        steps = open_steps(
            self.ladder, taken={Rung.COORDINATOR}, reached=None, is_waiting=False, has_refused=True
        )
        assert [step.rung for step in steps] == [Rung.CALL]
        check_is_open(Rung.CALL, steps)
        with pytest.raises(NotARung):
            check_is_open(Rung.REMINDER, steps)
