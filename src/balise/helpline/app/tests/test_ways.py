"""What each dangerous answer leads to: one way for each kind, in order, numbers of the country."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.walks import of_each

from balise.foundation.packs import countries_of
from balise.helpline.app.rules import PACKAGE
from balise.helpline.app.rules.quiz import Danger, Version, quiz
from balise.helpline.app.rules.ways import every_way, faults, ways

VERSIONS = quiz("fr").versions
FIRST = {
    "S": ["suicide/children", "chat"],
    "V": ["police", "children"],
    "X": ["police", "children"],
    "T": ["police", "children"],
    "C": ["helpline", "chat"],
    "I": ["helpline", "suicide/children"],
}


def a_version(code: str) -> Version:
    found = quiz("fr").version(code)
    assert found is not None
    return found


def answered(client: Client, code: str, language: str = "fr", **given: str) -> str:
    """Return the page that answers to a form, from its heading on."""
    told = {f"a{one.number}": "1" for one in a_version(code).sentences} | given
    page = client.post(f"/{language}/app/quiz/{code}/", told).content.decode()
    return page.split("<main")[1]


def ways_in(page: str) -> str:
    return "".join(re.findall(r'data-way="(\w)"', page))


def test_each_version_has_the_ways_of_its_dangers_in_the_order_of_help() -> None:
    found = {one.code: "".join(way.danger for way in ways("fr", one)) for one in VERSIONS}
    assert found == {
        "primary": "SVT",
        "secondary": "SVXTCI",
        "witness": "SV",
        "parent": "SVTC",
        "hurt": "S",
    }


def test_the_two_buttons_of_the_young_are_those_of_their_danger() -> None:
    for version in VERSIONS:
        if not version.is_for_adults:
            for way in ways("fr", version):
                assert list(way.first) == FIRST[way.danger], way.code


@of_each("country", countries_of(PACKAGE))
def test_each_country_has_ways(country: str) -> None:
    assert every_way(country) == every_way("fr")


def test_dark_thoughts_ask_who_is_near_with_a_message_ready_to_send() -> None:
    for code in ("primary", "secondary", "hurt"):
        (way,) = (one for one in ways("fr", a_version(code)) if one.danger is Danger.DARK)
        assert way.asks[0].message
        assert way.leaflet == "dark"


def test_blackmail_and_words_that_drive_to_it_ask_about_dying() -> None:
    for letter in (Danger.BLACKMAIL, Danger.DISAPPEAR):
        (way,) = (one for one in ways("fr", a_version("secondary")) if one.danger is letter)
        assert "mourir" in str(way.asks[-1].says)
        assert way.asks[-1].yes_first == ("suicide/children", "chat")


def test_a_pack_with_a_way_missing_twice_or_without_its_question_is_refused() -> None:
    found = every_way("fr")
    assert not list(faults(found, quiz("fr")))
    assert any("a way for each" in each for each in faults(found[1:], quiz("fr")))
    assert any("a way for each" in each for each in faults((*found, found[0]), quiz("fr")))
    mute = (replace(found[0], asks=()), *found[1:])
    assert any("a question" in each for each in faults(mute, quiz("fr")))


@pytest.mark.django_db
class TestWithoutAScript:
    def test_all_ways_are_shown_in_order_and_before_the_outcome(self, client: Client) -> None:
        page = answered(client, "secondary", a34="2", a26="2", a14="4", a23="2", a15="2", a25="2")
        assert ways_in(page) == "SVXTCI"
        first = page.split('data-way="V"')[0]
        assert first.index('href="tel:3114"') < first.index("/fr/talk/")
        assert page.index('data-way="I"') < page.index("outcome-title")

    def test_a_blow_shows_17_and_119_and_no_other_way(self, client: Client) -> None:
        page = answered(client, "primary", a11="2")
        way = page.split("outcome-title")[0].split('data-way="V"')[1]
        assert way.index('href="tel:17"') < way.index('href="tel:119"')
        assert ways_in(page) == "V"
        assert "Une fois, c’est déjà trop." in page
        assert "début d’un harcèlement" not in page

    def test_dark_thoughts_alone_are_never_called_bullying(self, client: Client) -> None:
        page = answered(client, "secondary", a34="4")
        assert "Quelque chose te pèse" in page
        said = page.split("outcome-title")[1].split("talk-card")[0]
        assert "elle se soigne" in said
        assert "harcèlement" not in said

    def test_strength_raises_what_is_said(self, client: Client) -> None:
        assert "C’est arrivé une ou deux fois" in answered(client, "primary", a7="2")
        assert "Quelque chose ne va pas" in answered(client, "primary", a7="2", b1="yes")
        assert "Quelque chose ne va pas" in answered(client, "primary", a7="2", b2="no")
        assert "C’est arrivé une ou deux fois" in answered(client, "primary", a7="2", b2="yes")

    def test_a_sentence_passed_over_is_asked_once_more_and_never_again(
        self, client: Client
    ) -> None:
        page = answered(client, "primary", a1="4", a24="")
        again = page.split("outcome-title")[0]
        assert "Une phrase est passée" in again
        assert 'name="again"' in again
        assert 'name="a1" value="4"' in again
        assert 'name="a24" value="0"' not in again
        assert 'href="tel:3114"' in again
        second = answered(client, "primary", a1="4", a24="", again="1")
        assert 'name="again"' not in second
        assert 'href="tel:3114"' in second
        told = answered(client, "primary", a1="4", a24="2", again="1")
        assert ways_in(told) == "S"

    def test_nothing_is_asked_again_of_someone_who_is_well(self, client: Client) -> None:
        assert 'name="again"' not in answered(client, "primary", a24="")

    def test_a_country_without_a_line_about_suicide_has_two_buttons_all_the_same(
        self, client: Client
    ) -> None:
        left = tuple(one for one in settings.CENTRE.numbers if one.code != "suicide")
        with override_settings(CENTRE=replace(settings.CENTRE, numbers=left)):
            page = answered(client, "primary", a24="2")
        first = page.split('class="way-buttons"')[1].split("</ul>")[0]
        assert 'href="tel:119"' in first
        assert "/fr/talk/" in first
        assert "3114" not in page.split("</main>")[0]
