"""Ages in years, and what is derived from them: without a database, but for the last."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from balise.config.centre import countries
from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.packs import PackFaulty, load
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.queries import reports as files
from balise.helpline.contacts.rules.forms import (
    OLDEST,
    FieldWrong,
    Section,
    band_around,
    crosses,
    form,
    read_fields,
)
from balise.helpline.contacts.rules.reports import NOT_DERIVED, layout

TODAY = date(2026, 11, 27)
LISTS = [(country, name) for country in countries() for name in ("age_bands", "chat_ages")]


@pytest.mark.parametrize(("country", "name"), LISTS)
def test_each_age_is_in_one_band_and_none_crosses_15_or_18(country: str, name: str) -> None:
    one = form(country, TODAY)
    spans = [option.span for option in one.options(name) if option.span]
    held = Counter(years for first, last in spans for years in range(first, last + 1))
    assert dict(held) == dict.fromkeys(range(OLDEST + 1), 1)
    assert not any(crosses(span, (15, 18)) for span in spans)
    assert [one.band_of(years, of=name) for years in (14, 15, 17, 18)] == [
        *("12-14", "15-17", "15-17"),
        "18-25" if name == "age_bands" else "adult",
    ]


def test_an_age_that_no_person_has_is_refused() -> None:
    for years in (-1, OLDEST + 1):
        with pytest.raises(FieldWrong):
            form("fr", TODAY).band_of(years, of="age_bands")


def test_a_pack_with_a_band_across_an_edge_stops_the_start() -> None:
    pack = load("balise.helpline.contacts", country="fr", name="contact_form")
    label = {"fr": "15 à 18 ans"}
    pack["fields"] = []
    pack["lists"]["age_bands"] = [{"code": "15-18", "first": 15, "last": 18, "label": label}]
    with pytest.raises(PackFaulty, match="15-18"):
        read_fields(pack, name="contact_form", sections=Section)


@given(st.sampled_from(["insafe", "chi"]), st.integers(0, OLDEST))
def test_years_are_always_in_one_of_their_bands_or_in_none(name: str, years: int) -> None:
    (dimension,) = (one for one in layout("fr", name).dimensions if one.ages)
    found = band_around((years, years), dimension.ages)
    assert found or name == "insafe"


@pytest.mark.django_db
def test_the_files_derive_their_bands_and_say_where_they_cannot() -> None:
    for age, band in ((18, "18-25"), (None, "15-17"), (None, "18-25"), (None, "15-18"), (None, "")):
        for _each in range(30):
            Fact.objects.create(
                day=date(2026, 5, 4),
                half_hour=34,
                channel="chat",
                kind="child-self",
                is_counselling=True,
                topics=["sextortion"],
                age=age,
                age_band=band,
                caller="child",
                risk="D",
                duration_s=900,
            )
    with clock.at(datetime(2027, 2, 20, tzinfo=UTC)):
        asked = {"chi": files.chi_year(2026, seen_by=SYSTEM)}
        asked["insafe"] = files.insafe_quarter(2026, 2, seen_by=SYSTEM)
    told = {
        name: {
            line.code: line.count for line in one.lines if line.dimension == "age" and line.count
        }
        for name, one in asked.items()
    }
    expected = {"15-18": 90, NOT_DERIVED: 30, "unknown": 30}
    assert told["chi"].keys() == expected.keys()
    assert all(abs(told["chi"][code] - count) <= 4 for code, count in expected.items())
    # The same facts are the same number, in whichever file, under whichever code of theirs.
    assert told["insafe"] == {"12-18": told["chi"].pop("15-18"), **told["chi"]}
