"""The law that counts is that of the day of the facts."""

from datetime import date
from pathlib import Path

import pytest

from balise.foundation.packs import PackFaulty
from balise.takedown.law.checks import offences_are_sound
from balise.takedown.law.rules import (
    NotInForce,
    Offence,
    OffenceUnknown,
    all_offences,
    offence_on,
    offences,
)

TODAY = date(2026, 11, 1)


class TestOffenceOn:
    def test_is_the_text_of_the_day_of_the_facts(self) -> None:
        before = offence_on("csam-viewing", on=date(2021, 4, 22), country="fr")
        after = offence_on("csam-viewing", on=date(2021, 4, 23), country="fr")
        assert (before.verified, after.verified) == (True, False)
        assert str(before.penalty) != str(after.penalty)

    def test_refuses_a_day_before_the_law(self) -> None:
        with pytest.raises(NotInForce):
            offence_on("torture-images", on=date(2025, 2, 17), country="fr")
        with pytest.raises(NotInForce):
            offence_on("torture-images", on=date(2027, 2, 18), country="fr")

    def test_refuses_a_code_that_no_offence_has(self) -> None:
        with pytest.raises(OffenceUnknown):
            offence_on("parking", on=TODAY, country="fr")

    def test_refuses_a_country_without_a_pack(self) -> None:
        with pytest.raises(PackFaulty):
            offence_on("csam-sharing", on=TODAY, country="zz")


class TestThePackOfFrance:
    def test_has_each_offence_once_on_any_day(self) -> None:
        codes = [offence.code for offence in offences(TODAY, country="fr")]
        assert len(codes) == len(set(codes)) == 21

    @pytest.mark.parametrize("offence", all_offences("fr"), ids=lambda offence: offence.code)
    def test_speaks_french_and_english(self, offence: Offence) -> None:
        for words in (offence.words, offence.facts, offence.article, offence.penalty):
            assert words is None or {"fr", "en"} <= {language for language, _ in words.by_language}

    def test_lets_the_notifier_be_left_out_for_abuse_of_children_only(self) -> None:
        spared = {one.code for one in all_offences("fr") if one.notifier_optional}
        assert spared == {
            "csam-sharing",
            "csam-viewing",
            "csam-requesting",
            "grooming",
            "inciting-minor",
        }

    def test_asks_a_second_look_for_images_of_abuse_and_terrorism(self) -> None:
        twice = {one.code for one in all_offences("fr") if one.second_look}
        assert twice == {"csam-sharing", "csam-viewing", "terrorism"}

    def test_says_what_is_left_to_verify(self) -> None:
        for offence in all_offences("fr"):
            assert (offence.to_verify is None) is offence.verified

    def test_is_checked_at_start(self) -> None:
        assert offences_are_sound() == []


_SOUND = """
[[offences]]
code = "one"
words = { fr = "x" }
facts = { fr = "x" }
dsa_category = "STATEMENT_CATEGORY_VIOLENCE"
dsa_keywords = []
second_look = false
tell = []
notifier_optional = false
remind_after_hours = 24
[[offences.versions]]
article = { fr = "x" }
penalty = { fr = "x" }
in_force_to = 2020-12-31
source = "s"
verified = true
[[offences.versions]]
article = { fr = "x" }
in_force_from = 2021-01-01
source = ""
verified = false
to_verify = { fr = "x" }
"""


class TestAPack:
    @staticmethod
    def _read(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Offence, ...]:
        place = folder / "packs" / "xx" / "offences.toml"
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")
        monkeypatch.setattr("balise.foundation.packs.files", lambda _package: folder)
        return all_offences.__wrapped__("xx")

    def test_is_read_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert len(self._read(_SOUND, tmp_path, monkeypatch)) == 2

    @pytest.mark.parametrize(
        ("good", "bad"),
        [
            ("2021-01-01", "2020-12-31"),
            ("in_force_to = 2020-12-31", ""),
            ("dsa_keywords = []", 'dsa_keywords = ["KEYWORD_PARKING"]'),
            ("STATEMENT_CATEGORY_VIOLENCE", "VIOLENCE"),
            ("second_look = false", 'second_look = "no"'),
            ("tell = []", 'tell = ["neighbours"]'),
            ("tell = []", ""),
            ("tell = []", "tell = []\nparking = 1"),
            ("remind_after_hours = 24", "remind_after_hours = 0"),
            ("verified = true", "verified = false"),
            ('source = "s"', 'source = ""'),
            ("in_force_from = 2021-01-01", 'in_force_from = "2021"'),
            ('words = { fr = "x" }', 'words = "x"'),
        ],
    )
    def test_is_refused_for_one_fault(
        self, good: str, bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(PackFaulty, match=r"offences\.one"):
            self._read(_SOUND.replace(good, bad, 1), tmp_path, monkeypatch)

    def test_is_refused_with_one_code_twice(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(PackFaulty, match="each code once"):
            self._read(_SOUND + _SOUND, tmp_path, monkeypatch)
