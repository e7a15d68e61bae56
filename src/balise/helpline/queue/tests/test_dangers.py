"""A life in danger, from when it is said until two people agree: rules first, then each action."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from balise.foundation.packs import PackFaulty, countries_of
from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Risk, RiskFrom
from balise.helpline.queue.rules.dangers import (
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
    minutes_to_agree,
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

    def test_it_says_who_said_it_and_where_the_risk_comes_from(self) -> None:
        said = {
            (said, confirmed): one(said, confirmed=confirmed)
            for said in SaidBy
            for confirmed in (False, True)
        }
        assert {key: life.risk_from for key, life in said.items()} == {
            (SaidBy.WORDS, False): RiskFrom.WORDS,
            (SaidBy.WORDS, True): RiskFrom.JUDGED,
            **dict.fromkeys([(SaidBy.PERSON, each) for each in (False, True)], RiskFrom.DECLARED),
            **dict.fromkeys([(SaidBy.LISTENER, each) for each in (False, True)], RiskFrom.JUDGED),
            **dict.fromkeys([(SaidBy.LEAD, each) for each in (False, True)], RiskFrom.JUDGED),
        }
        with override("en"):
            assert said[SaidBy.WORDS, True].says == "Words of danger, confirmed since"
            others = {key: life.says for key, life in said.items() if key[0] is not SaidBy.WORDS}
            others[SaidBy.WORDS, False] = said[SaidBy.WORDS, False].says
            assert others == {key: str(key[0].label) for key in others}

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

    def test_who_is_too_early_reads_the_minutes(self) -> None:
        with override("en"), pytest.raises(SecondNeeded, match="has 60 minutes to agree"):
            check_alone(one(by="a"), by="a", moment=NOON, after=timedelta(seconds=3_659))

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
        assert read_told(" a\r\n\x00b ") == "a\nb"
        assert read_told("x" * 1_000) == "x" * 1_000
        for text in (" ", "\x00", "x" * 1_001):
            with pytest.raises(Refused):
                read_told(text)

    def test_each_country_says_how_long_a_second_person_has(self) -> None:
        assert {alone_after(country) for country in COUNTRIES} == {TEN}

    def test_minutes_to_agree_are_whole_and_an_hour_at_most(self) -> None:
        assert minutes_to_agree(1) == timedelta(minutes=1)
        assert minutes_to_agree(60) == timedelta(hours=1)
        refused = []
        for told in (0, 61, 10.0, "10", None):
            with pytest.raises(PackFaulty):
                minutes_to_agree(told)
            refused.append(told)
        assert len(refused) == 5
