"""The law that counts is that of the day of the facts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st
from tests.walks import of_each

from balise.foundation.packs import PackFaulty, countries_of
from balise.takedown.law.module import offences_are_sound
from balise.takedown.law.rules import (
    Absence,
    History,
    Law,
    NotInForce,
    Offence,
    OffenceUnknown,
    TextAnnulled,
    Why,
    all_offences,
    check_citable,
    law,
    offence_on,
    offences,
)
from balise.takedown.law.rules.histories import ADULT_KEYWORDS, DsaWords, Tell
from balise.takedown.law.rules.offences import read_law

TODAY = date(2026, 11, 1)
DAY = timedelta(days=1)
COUNTRIES = countries_of("balise.takedown.law")
# The codes that figures, customs and notices have known since the first pack.
STABLE = {
    *("csam-sharing", "csam-viewing", "csam-requesting", "grooming", "inciting-minor"),
    *("harmful-to-minors", "intimate-images", "sexual-montage", "montage", "harassment"),
    *("impersonation", "sexual-harassment", "filmed-violence", "sextortion", "suicide"),
    *("trafficking", "terrorism", "hate-incitement", "denial", "hate-insult", "torture-images"),
}
NOT_YET_IN_2010 = {
    *("csam-requesting", "inciting-minor", "intimate-images"),
    *("sexual-montage", "harassment", "impersonation"),
}


def histories() -> list[tuple[str, History]]:
    return [(country, one) for country in COUNTRIES for one in law(country).histories.values()]


def edges(history: History) -> Iterator[date]:
    """Yield the first and last day of each text and gap, and the days before and after."""
    for span in history.spans:
        for day in (span.first_day, span.last_day):
            if day is not None:
                yield from (day - DAY, day, day + DAY)


class TestAnOffence:
    SHARING = offence_on("csam-sharing", on=TODAY, country="fr")

    def test_is_said_in_the_words_of_the_dsa(self) -> None:
        words = DsaWords("A", ("K1", "K2"), ("B",))
        one = replace(self.SHARING, dsa=words)
        assert (one.dsa_category, one.dsa_additions, one.dsa_keyword) == ("A", ("B",), "K1")
        assert replace(one, dsa=DsaWords("A", ())).dsa_keyword == ""

    def test_of_a_minor_is_said_in_words_of_its_own_where_it_has_them(self) -> None:
        words = DsaWords("M", ("K",))
        assert replace(self.SHARING, dsa_minor=words).about_minor().dsa is words
        bare = replace(self.SHARING, dsa_minor=None)
        assert bare.about_minor() == bare

    def test_is_told_to_the_police_where_the_law_says_so(self) -> None:
        assert replace(self.SHARING, tell=(Tell.REGULATOR, Tell.POLICE)).tell_police is True
        assert replace(self.SHARING, tell=(Tell.REGULATOR,)).tell_police is False

    def test_that_was_not_annulled_can_be_cited(self) -> None:
        assert self.SHARING.annulled is None
        check_citable(self.SHARING)

    def test_that_is_absent_says_why(self) -> None:
        absence = Absence("x", Why.REPEALED, None, None)
        assert (str(absence), absence.says) == (str(Why.REPEALED.label), None)
        because = replace(absence, says=self.SHARING.words)
        assert str(because) == f"{Why.REPEALED.label}: {self.SHARING.words}"

    def test_has_no_undated_text_unless_it_is_said(self) -> None:
        assert History("x", self.SHARING.words, TODAY, ()).undated == ()


class TestOffenceOn:
    def test_is_the_text_of_the_day_of_the_facts(self) -> None:
        before = offence_on("csam-viewing", on=date(2020, 7, 31), country="fr")
        after = offence_on("csam-viewing", on=date(2020, 8, 1), country="fr")
        assert (before.verified, after.verified) == (True, False)
        assert str(before.penalty) != str(after.penalty)
        assert (before.version, after.version) == (
            *("csam-viewing/2013-08-07", "csam-viewing/2020-08-01"),
        )

    def test_is_not_moved_by_a_heading_over_the_article(self) -> None:
        days = (date(2021, 4, 22), date(2021, 4, 23))
        before, after = (offence_on("csam-viewing", on=day, country="fr") for day in days)
        assert before is after

    def test_refuses_a_day_before_the_law_and_says_why(self) -> None:
        with pytest.raises(NotInForce, match="not an offence yet"), override("en"):
            offence_on("sexual-montage", on=date(2024, 5, 22), country="fr")

    def test_knows_torture_images_as_older_than_the_power_to_have_them_removed(self) -> None:
        for day in (date(2010, 1, 1), date(2025, 2, 17), date(2027, 2, 18)):
            assert offence_on("torture-images", on=day, country="fr").first_day.year == 2007

    def test_refuses_a_code_that_no_offence_has(self) -> None:
        with pytest.raises(OffenceUnknown):
            offence_on("parking", on=TODAY, country="fr")

    def test_refuses_a_country_without_a_pack(self) -> None:
        with pytest.raises(PackFaulty):
            offence_on("csam-sharing", on=TODAY, country="zz")


class TestAnyDay:
    """Exactly one text or one named reason; nothing that began later is ever offered."""

    @of_each(("country", "history"), histories(), ids=str)
    def test_every_edge_has_one_text_or_a_reason(self, country: str, history: History) -> None:
        for day in edges(history):
            self.check(country, history, day)

    @given(st.sampled_from(histories()), st.dates())
    def test_so_has_every_other_day(self, of: tuple[str, History], day: date) -> None:
        self.check(*of, day)

    @staticmethod
    def check(country: str, history: History, day: date) -> None:
        texts = [one for one in history.texts if one.is_in_force(day)]
        found = history.on(day)
        if isinstance(found, Absence):
            assert not texts
            assert found.reason in Why
            assert str(found)
        else:
            assert texts == [found]
            assert found.first_day <= day
            assert found.last_day is None or day <= found.last_day
        offered = [one for one in offences(day, country=country) if one.code == history.code]
        assert offered == texts
        assert all(one.first_day <= day for one in offences(day, country=country))

    def test_the_first_of_january_2010_has_fifteen_of_the_first_codes(self) -> None:
        codes = {one.code for one in offences(date(2010, 1, 1), country="fr")}
        assert STABLE - codes == NOT_YET_IN_2010
        assert len(codes & STABLE) == 15

    def test_an_annulled_text_is_named_and_cannot_be_cited(self) -> None:
        text = offence_on("sexual-harassment", on=date(2010, 1, 1), country="fr")
        with pytest.raises(TextAnnulled, match="2012-240"):
            check_citable(text)
        gap = law("fr").history("sexual-harassment").on(date(2012, 6, 1))
        assert isinstance(gap, Absence)
        assert gap.reason is Why.ANNULLED

    def test_the_elements_are_those_of_the_text(self) -> None:
        def asked(code: str, *day: int) -> tuple[str, ...]:
            return offence_on(code, on=date(*day), country="fr").elements

        assert asked("harmful-to-minors", 2010, 1, 1) == ("harmful-message", "seen-by-minor")
        assert asked("harassment", 2018, 8, 5)[0] == "repeated-by-one"
        assert asked("harassment", 2018, 8, 6)[0] == "repeated"
        assert asked("csam-viewing", 2013, 8, 6)[-1] == "held-or-viewed"
        assert asked("csam-viewing", 2013, 8, 7)[-1] == "held"


class TestThePacks:
    def test_keep_the_codes_that_the_house_knows(self) -> None:
        assert set(law("fr").histories) >= STABLE

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_have_each_offence_once_on_any_day(self, country: str) -> None:
        codes = [offence.code for offence in offences(TODAY, country=country)]
        assert len(codes) == len(set(codes))

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_speak_french_and_english(self, country: str) -> None:
        for one in all_offences(country):
            for words in (one.words, one.facts, one.article, one.penalty, one.basis, one.milder):
                assert words is None or {"fr", "en"} <= {code for code, _ in words.by_language}

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_are_followed_by_another_text_only_if_it_says_something_else(
        self, country: str
    ) -> None:
        for history in law(country).histories.values():
            for before, after in pairwise(history.texts):
                assert before.basis != after.basis, after.version

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_say_what_is_left_to_verify(self, country: str) -> None:
        for offence in all_offences(country):
            assert (offence.to_verify is None) is offence.verified
            assert offence.read_on

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_let_nothing_depend_on_case_law_that_no_lawyer_confirmed(self, country: str) -> None:
        assert not any(offence.course_confirmed for offence in all_offences(country))

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_never_say_of_a_minor_what_is_said_of_adults(self, country: str) -> None:
        for offence in all_offences(country):
            assert ADULT_KEYWORDS.isdisjoint(offence.about_minor().dsa_keywords), offence.code

    def test_let_the_notifier_be_left_out_for_abuse_of_children_only(self) -> None:
        spared = {one.code for one in all_offences("fr") if one.notifier_optional}
        assert spared == {
            "csam-sharing",
            "csam-viewing",
            "csam-requesting",
            "grooming",
            "inciting-minor",
        }

    def test_ask_a_second_look_for_images_of_abuse_and_terrorism(self) -> None:
        twice = {one.code for one in all_offences("fr") if one.second_look}
        assert twice == {"csam-sharing", "csam-viewing", "terrorism"}

    def test_are_checked_at_start(self) -> None:
        assert offences_are_sound() == []


_SOUND = """
[[offences]]
code = "one"
words = { fr = "x" }
facts = { fr = "x" }
elements = ["x"]
covers_from = 2020-01-01
before = "not_yet"
course = "act"
course_confirmed = false
dsa_category = "STATEMENT_CATEGORY_VIOLENCE"
dsa_keywords = []
second_look = false
tell = []
notifier_optional = false
remind_after_hours = 24
[[offences.versions]]
article = { fr = "x" }
penalty = { fr = "x" }
first_day = 2020-01-01
last_day = 2020-12-31
basis = { fr = "x" }
source = "s"
read_by = "maintainers"
read_on = 2026-01-01
sureness = "verified"
[[offences.versions]]
article = { fr = "x" }
first_day = 2022-01-01
basis = { fr = "x" }
source = ""
read_by = ""
sureness = "secondary"
to_verify = { fr = "x" }
[[offences.gaps]]
first_day = 2021-01-01
last_day = 2021-12-31
reason = "annulled"
why = { fr = "x" }
[[offences.versions]]
article = { fr = "an old one" }
basis = { fr = "x" }
source = "s"
read_by = "maintainers"
sureness = "secondary"
to_verify = { fr = "its first day" }
"""


class TestAPack:
    @staticmethod
    def _read(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Law:
        place = folder / "packs" / "xx" / "offences.toml"
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")
        monkeypatch.setattr("balise.foundation.packs.files", lambda _package: folder)
        return law.__wrapped__("xx")

    def test_is_read_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (history,) = self._read(_SOUND, tmp_path, monkeypatch).histories.values()
        kinds = [isinstance(one, Offence) for one in history.spans]
        assert kinds == [False, True, False, True]

    def test_names_a_text_without_a_first_day_and_never_puts_it_in_force(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (history,) = self._read(_SOUND, tmp_path, monkeypatch).histories.values()
        assert [str(one) for one in history.undated] == ["an old one"]
        for day in (date(1990, 1, 1), TODAY):
            assert "old" not in str(getattr(history.on(day), "article", ""))

    @pytest.mark.parametrize(
        ("good", "bad"),
        [
            ("first_day = 2022-01-01", "first_day = 2021-12-31"),  # said twice
            ("first_day = 2022-01-01", "first_day = 2022-01-02"),  # left over
            ("last_day = 2021-12-31", "last_day = 2021-12-30"),  # left over
            ("last_day = 2021-12-31\n", ""),  # a gap without end, and something after it
            ("last_day = 2020-12-31", "last_day = 2019-12-31"),  # out of order
            ("first_day = 2022-01-01", "first_day = 2022-01-01\nlast_day = 2022-02-01"),
            ('reason = "annulled"', 'reason = "tired"'),
            ('before = "not_yet"', 'before = "not_read"'),  # and does not say what
            ("covers_from = 2020-01-01", ""),
            ('why = { fr = "x" }', 'why = { fr = "x" }\nparking = 1'),
            ("dsa_keywords = []", 'dsa_keywords = ["KEYWORD_PARKING"]'),
            ("dsa_keywords = []", 'dsa_keywords = ["KEYWORD_ADULT_SEXUAL_MATERIAL"]'),
            ("STATEMENT_CATEGORY_VIOLENCE", "VIOLENCE"),
            ('course = "act"', 'course = "slow"'),
            ("second_look = false", 'second_look = "no"'),
            ("tell = []", 'tell = ["neighbours"]'),
            ("tell = []", ""),
            ("tell = []", "tell = []\nparking = 1"),
            ("remind_after_hours = 24", "remind_after_hours = 0"),
            ('sureness = "verified"', 'sureness = "memory"'),
            ('sureness = "verified"', 'sureness = "secondary"'),
            ('source = "s"', 'source = ""'),
            ('read_by = "maintainers"', 'read_by = ""'),
            ("read_on = 2026-01-01\n", ""),
            ("first_day = 2022-01-01", 'first_day = "soon"'),
            ('words = { fr = "x" }', 'words = "x"'),
        ],
    )
    def test_is_refused_for_one_fault(
        self, good: str, bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert good in _SOUND
        with pytest.raises(PackFaulty, match=r"offences\.one"):
            self._read(_SOUND.replace(good, bad, 1), tmp_path, monkeypatch)

    def test_is_refused_with_one_code_twice(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(PackFaulty, match="each code once"):
            self._read(_SOUND + _SOUND, tmp_path, monkeypatch)

    def test_is_another_for_any_word_that_changes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = self._read(_SOUND, tmp_path / "a", monkeypatch)
        other = self._read(_SOUND.replace("old one", "older one"), tmp_path / "b", monkeypatch)
        assert found.digest != other.digest
        with pytest.raises(PackFaulty):
            read_law({"offences": [], "parking": 1})
