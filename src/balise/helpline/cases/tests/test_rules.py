from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from balise.helpline.cases.rules import received as rules
from balise.helpline.cases.rules.received import AgeBand, ReferralState


class TestAge:
    def test_knows_its_bands(self) -> None:
        assert [rules.age_band(band) for band in AgeBand] == list(AgeBand)

    @pytest.mark.parametrize("code", ["", "under-99", "unknown"])
    def test_turns_nobody_away(self, code: str) -> None:
        assert rules.age_band(code) == ""
        assert not rules.is_child(rules.age_band(code))

    def test_a_child_is_under_18(self) -> None:
        assert [band for band in AgeBand if rules.is_child(band)] == [
            *("under-13", "13-14", "15-17", "13-15", "16-17")
        ]


class TestWaitBand:
    @pytest.mark.parametrize(
        ("waited", "band"),
        [
            (timedelta(), "1h"),
            (timedelta(hours=1), "1h"),
            (timedelta(hours=1, seconds=1), "4h"),
            (timedelta(days=1), "24h"),
            (timedelta(days=3), "3d"),
            (timedelta(days=7), "7d"),
            (timedelta(days=7, seconds=1), "more"),
        ],
    )
    def test_holds_the_wait(self, waited: timedelta, band: str) -> None:
        assert rules.wait_band(waited) == band

    @given(st.timedeltas(min_value=timedelta()), st.timedeltas(min_value=timedelta()))
    def test_a_longer_wait_is_in_no_earlier_band(self, one: timedelta, other: timedelta) -> None:
        order = [*(code for code, _most in rules.WAITS), rules.LONGEST_WAIT]
        shorter, longer = sorted((one, other))
        assert order.index(rules.wait_band(shorter)) <= order.index(rules.wait_band(longer))


class TestTaking:
    def test_what_waits_can_be_taken(self) -> None:
        rules.check_can_take(ReferralState.WAITING, taken_by="", by="ana")

    def test_what_one_has_stays_ones_own(self) -> None:
        rules.check_can_take(ReferralState.TAKEN, taken_by="ana", by="ana")

    @pytest.mark.parametrize("state", [ReferralState.TAKEN, ReferralState.CLOSED])
    def test_what_another_has_cannot(self, state: ReferralState) -> None:
        with pytest.raises(rules.AlreadyTaken):
            rules.check_can_take(state, taken_by="ben", by="ana")


class TestReading:
    def test_is_for_whoever_took_it(self) -> None:
        rules.check_is_yours(ReferralState.TAKEN, taken_by="ana", by="ana")
        rules.check_is_yours(ReferralState.CLOSED, taken_by="ana", by="ana")

    def test_is_for_nobody_else(self) -> None:
        with pytest.raises(rules.NotYours):
            rules.check_is_yours(ReferralState.TAKEN, taken_by="ben", by="ana")

    def test_comes_after_taking(self) -> None:
        with pytest.raises(rules.NotTaken):
            rules.check_is_yours(ReferralState.WAITING, taken_by="", by="")
