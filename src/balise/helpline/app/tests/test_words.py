"""What the packs of the app say: short, without blame, in both languages, leading on."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings

from balise.foundation.packs import Words, countries_of
from balise.foundation.web.components.drawings import ICONS
from balise.helpline.app import module
from balise.helpline.app.rules import PACKAGE, plain
from balise.helpline.app.rules.leaflets import leaflet, leaflets
from balise.helpline.app.rules.quiz import quiz


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_the_packs_may_be_shown(country: str) -> None:
    assert not list(module.faults(country))


def test_the_check_of_the_start_finds_nothing() -> None:
    assert not module.words_of_the_app_are_sound()


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


def test_what_is_never_said_to_someone_with_dark_thoughts_is_refused() -> None:
    known = plain.blames("fr")
    for language, words in (
        ("fr", "Ça va passer."),
        ("fr", "Promets-moi de ne rien faire."),
        ("fr", "Tu ne vas pas faire une bêtise ?"),
        ("fr", "C’est à cause du harcèlement."),
        ("en", "Think of your parents."),
        ("en", "It stays between us."),
    ):
        (fault,) = plain.faults([("here", language, words)], known, [language])
        assert "is never said" in fault


def test_a_telephone_number_in_words_is_refused() -> None:
    words = [("here", "fr", "Appelle le 3114, ou le 17."), ("there", "fr", "12 phrases, 1175")]
    found = list(plain.numbers_in(words, ["3114", "17", "112"]))
    assert [each.split()[1] for each in found] == ["17", "3114"]


def test_a_way_that_leads_to_no_number_of_the_centre_is_refused() -> None:
    few = replace(
        settings.CENTRE, numbers=tuple(n for n in settings.CENTRE.numbers if n.code != "police")
    )
    with override_settings(CENTRE=few):
        assert any("this centre has no police" in each for each in module.faults("fr"))


def test_there_are_eleven_leaflets_with_help_and_a_way_on() -> None:
    found = leaflets("fr")
    assert len(found) == 11
    assert all(one.numbers and one.ways and len(one.now) > 2 for one in found)
    assert all("helpline" in one.numbers for one in found)
    assert {one.icon for one in found} <= set(ICONS)
    assert leaflet("proof", country="fr") in found
    assert leaflet("nothing", country="fr") is None
