"""A life in danger, from when it is said until two people agree: rules first, then each action."""

from datetime import UTC, datetime, timedelta

import pytest

from balise.foundation.packs import countries_of
from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Risk, RiskFrom
from balise.helpline.queue.rules.dangers import (
    LONGEST_TOLD,
    DangerGoesOn,
    Life,
    OnlyWords,
    SaidBy,
    SecondNeeded,
    alone_after,
    check_alone,
    check_guess,
    check_lowers_nothing,
    check_second,
    read_told,
    said_by,
)

COUNTRIES = countries_of("balise.helpline.queue")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEN = timedelta(minutes=10)
TOLD = "Sa mère est avec lui, le 15 est prévenu."


def one(said: SaidBy = SaidBy.PERSON, *, confirmed: bool = False, by: str = "") -> Life:
    return Life(said, confirmed, by, NOON if by else None)


class TestRules:
    """Without a database."""

    def test_words_alone_are_a_guess_until_a_person_confirms(self) -> None:
        assert one(SaidBy.WORDS).is_guess
        assert not one(SaidBy.WORDS, confirmed=True).is_guess
        assert not any(one(said).is_guess for said in set(SaidBy) - {SaidBy.WORDS})

    def test_only_a_guess_is_set_aside(self) -> None:
        check_guess(one(SaidBy.WORDS))
        refused = []
        for said in SaidBy:
            with pytest.raises(OnlyWords):
                check_guess(one(said, confirmed=True))
            refused.append(said)
        assert refused == list(SaidBy)

    def test_its_listener_takes_others_once_an_end_is_proposed(self) -> None:
        assert one().blocks
        assert not one(by="a").blocks
        assert not Life(SaidBy.PERSON, True, ended_at=NOON).blocks

    def test_a_second_person_is_not_the_first(self) -> None:
        check_second(one(by="a"), by="b")
        for proposed, by in ((one(by="a"), "a"), (one(), "b")):
            with pytest.raises(SecondNeeded):
                check_second(proposed, by=by)

    @pytest.mark.parametrize(("by", "minutes"), [("a", 9), ("b", 60)])
    def test_one_person_ends_what_they_proposed_after_the_minutes(
        self, by: str, minutes: int
    ) -> None:
        check_alone(one(by="a"), by="a", moment=NOON + TEN, after=TEN)
        with pytest.raises(SecondNeeded):
            check_alone(one(by="a"), by=by, moment=NOON + timedelta(minutes=minutes), after=TEN)

    @pytest.mark.parametrize("risk", sorted(set(Risk) - {Risk.A}))
    def test_no_risk_is_lowered_while_it_is_on(self, risk: Risk) -> None:
        check_lowers_nothing(is_on=False, risk=risk)
        check_lowers_nothing(is_on=True, risk=Risk.A)
        with pytest.raises(DangerGoesOn):
            check_lowers_nothing(is_on=True, risk=risk)

    def test_who_said_it(self) -> None:
        assert said_by(RiskFrom.DECLARED, is_lead=True) is SaidBy.PERSON
        assert said_by(RiskFrom.WORDS, is_lead=False) is SaidBy.WORDS
        assert said_by(RiskFrom.JUDGED, is_lead=False) is SaidBy.LISTENER
        assert said_by(RiskFrom.JUDGED, is_lead=True) is SaidBy.LEAD

    def test_what_is_told_of_an_end_is_a_sentence(self) -> None:
        assert read_told(" a\r\nb ") == "a\nb"
        for text in (" ", "x" * (LONGEST_TOLD + 1)):
            with pytest.raises(Refused):
                read_told(text)

    def test_each_country_says_how_long_a_second_person_has(self) -> None:
        assert {alone_after(country) for country in COUNTRIES} == {TEN}
