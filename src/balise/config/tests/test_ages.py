"""No band of ages crosses 15 or 18, whichever line asks; what one line passes on, another reads."""

from datetime import date

import pytest

from balise.config.centre import countries
from balise.helpline.cases.rules.received import AgeBand as Received
from balise.helpline.cases.rules.sections import Section, in_words, section_form
from balise.helpline.contacts.rules.forms import Span, crosses
from balise.hotline.reports.rules.given import Given, read
from balise.hotline.reports.rules.words import ASKED, MINORS, AgeBand

EDGES = (15, 18)
SPANS: dict[AgeBand, Span] = {
    AgeBand.UNDER_13: (0, 12),
    AgeBand.FROM_13: (13, 14),
    AgeBand.FROM_15: (15, 17),
    AgeBand.ADULT: (18, 120),
}
BEFORE, TODAY = date(2026, 11, 26), date(2026, 11, 27)


def test_what_a_reporter_is_asked_crosses_neither() -> None:
    assert set(SPANS) == set(ASKED)
    assert not any(crosses(span, EDGES) for span in SPANS.values())
    assert AgeBand.ADULT not in MINORS


def test_what_the_hotline_passes_on_the_helpline_reads() -> None:
    assert {one.value: one.label for one in AgeBand} == {one.value: one.label for one in Received}


@pytest.mark.parametrize("band", ["13-15", "16-17", "13-14"])
def test_what_partners_send_since_before_is_taken_as_it_is(band: str) -> None:
    given = Given(addresses=("https://one.example/",), age_band=band)
    answers = read(given, country="fr", today=TODAY)
    assert (answers.age_band, answers.is_minor) == (band, True)


@pytest.mark.parametrize("country", countries())
def test_a_file_asks_for_bands_that_cross_neither_and_shows_those_of_before(country: str) -> None:
    form = section_form(Section.PEOPLE, country=country, on=TODAY)
    spans = [one.span for one in form.options("ages") if one.span]
    assert not any(crosses(span, EDGES) for span in spans)
    assert sorted(year for first, last in spans for year in range(first, last + 1)) == [*range(121)]
    for on in (BEFORE, TODAY):
        old = section_form(Section.PEOPLE, country=country, on=on)
        assert "13 à 15 ans" in dict(in_words(old, {"age": "13-15"})).values()
