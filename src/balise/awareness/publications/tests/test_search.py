"""What people type finds what pages say: accents, plurals and slips of the finger."""

import pytest

from balise.awareness.publications.rules.catalogue import Vocabulary, indexed, plain, words

pytestmark = pytest.mark.sqlite

KNOWN = Vocabulary(
    words("Écrans et sommeil, harcèlement, téléphone portable, journaux, jeux, image, sextorsion")
)


def test_a_text_is_read_without_accents_or_case() -> None:
    assert plain("L’Œuvre d’Élodie").split() == ["l", "oeuvre", "d", "elodie"]


@pytest.mark.parametrize(
    ("one", "many"),
    [("écran", "écrans"), ("jeu", "jeux"), ("journal", "journaux"), ("story", "stories")],
)
def test_a_plural_is_its_singular(one: str, many: str) -> None:
    assert words(one) == words(many)


def test_small_words_and_letters_tell_nothing() -> None:
    assert words("Comment en parler avec l’enfant ?") == ["parler", "enfant"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ecran", "ecran"),  # an accent
        ("harcel", "harcelement"),  # the beginning
        ("harselement", "harcelement"),  # a letter
        ("harcelment", "harcelement"),  # one too few
        ("telefone", "telephone"),  # as it is heard
        ("ecrna", "ecran"),  # two that changed places
        ("sexto", "sextorsion"),
    ],
)
def test_a_slip_still_finds(typed: str, meant: str) -> None:
    assert KNOWN.read(typed) == {meant}


def test_what_is_there_is_not_read_as_something_like_it() -> None:
    assert KNOWN.read("image") == {"image"}
    assert KNOWN.read("zzzz") == frozenset()


def test_the_words_of_a_title_stand_apart() -> None:
    assert indexed("Où dort l’écran", "Trois habitudes", "nuit") == "dort ecran\ntroi habitude nuit"
