"""What a record proposes from words: French and English, negations, false friends. No database."""

import pytest
from hypothesis import given, strategies as st
from tests.walks import of_each

from balise.config.centre import countries
from balise.foundation.packs import PackFaulty, load
from balise.helpline.contacts.rules.forms import PACKAGE, form
from balise.helpline.contacts.rules.proposing import Proposal, proposal_words, propose, read_words
from balise.helpline.contacts.tests.test_ages import TODAY

WORDS = proposal_words("fr")


def values(*said: str, of: str) -> list[str]:
    return [one.value for one in propose(said, words=WORDS) if one.field == of]


@of_each(
    ("text", "age"),
    [
        ("j'ai 13 ans", "13"),
        ("coucou, J’AI 13 ANS et toi", "13"),
        ("jai 12 ans", "12"),
        ("g 15 ans", "15"),
        ("14 ans", "14"),
        ("i'm 14", "14"),
        ("im 14 and scared", "14"),
        ("14 yo girl", "14"),
        ("14yo", "14"),
        ("I am a 16 year old boy", "16"),
        ("hi i just turned 12", "12"),
        ("j'ai 13 ans. non, j'ai 14 ans", "14"),
        # Somebody else's, or no age.
        ("mon frère a 13 ans", None),
        ("sa fille a 13 ans", None),
        ("my brother is 12 yo", None),
        ("my sister is 9 years old", None),
        ("il m'a dit j'ai 13 ans", None),
        ("il a écrit « j'ai 16 ans »", None),
        ('he wrote "i\'m 16"', None),
        ("> j'ai 16 ans\nc'est un message de lui", None),
        ("j'ai mis que j'ai 18 ans sur snap", None),
        ("je suis en 4e", None),
        ("on est 28 dans ma classe", None),
        ("on est en 5e 3", None),
        ("j'ai 14 de moyenne", None),
        ("j'ai 10 ans de danse", None),
        ("13 ans que ça dure", None),
        ("I'm 10 minutes late", None),
        ("i'm 14th in line", None),
        ("j'ai pas 13 ans", None),
        ("i'm not 13", None),
        ("quand j'avais 13 ans", None),
        ("si j'ai 15 ans je peux ?", None),
        ("j'ai 131 ans", None),
        ("", None),
    ],
)
def test_an_age_is_that_of_the_person_who_writes(text: str, age: str | None) -> None:
    assert values(text, of="child_age") == ([age] if age else [])


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ma fille de 12 ans ne dort plus", "12"),
        ("mon fils a 13 ans, il joue la nuit", "13"),
        ("Mon fils reçoit des messages. Il a 14 ans", "14"),
        ("my 9 year old, my daughter, is scared", "9"),
        ("my son is 15", "15"),
        # Their own age, another child’s, two children’s.
        ("j'ai 42 ans et ma fille ne dort plus", None),
        ("mon fils parle à une fille de 12 ans", None),
        ("ma fille de 12 ans et mon fils a 9 ans", None),
        ("mon fils a 13 ans de danse", None),
    ],
)
def test_a_parent_says_the_age_of_their_child(text: str, age: str | None) -> None:
    assert values(text, of="child_age") == ([age] if age else [])
    assert values(text, of="caller_relation") == ["parent"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("ma fille reçoit des messages", "parent"),
        ("my son is being bullied", "parent"),
        ("je suis prof de maths", "teacher"),
        ("c'est un de mes élèves", "teacher"),
        ("i am a teacher and my pupils", "teacher"),
        ("ma mère le sait pas", "child"),
        ("my mum took my phone", "child"),
        ("j'ai 13 ans", "child"),
        ("it's for a friend", "friend"),
        ("ma fille, et sa grand-mère, ma mère", "parent"),
        ("je suis pas prof", None),
        ("i'm not a teacher", None),
        ("j'ai 34 ans", None),
        ("il dit « ma fille »", None),
        ("bonjour", None),
    ],
)
def test_who_it_is(text: str, who: str | None) -> None:
    assert values(text, of="caller_relation") == ([who] if who else [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("c'est sur Snapchat", "social-media"),
        ("sur insta et sur tiktok, et au collège", "social-media"),
        ("dans le groupe de ma classe", "messaging"),
        ("on roblox", "gaming"),
        ("dans la cour, à la cantine", "school"),
        ("pas sur insta, au collège", "school"),
        ("it's not on instagram", None),
        ("il a pris un instantané", None),
    ],
)
def test_where_it_happens(text: str, place: str | None) -> None:
    assert values(text, of="place") == ([place] if place else [])


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("ils se moquent de moi tous les soirs", {"cyberbullying"}),
        ("je sais pas ils me harcèlent", {"cyberbullying"}),
        ("they have made a fake account, it's blackmail", {"fake-account", "sextortion"}),
        (
            "il a un faux compte et il menace de publier mes nudes",
            {"fake-account", "sextortion", "sexting"},
        ),
        ("ils me harcèlent pas", set()),
        ("ils ne me harcèlent pas encore", set()),
        ("c'est pas du chantage", set()),
        ("it isn't blackmail", set()),
        ("elle a dit « chantage »", set()),
        ("il fait du violon", set()),
        ("violet", set()),
    ],
)
def test_topics(text: str, topics: set[str]) -> None:
    assert set(values(text, of="topics")) == topics


def test_each_says_the_words_that_made_it_and_what_was_given_says_none() -> None:
    found = propose(["j’ai 13 ans, ils se moquent de moi"], words=WORDS)
    assert Proposal("child_age", "13", "j'ai 13 ans") in found
    assert Proposal("topics", "cyberbullying", "se moquent de moi") in found
    given = propose(["j'ai 13 ans"], words=WORDS, age=15, caller="parent")
    assert given[:2] == (Proposal("child_age", "15"), Proposal("caller_relation", "parent"))


def test_four_topics_at_most_those_that_are_said_most_first() -> None:
    said = ["chantage", "chantage", "nudes", "faux compte", "arnaque", "porno", "rumeur"]
    found = values(*said, of="topics")
    assert (len(found), found[0]) == (4, "sextortion")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    propose([text, text * 3], words=WORDS)


def test_a_long_text_is_read_at_its_end() -> None:
    assert values("a" * 30_000, "j'ai 13 ans", of="child_age") == ["13"]


@pytest.mark.parametrize("country", countries())
def test_a_pack_proposes_what_its_form_has(country: str) -> None:
    words, one = proposal_words(country), form(country, TODAY)
    for codes, name in (
        (words.callers, "callers"),
        (words.places, "places"),
        (words.topics, "topics"),
    ):
        one.check_codes(tuple(codes), of=name)


@pytest.mark.parametrize(
    "wrong", [{"nothing": ["x"]}, {"negations": []}, {"ages": ["j'ai ans"]}, {"ignored": ["?"]}]
)
def test_a_pack_that_is_wrong_stops_the_start(wrong: dict[str, object]) -> None:
    pack = load(PACKAGE, country="fr", name="proposals")
    with pytest.raises(PackFaulty):
        read_words(pack | wrong)
