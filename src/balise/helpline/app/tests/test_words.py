"""What the packs of the app say: short, without blame, in both languages, leading on."""

import pytest

from balise.foundation.packs import Words, countries_of
from balise.foundation.web.components.drawings import ICONS
from balise.helpline.app import checks
from balise.helpline.app.rules import PACKAGE, plain
from balise.helpline.app.rules.leaflets import leaflet, leaflets
from balise.helpline.app.rules.quiz import quiz


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_the_packs_may_be_shown(country: str) -> None:
    assert not list(checks.faults(country))


def test_the_check_of_the_start_finds_nothing() -> None:
    assert not checks.words_of_the_app_are_sound()


def test_a_sentence_past_fifteen_words_is_refused() -> None:
    words = Words((("en", "One short. " + "word " * 15 + "end."),))
    (fault,) = plain.faults(plain.texts_of(words, "here"), {}, ["en"])
    assert "16 words of 15" in fault
    assert not list(plain.faults([("here", "en", "word " * 15)], {}, ["en"]))


def test_blame_is_refused_and_taking_it_away_is_not() -> None:
    blamed = plain.blames("fr")
    for language, words in (("fr", "C’est ta faute."), ("en", "You should have told us.")):
        assert list(plain.faults([("here", language, words)], blamed, [language]))
    for language, words in (("fr", "Ce n’est pas ta faute."), ("en", "It is not your fault.")):
        assert not list(plain.faults([("here", language, words)], blamed, [language]))


def test_wordings_stand_in_each_language() -> None:
    only = [("here", "fr", "Un mot.")]
    assert any("language" in each for each in plain.faults(only, {}, ["fr", "en"]))


def test_all_wordings_of_the_quiz_are_looked_at() -> None:
    found = list(plain.texts_of(quiz("fr").versions, "quiz"))
    places = {where for where, _language, _words in found}
    assert "quiz.primary.strong" in places
    assert ("quiz.parent", "fr", "Mon enfant dort mal, mange mal ou s’isole.") in found


def test_there_are_ten_leaflets_with_help_and_a_way_on() -> None:
    found = leaflets("fr")
    assert len(found) == 10
    assert all(one.numbers and one.ways and len(one.now) > 2 for one in found)
    assert all("helpline" in one.numbers for one in found)
    assert {one.icon for one in found} <= set(ICONS)
    assert leaflet("proof", country="fr") in found
    assert leaflet("nothing", country="fr") is None
