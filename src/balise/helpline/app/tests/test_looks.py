"""The looks of each country, and what their web manifests say."""

from importlib.resources import files

import pytest

from balise.config.centre import countries
from balise.helpline.app.rules import looks as rules

KNOWN = [(country, each) for country in countries() for each in rules.looks(country)]


@pytest.mark.parametrize(("country", "look"), KNOWN)
def test_each_look_has_its_drawing_and_its_pictures(country: str, look: rules.Look) -> None:
    assert country
    for name in (rules.icon(look.code), rules.icon(look.code, 192), rules.icon(look.code, 512)):
        assert files("balise.helpline.app").joinpath("static", name).is_file()


def test_a_country_has_three_ordinary_names_or_more() -> None:
    for country in countries():
        assert len(rules.looks(country)) >= 4


def test_a_manifest_takes_what_others_share_and_is_an_app_of_its_own() -> None:
    _centre, notes, *_ = rules.looks("fr")
    told = rules.manifest(notes, language="fr", start="/fr/app/", address=lambda name: f"/s/{name}")

    assert told["id"] == "/app/notes"
    assert told["name"] == told["short_name"] == "Notes"
    assert told["start_url"] == "/fr/app/?look=notes"
    assert told["share_target"]["action"] == "/app/shared/"
    assert {each["src"] for each in told["icons"]} == {
        "/s/app/looks/notes-192.png",
        "/s/app/looks/notes-512.png",
    }
