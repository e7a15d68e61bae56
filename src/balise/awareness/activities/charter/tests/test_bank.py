"""The bank of good practices: what each must say, and what none may."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from balise.awareness.activities.charter.rules import PACKAGE
from balise.awareness.activities.charter.rules.bank import BANDS, Practice, bank
from balise.awareness.activities.charter.rules.picks import Whom
from balise.awareness.activities.charter.rules.wording import FIELDS, LANGUAGES, Fault, faults
from balise.foundation.packs import PackFaulty, Words, countries_of

_NUMBER = re.compile(r"\b(?:11[2-9]|30\d\d|3114|17Cyber)\b")  # of help: a country's, on the paper


@pytest.fixture
def practice() -> Practice:
    found = bank("fr").practice("meals-without")
    assert found
    return found


def said(practice: Practice, **french: str) -> list[tuple[Fault, str, str]]:
    """Return what is wrong once a field says this, in French."""
    ((field, text),) = french.items()
    words = Words((("fr", text), ("en", getattr(practice, field).in_language("en"))))
    changed: dict[str, Any] = {field: words}
    return list(faults(replace(practice, **changed)))


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_each_practice_of_a_country_keeps_to_the_rules_for_words(country: str) -> None:
    whole = bank(country)
    found = {each.code: list(faults(each)) for each in whole.practices}
    assert {code: wrong for code, wrong in found.items() if wrong} == {}
    words = [
        (each.code, getattr(each, field).in_language(language))
        for each in whole.practices
        for field in FIELDS
        for language in LANGUAGES
    ]
    assert [code for code, text in words if _NUMBER.search(text)] == []


def test_sixty_practices_and_more_cover_each_theme_age_and_aim() -> None:
    whole = bank("fr")
    assert len(whole.practices) >= 60
    themes = Counter(each.theme for each in whole.practices)
    aims = Counter(aim for each in whole.practices for aim in each.aims)
    bands = Counter(band for each in whole.practices for band in each.bands)
    assert set(themes) == {each.code for each in whole.themes}
    assert min(themes.values()) >= 4
    assert set(aims) == {each.code for each in whole.aims}
    assert set(bands) == set(BANDS)
    assert {each.who for each in whole.practices} == set(Whom)
    used = {each.source.code for each in whole.practices if each.source}
    assert used == {each.code for each in whole.sources}


def test_what_is_offered_suits_the_ages_and_begins_with_the_aims() -> None:
    whole = bank("fr")
    offered = whole.offered(["8-10"], ["sleep"])
    assert all("8-10" in each.bands for each in offered)
    assert "sleep" in offered[0].aims
    assert "no-screen-under-three" not in {each.code for each in offered}
    assert {each.theme for each in whole.offered(["8-10"], theme="money")} == {"money"}


def test_a_withdrawn_practice_is_offered_no_more_and_a_charter_can_still_say_it() -> None:
    whole = bank("fr")
    one = whole.practices[0]
    changed = whole.changed([replace(one, is_withdrawn=True)])
    assert one.code not in {each.code for each in changed.offered(())}
    assert changed.practice(one.code) == replace(one, is_withdrawn=True)
    assert len(changed.practices) == len(whole.practices)


def test_words_that_are_missing_too_long_promised_or_unsourced_are_found(
    practice: Practice,
) -> None:
    assert said(practice, says=" ") == [(Fault.MISSING, "says", "fr")]
    assert said(practice, child="Tu " + "tout " * 12 + "bien.") == [(Fault.TOO_LONG, "child", "fr")]
    assert said(practice, tip="On te promet le secret.") == [(Fault.PROMISE, "tip", "fr")]
    assert said(practice, reason="42 enfants sur 100.") == [(Fault.FIGURE, "reason", "fr")]
    assert said(practice, easy="10 % des gens.") == [(Fault.PERCENT, "easy", "fr")]


def test_a_country_without_a_bank_is_refused() -> None:
    with pytest.raises(PackFaulty):
        bank("zz")
