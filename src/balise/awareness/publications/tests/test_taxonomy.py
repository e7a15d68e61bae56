"""The taxonomy is whole in each country and language, and refuses a slip of its writer."""

import pytest

from balise.awareness.publications.rules.taxonomy import PACKAGE, taxonomy
from balise.foundation.packs import countries_of


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_each_term_has_both_languages(country: str) -> None:
    for facet in taxonomy(country).values():
        for words in (facet.label, *(term.label for term in facet.terms.values())):
            assert {language for language, _ in words.by_language} == {"fr", "en"}


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_the_catalogue_is_asked_by_all_that_people_look_for(country: str) -> None:
    facets = taxonomy(country)
    asked = [code for code, facet in facets.items() if not facet.hidden]
    assert asked == [
        "audience", "age", "minutes", "kind", "topic", "level", "competence", "format", "access",
        "language", "publisher",
    ]  # fmt: skip
    frameworks = {term.says["framework"] for term in facets["competence"].terms.values()}
    assert {one.partition(" ")[0] for one in frameworks} == {"CRCN", "DigComp"}


def test_codes_fit_the_columns_and_addresses() -> None:
    for facet in taxonomy("fr").values():
        for code in facet.terms:
            assert len(code) <= 40
            assert code.replace("-", "").replace(".", "").isalnum()


def test_what_schema_org_is_told_is_known_there() -> None:
    features = {term.says.get("feature") for term in taxonomy("fr")["access"].terms.values()}
    assert features <= {None, "simplifiedLanguage", "captions", "signLanguage", "alternativeText"}
