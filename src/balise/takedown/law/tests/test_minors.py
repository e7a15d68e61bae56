"""A picture of a minor is never said in an adult's word, in no scheme and for no offence."""

from itertools import product

import pytest

from balise.foundation.packs import countries_of
from balise.takedown.law.rules import all_offences
from balise.takedown.law.rules.histories import ADULT_KEYWORDS
from balise.takedown.law.rules.items import CHILDREN, Act, AgeGroup, Answer, Item, Reality
from balise.takedown.law.rules.mappings import SCHEMES
from balise.takedown.law.rules.mappings.losses import said
from balise.takedown.notices.rules import completeness, xarf

COUNTRIES = countries_of("balise.takedown.law")
MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_offence_has_an_adults_word_for_a_minor(country: str) -> None:
    for offence in all_offences(country):
        words = offence.about_minor().dsa
        assert ADULT_KEYWORDS.isdisjoint(words.keywords), offence.version
        if not ADULT_KEYWORDS.isdisjoint(offence.dsa.keywords):
            assert words.category == MINORS, offence.version
            assert not words.additions


@pytest.mark.parametrize("country", COUNTRIES)
def test_intimate_pictures_of_a_minor_are_abuse_material_in_every_form(country: str) -> None:
    codes = {"intimate-images", "sexual-montage", "voyeurism"}
    for offence in (one for one in all_offences(country) if one.code in codes):
        keyword = offence.about_minor().dsa_keyword
        assert keyword.startswith("KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL")
        assert xarf.TYPES[keyword] == xarf.CSAM
        assert completeness.act_for(keyword) == completeness.CHILDREN


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda one: one.code)
def test_no_scheme_has_an_adults_word_for_a_child(scheme: object) -> None:
    every = product(CHILDREN, Act, Reality, Answer, Answer)
    for age, act, reality, self_made, national in every:
        item = Item(age=age, act=act, reality=reality, self_generated=self_made)
        codes = scheme.of(item, national=national)  # type: ignore[attr-defined]
        words = {said(code).upper() for code in codes.values()}
        assert not [one for one in words if "ADULT" in one or "NON_CONSENSUAL" in one]
        if scheme.code == "dsa":  # type: ignore[attr-defined]
            assert codes["category"].value == MINORS


@pytest.mark.parametrize("age", [AgeGroup.ADULT_LOOKING, AgeGroup.UNKNOWN])
def test_no_scheme_calls_a_child_who_is_not_known_to_be_one(age: AgeGroup) -> None:
    (dsa,) = (one for one in SCHEMES if one.code == "dsa")
    assert "category" not in dsa.of(Item(age=age))
