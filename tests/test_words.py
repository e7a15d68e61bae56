"""The rules for words: each refuses what it names, and lets the rest pass."""

import pytest
from scripts import words
from scripts.words import Message, Pages

YOUNG = "helpline/conversations/templates/helpline/conversations/room.html"
PUBLIC = "hotline/reports/templates/hotline/reports/follow.html"
STAFF = "takedown/notices/templates/takedown/notices/notice.html"


def message(
    english: str, french: str, *files: str, context: str | None = None, plural: str = ""
) -> Message:
    return Message(
        context=context,
        english=(english, plural) if plural else (english,),
        french=(french,),
        files=frozenset(files),
    )


def found(*messages: Message, pages: Pages | None = None) -> list[str]:
    return list(words.faults(messages, pages or Pages()))


@pytest.mark.parametrize(
    "french",
    [
        "L'adresse",
        "Il dit “oui”",
        "Quoi ?",
        "Quoi\u00a0?",
        "« oui »",
        "Quoi?",
        "un·e écoutant·e",
        "Scellé",
        "par courriel",
        "Adresse électronique",
        "un mail",
        "le chat",
        "en danger de mort",
        "en %(country)s",
        "2 000 pages",
        "50 %%",
        "si vous êtes seule",
    ],
)
def test_french_that_is_refused(french: str) -> None:
    assert len(found(message("Something", french))) == 1


@pytest.mark.parametrize(
    "french",
    [
        "L’adresse",
        "«\u202foui\u202f»\u202f!",
        "De un à %(most)d tchats",
        'Le <a href="x">lien</a>',
        "un e-mail",
        "2\u202f000 pages, 50\u202f%%",
        "Ouvert à 15:30",
    ],
)
def test_french_that_passes(french: str) -> None:
    assert found(message("Something", french)) == []


@pytest.mark.parametrize(
    "english",
    [
        "Contents of the page",
        "Report a content",
        "Whoever asks",
        "You need not answer",
        "It ends by itself",
        "This is no number.",
        "Sealed for you",
        "Break the glass",
        ", and more",
        "Seen (",
        "Write to 114",
        "The centre's key",
        "Who is told",
    ],
)
def test_english_that_is_refused(english: str) -> None:
    assert len(found(message(english, "Quelque chose"))) == 1


@pytest.mark.parametrize(
    "english",
    [
        "Report content",
        "A piece of content",
        "There is no longer a page.",
        "%(seat)s hours",
        "Who can act?",
        "What you write is encrypted.",
    ],
)
def test_english_that_passes(english: str) -> None:
    assert found(message(english, "Quelque chose")) == []


def test_a_clause_that_is_listed_passes() -> None:
    how = message("How it works", "Comment ça se passe", context="youth")
    assert found(how, pages=Pages(clauses=frozenset({"[youth] How it works"}))) == []


def test_clauses_are_listed_only_while_they_are_said() -> None:
    assert found(pages=Pages(clauses=frozenset({"How to check it"})))


def test_a_pack_may_name_its_numbers_and_ask_in_clauses() -> None:
    pack = "helpline/cases/packs/fr/duties.toml"
    assert found(message("Who calls 114", "Qui appelle le 114", pack)) == []
    assert found(message("Who calls 114", "Qui l'appelle", pack))


class TestWhoIsSpokenTo:
    def test_the_young_are_told_tu(self) -> None:
        pages = Pages(young=frozenset({YOUNG}))
        assert found(message("Your age", "Votre âge", YOUNG), pages=pages)
        assert found(message("Your age", "Votre âge", context="youth"))
        assert found(message("Come back", "Revenez", YOUNG), pages=pages)
        assert not found(message("Your age", "Ton âge", YOUNG), pages=pages)
        assert not found(message("Enough", "Assez", YOUNG), pages=pages)

    def test_an_adult_on_a_page_for_the_young_is_told_vous(self) -> None:
        pages = Pages(young=frozenset({YOUNG}))
        assert not found(message("Your age", "Votre âge", YOUNG, context="adult"), pages=pages)

    @pytest.mark.parametrize("french", ["Votre code", "Ton code", "Réessayez", "Reviens, toi"])
    def test_pages_for_all_ages_say_neither(self, french: str) -> None:
        page = min(words.NEITHER)
        assert found(message("The code", french, page))
        assert not found(message("The code", "Le code", page))


class TestLength:
    def test_is_counted_by_the_sentence(self) -> None:
        pages = Pages(young=frozenset({YOUNG}), public=frozenset({PUBLIC}))
        fifteen = " ".join(["mot"] * 15)
        assert not found(message("Word", f"{fifteen}. {fifteen}.", YOUNG), pages=pages)
        assert found(message("Word", f"{fifteen} mot.", YOUNG), pages=pages)
        assert not found(message("Word", f"{fifteen} mot.", PUBLIC), pages=pages)
        assert found(message("Word", " ".join(["mot"] * 26), PUBLIC), pages=pages)
        assert not found(message("Word", " ".join(["mot"] * 26), STAFF), pages=pages)

    def test_markup_and_signs_are_no_words(self) -> None:
        pages = Pages(young=frozenset({YOUNG}))
        fifteen = " ".join(["mot"] * 15)
        assert not found(
            message("Word", f'{fifteen}\u202f<a href="a b c">–</a>', YOUNG), pages=pages
        )


class TestHomonyms:
    both = message("Answered", "Décroché", STAFF, "helpline/telephony/rules/calls.py")

    def test_need_a_context(self) -> None:
        assert found(self.both) == [
            "a homonym needs a context: 'Answered' (helpline/telephony, takedown/notices)"
        ]

    def test_pass_when_they_are_listed(self) -> None:
        assert not found(self.both, pages=Pages(shared=frozenset({"Answered"})))

    def test_are_listed_only_while_they_are_shared(self) -> None:
        assert found(pages=Pages(shared=frozenset({"Answered"})))

    def test_are_short(self) -> None:
        sentence = message("It was answered", "Répondu", STAFF, YOUNG)
        assert not found(sentence)


def test_two_states_of_one_list_do_not_read_the_same() -> None:
    states = "takedown/notices/rules/states.py"
    assert found(message("Removed", "Retiré", states), message("Withdrawn", "Retiré", states))
    assert not found(message("Removed", "Retiré", states), message("Withdrawn", "Retiré", STAFF))


def test_a_module_is_named_by_its_folder() -> None:
    assert words.module_of(STAFF) == "takedown/notices"
    assert words.module_of("takedown/onward/dossiers/rules/states.py") == (
        "takedown/onward/dossiers"
    )
    assert words.module_of("config/navigation.py") == "config"


def test_a_frame_is_read_with_what_it_includes_and_what_extends_it() -> None:
    sources = {
        "a/templates/web/youth.html": "",
        "b/templates/b/room.html": '{% extends "web/youth.html" %}{% include "b/part.html" %}',
        "b/templates/b/part.html": "",
        "b/templates/b/staff.html": '{% extends "web/staff.html" %}{% include "b/other.html" %}',
        "b/templates/b/other.html": "",
    }
    assert words.read_by(sources, "web/youth.html") == {
        "a/templates/web/youth.html",
        "b/templates/b/room.html",
        "b/templates/b/part.html",
    }


def test_terms_of_the_glossary_are_used() -> None:
    table = (
        "| `watch` | monitoring, check (now) | veille | is it there? |\n| `hub` | – | – | a bell |"
    )
    terms = list(words.glossary(table))
    assert terms == [("english", "monitoring"), ("english", "check"), ("french", "veille")]
    said = [message("Monitoring and checks", "La surveillance")]
    assert list(words.unsaid(terms, said)) == ["in the glossary, in no message (french): 'veille'"]
