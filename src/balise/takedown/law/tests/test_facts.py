"""Facts are days with their certainty: what they cross is named, and nothing is decided by it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from balise.takedown.law.rules import (
    Certainty,
    Course,
    Facts,
    History,
    Offence,
    check_days,
    law,
    law_of,
)
from balise.takedown.law.rules.facts import CitedLaw, DaysOutOfOrder

VIEWING = law("fr").history("csam-viewing")
TODAY = date(2026, 11, 1)
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def versions(facts: Facts, history: History = VIEWING) -> list[str]:
    return [
        one.version if isinstance(one, Offence) else str(one.reason.value)
        for one in law_of(history, facts).crossed
    ]


def said(facts: Facts, code: str = "csam-viewing") -> str:
    with override("en"):
        return " ".join(CitedLaw(law_of(law("fr").history(code), facts), facts).lines)


class TestTheDays:
    def test_of_one_day_fall_under_one_text(self) -> None:
        assert versions(Facts(date(2012, 3, 12))) == ["csam-viewing/2007-03-06"]

    def test_that_cross_a_change_list_each_text_and_cite_that_of_the_last(self) -> None:
        facts = Facts(date(2013, 8, 7), date(2007, 3, 5))
        assert versions(facts) == [
            *("csam-viewing/2004-03-10", "csam-viewing/2007-03-06", "csam-viewing/2013-08-07"),
        ]
        cited = law_of(VIEWING, facts).cited
        assert cited is not None
        assert cited.first_day == date(2013, 8, 7)
        assert said(facts).count("also fall under") == 2

    def test_of_one_text_cross_nothing_and_of_two_they_do(self) -> None:
        one = law_of(VIEWING, Facts(date(2013, 8, 7)))
        two = law_of(VIEWING, Facts(date(2013, 8, 7), date(2013, 8, 6)))
        assert (one.crosses, two.crosses) == (False, True)
        assert one.texts_beside == ()
        assert [text.version for text in two.texts_beside] == ["csam-viewing/2007-03-06"]
        assert two.oldest is two.texts_beside[0]

    def test_before_any_text_have_none_to_name(self) -> None:
        found = law_of(VIEWING, Facts(date(1990, 1, 1), date(1989, 1, 1)))
        assert (found.cited, found.oldest, found.texts_beside) == (None, None, ())

    def test_at_the_latest_may_fall_under_any_text_before_and_none_after(self) -> None:
        facts = Facts(date(2012, 3, 12), None, Certainty.AT_LATEST)
        assert versions(facts)[0] == "not_yet"
        assert versions(facts)[-1] == "csam-viewing/2007-03-06"
        assert "at the latest" in said(facts)
        assert "Oldest text that they may fall under: Act 2002-305" in said(facts)

    def test_that_nobody_knows_say_so_and_name_the_oldest_and_the_newest(self) -> None:
        words = said(Facts(TODAY, None, Certainty.UNKNOWN))
        assert words.startswith("Date of the facts unknown.")
        assert "Act 2020-936" in words
        assert "Act 2002-305" in words

    def test_of_what_lasts_are_its_last_once_a_lawyer_has_confirmed_it(self) -> None:
        assert VIEWING.texts[0].course is Course.LASTING
        confirmed = replace(
            VIEWING,
            spans=tuple(
                replace(one, course_confirmed=True) if isinstance(one, Offence) else one
                for one in VIEWING.spans
            ),
        )
        facts = Facts(TODAY, None, Certainty.UNKNOWN)
        assert len(versions(facts)) > 1
        assert versions(facts, confirmed) == ["csam-viewing/2020-08-01"]

    def test_refuse_a_day_to_come_and_an_order_that_cannot_be(self) -> None:
        for facts in (Facts(TODAY + timedelta(1)), Facts(TODAY, TODAY + timedelta(1))):
            with pytest.raises(DaysOutOfOrder):
                check_days(facts, today=TODAY)

    def test_of_today_and_of_one_day_are_taken(self) -> None:
        for first in (None, TODAY, TODAY - timedelta(1)):
            check_days(Facts(TODAY, first), today=TODAY)

    @given(st.sampled_from(sorted(law("fr").histories)), DAYS, DAYS, st.sampled_from(Certainty))
    def test_never_reach_a_text_that_began_later(
        self, code: str, one: date, other: date, certainty: Certainty
    ) -> None:
        facts = Facts(max(one, other), min(one, other), certainty)
        found = law_of(law("fr").history(code), facts)
        texts = [text for text in found.crossed if isinstance(text, Offence)]
        assert all(text.first_day <= facts.last for text in texts)
        assert found.cited is None or found.cited.is_in_force(facts.last)
        assert found.cited is None or found.cited in texts


class TestAMilderLaterLaw:
    def test_is_named_beside_the_text_of_the_day(self) -> None:
        history = law("fr").history("corruption-of-minor")
        found = law_of(history, Facts(date(2015, 1, 1)))
        assert found.cited is not None
        assert found.cited.first_day == date(2013, 8, 7)
        with override("en"):
            (line,) = CitedLaw(found, Facts(date(2015, 1, 1))).milder
        assert "€150,000" in line

    def test_is_a_repeal_too(self) -> None:
        found = law_of(law("fr").history("threats-hate"), Facts(date(2010, 1, 1)))
        assert [one.first_day for one in found.milder] == [date(2017, 1, 29)]

    def test_is_named_beside_it_until_its_first_day(self) -> None:
        history = law("fr").history("corruption-of-minor")
        found = law_of(history, Facts(date(2015, 1, 1)))
        [milder] = [one for one in found.milder if isinstance(one, Offence)]
        assert found.texts_beside[-1] is milder
        on_its_day = law_of(history, Facts(milder.first_day))
        assert on_its_day.cited is milder
        assert milder not in on_its_day.milder

    def test_is_not_named_where_nothing_is_cited(self) -> None:
        history = law("fr").history("corruption-of-minor")
        found = law_of(history, Facts(date(1900, 1, 1)))
        assert (found.cited, found.milder) == (None, ())

    def test_is_not_named_where_there_is_none(self) -> None:
        assert law_of(VIEWING, Facts(date(2012, 3, 12))).milder == ()
