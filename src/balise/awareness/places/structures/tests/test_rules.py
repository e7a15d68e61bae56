"""Places, numbers, codes and delays: no database."""

from datetime import date, timedelta

import pytest

from balise.awareness.places.structures.rules import codes, places
from balise.awareness.places.structures.rules.delays import (
    ATTESTED,
    FRESH,
    GRACE,
    Freshness,
    freshness,
    holds,
)
from balise.awareness.places.structures.rules.facts import number_of
from balise.awareness.places.structures.rules.places import (
    NumberFaulty,
    PlaceUnknown,
    Zone,
    atlas,
    km,
)


def test_every_area_of_france_is_there_with_its_zone_and_most_with_an_outline() -> None:
    france = atlas("FR")
    zones = [area.zone for area in france.areas.values()]
    assert [zones.count(zone) for zone in Zone] == [96, 5, 6]
    drawn = [area for area in france.areas.values() if area.outline]
    assert len(drawn) == 101
    assert all(area.point for area in drawn)
    assert places.departement("974").name == "La Réunion"
    assert places.departement("974").zone is Zone.DROM
    assert places.departement("2A").region == "Corse"
    with pytest.raises(KeyError):
        places.departement("99")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Rennes", "35238"),
        ("  rennes ", "35238"),
        ("35700", "35238"),
        ("35000 Rennes", "35238"),
        ("saint denis 97400", "97411"),
        ("L’Haÿ les Roses", "94038"),
        ("PARIS", "75056"),
        ("75011", "75056"),
        ("Papeete", "98735"),
        ("Ajaccio", "2A004"),
    ],
)
def test_a_commune_is_found_by_its_name_and_by_its_postcode(typed: str, found: str) -> None:
    assert places.near(typed)[0].code == found


def test_what_begins_a_name_finds_some_and_what_is_none_finds_nothing() -> None:
    found = places.near("saint-d")
    assert len(found) == places.MOST_FOUND
    assert all(one.name.startswith("Saint-D") for one in found)
    assert not places.near("Xyzzy")
    assert not places.near("")
    assert not places.near("00000")
    assert len(places.near("97400")) == 1


@pytest.mark.parametrize(
    ("postcode", "area"),
    [
        ("35000", "35"),
        ("20000", "2A"),
        ("20200", "2B"),
        ("97400", "974"),
        ("97133", "977"),
        ("98800", "988"),
        ("35042", "35"),  # a business's own, which no commune has
        ("L-1000", "LU"),
        ("00100", ""),
        ("B-1000", ""),
        ("", ""),
    ],
)
def test_a_postcode_tells_its_area(postcode: str, area: str) -> None:
    assert places.departement_of_postcode(postcode) == area


def test_a_commune_without_a_point_stands_where_its_area_has_its_seat() -> None:
    france = atlas("FR")
    without = next(one for one in france.communes.values() if one.point is None)
    seat = france.areas[without.departement].point
    assert france.place(commune=without.code, area=without.departement) == seat
    pointed = [one for one in france.communes.values() if one.point]
    assert len(pointed) > 33_000
    rennes, ajaccio = france.communes["35238"].point, france.communes["2A004"].point
    assert rennes
    assert ajaccio
    assert km(rennes, ajaccio) == pytest.approx(1_090, rel=0.03)


def test_a_place_is_located_by_its_commune_and_postcode() -> None:
    france = atlas("FR")
    assert france.located(commune="saint-denis", postcode="97400")[:2] == ("974", "97411")
    assert france.located(commune="Rennes", postcode="")[:2] == ("35", "35238")
    assert france.located(commune="Le Hameau", postcode="35190") == ("35", "", "Le Hameau")
    for commune, postcode in (("Saint-Denis", ""), ("Nulle part", "1000")):
        with pytest.raises(PlaceUnknown):
            france.located(commune=commune, postcode=postcode)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("732 829 320 00074", "73282932000074"),
        ("35600000000048", "35600000000048"),
        ("356000000 09075", "35600000009075"),  # La Poste's own sum
        ("w351000123", "W351000123"),
        ("0012345.001", "0012345001"),
        ("", ""),
    ],
)
def test_a_number_of_a_register_is_read(typed: str, number: str) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize("typed", ["73282932000075", "7328293200007", "W35100012", "hello"])
def test_a_number_that_is_wrong_is_refused(typed: str) -> None:
    with pytest.raises(NumberFaulty):
        number_of(typed)


def test_a_code_is_read_as_people_write_it() -> None:
    code = codes.new_code()
    assert codes.cleaned(codes.shown(code).lower()) == code
    assert codes.cleaned(f"  {code[:6]} {code[6:]}") == code
    assert codes.cleaned("oooo-iiii-llll") == "000011111111"
    for wrong in ("", code[:-1], f"{code}0", "UUUU-UUUU-UUUU"):
        assert codes.cleaned(wrong) == ""


def test_what_was_confirmed_is_fresh_for_a_year_then_old_then_hidden() -> None:
    on = date(2026, 1, 10)
    assert freshness(on, on=on + FRESH) is Freshness.FRESH
    assert freshness(on, on=on + FRESH + timedelta(days=1)) is Freshness.OLD
    assert freshness(on, on=on + FRESH + GRACE + timedelta(days=1)) is Freshness.HIDDEN


def test_an_attestation_holds_from_its_day_for_three_years() -> None:
    on = date(2026, 1, 10)
    assert holds(on, on=on)
    assert holds(on, on=on + ATTESTED)
    assert not holds(on, on=on - timedelta(days=1))
    assert not holds(on, on=on + ATTESTED + timedelta(days=1))
    assert not holds(None, on=on)
