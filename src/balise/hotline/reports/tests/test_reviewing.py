"""Which of several reviews stands, who may give the next one, how often two agree: the rules."""

import pytest

from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import Agreement, Said, SameEyes

ILLEGAL, OTHER = Said("illegal", "csam-sharing"), Said("illegal", "hate-incitement")
HARMFUL = Said("harmful", "")


class TestWhichOneStands:
    def test_a_first_one_where_no_second_is_asked(self) -> None:
        assert assessing.stands([], HARMFUL, asks_second=False, in_danger=False) == 0

    def test_none_until_the_second(self) -> None:
        assert assessing.stands([], ILLEGAL, asks_second=True, in_danger=False) is None

    def test_the_second_where_it_says_the_same(self) -> None:
        assert assessing.stands([ILLEGAL], ILLEGAL, asks_second=False, in_danger=False) == 1

    @pytest.mark.parametrize("second", [HARMFUL, OTHER])
    def test_none_of_two_that_differ_by_verdict_or_offence(self, second: Said) -> None:
        assert assessing.stands([ILLEGAL], second, asks_second=True, in_danger=False) is None

    def test_the_third_whatever_it_says(self) -> None:
        for third in (ILLEGAL, HARMFUL, OTHER):
            given = [ILLEGAL, HARMFUL]
            assert assessing.stands(given, third, asks_second=True, in_danger=False) == 2

    @pytest.mark.safety
    def test_in_danger_what_says_illegal_stands_at_once(self) -> None:
        assert assessing.stands([], ILLEGAL, asks_second=True, in_danger=True) == 0
        assert assessing.stands([HARMFUL], ILLEGAL, asks_second=True, in_danger=True) == 1
        assert assessing.stands([ILLEGAL], HARMFUL, asks_second=False, in_danger=True) == 0


class TestWhoMayGiveOne:
    def test_nobody_gives_two(self) -> None:
        for given in (["a"], ["a", "b"]):
            with pytest.raises(SameEyes):
                assessing.check_eyes(given, by="a", leads=False, others=["c"])
        assessing.check_eyes(["a", "b"], by="c", leads=False, others=[])

    def test_a_lead_decides_between_two_only_where_nobody_else_may(self) -> None:
        with pytest.raises(SameEyes):
            assessing.check_eyes(["a", "b"], by="a", leads=True, others=["c"])
        with pytest.raises(SameEyes):
            assessing.check_eyes(["a"], by="a", leads=True, others=[])
        assessing.check_eyes(["a", "b"], by="a", leads=True, others=[])
        assert assessing.is_by_lead_alone(["a", "b"], by="a")
        assert not assessing.is_by_lead_alone(["a", "b"], by="c")

    def test_the_first_is_blind_to_all_but_its_author_until_there_are_two(self) -> None:
        assert assessing.is_blind(["a"], reader="b")
        assert not assessing.is_blind(["a"], reader="a")
        assert not assessing.is_blind(["a", "b"], reader="c")
        assert not assessing.is_blind([], reader="b")


class TestAgreement:
    def test_is_counted_by_the_offence_of_the_first(self) -> None:
        found = assessing.agreements([(ILLEGAL, ILLEGAL), (ILLEGAL, HARMFUL), (OTHER, OTHER)])

        assert found == [Agreement("csam-sharing", 2, 1), Agreement("hate-incitement", 1, 1)]

    def test_has_its_interval_and_none_below_five_pairs(self) -> None:
        assert not Agreement("", 4, 4).is_enough
        ten = Agreement("", 10, 8)
        assert (ten.is_enough, ten.percent, ten.low, ten.high) == (True, 80, 49, 94)
