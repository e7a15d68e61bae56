"""The looks of each country, and what their web manifests say."""

from importlib.resources import files

import pytest

from balise.config.centre import countries
from balise.foundation.packs import PackFaulty
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


@pytest.mark.parametrize("country", countries())
def test_the_first_begins_with_the_app_and_each_other_with_what_its_name_says(country: str) -> None:
    first, *ordinary = rules.looks(country)
    assert first.screen is None
    assert {each.screen for each in ordinary} == {rules.Screen.LIST, rules.Screen.MONTH}
    assert all(each.asks and each.empty for each in ordinary)


@pytest.mark.parametrize(
    "look",
    [
        {"screen": "weather"},
        {"screen": "list", "asks": {"en": "New note"}},
        {"screen": "list", "empty": {"en": "No notes."}},
    ],
)
def test_a_screen_that_is_none_or_half_one_is_refused(look: dict[str, object]) -> None:
    with pytest.raises(PackFaulty):
        rules.read({"code": "notes", "name": {"en": "Notes"}, "colour": "#000000"} | look)


def test_the_name_of_the_centre_and_help_open_the_app_in_each_language() -> None:
    assert rules.opening_words("fr") == ("3018", "aide", "help")


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
