"""Selections and their counts, as sets; without a database."""

from hypothesis import given, strategies as st

from balise.awareness.publications.rules.catalogue import Asked, Entry, Index, indexed
from balise.awareness.publications.rules.taxonomy import taxonomy

FACETS = taxonomy("fr")
AUDIENCES = ("parents", "teachers", "teenagers")
TOPICS = ("screens", "bullying", "money")


def entry(page: int, title: str = "Écrans", *, minutes: int = 0, **codes: str) -> Entry:
    said = {facet: each.split() for facet, each in codes.items()}
    return Entry(page, said, minutes, indexed(title, "Pour en parler"))


def asked(typed: str = "", **codes: str) -> Asked:
    return Asked({facet: frozenset(each.split()) for facet, each in codes.items()}, typed)


def test_facets_combine_and_terms_of_one_add_up() -> None:
    index = Index(
        [
            entry(1, audience="parents", topic="screens"),
            entry(2, audience="teachers", topic="screens"),
            entry(3, audience="teachers", topic="money"),
        ],
        FACETS,
    )
    assert index.find(asked(audience="teachers", topic="screens")).pages == (2,)
    assert index.find(asked(audience="parents teachers", topic="screens")).pages == (1, 2)
    assert index.find(asked(audience="trainers")).pages == ()


def test_a_count_says_what_another_press_would_give() -> None:
    index = Index(
        [
            entry(1, audience="parents", topic="screens"),
            entry(2, audience="teachers", topic="screens"),
            entry(3, audience="teachers", topic="money"),
        ],
        FACETS,
    )
    counts = index.find(asked(audience="teachers")).counts
    assert (counts["audience"]["parents"], counts["audience"]["teachers"]) == (1, 2)
    assert (counts["topic"]["screens"], counts["topic"]["money"]) == (1, 1)


def test_ten_minutes_are_ten_or_less_and_said() -> None:
    index = Index([entry(1, minutes=5), entry(2, minutes=45), entry(3)], FACETS)
    found = index.find(asked())
    assert found.ten == (1,)
    assert found.counts["minutes"] == {"10": 1, "60": 2}
    assert index.find(asked(minutes="10")).pages == (1,)


def test_titles_come_first_and_every_word_counts() -> None:
    index = Index([entry(1, "Parler ensemble"), entry(2, "Écrans du soir"), entry(3)], FACETS)
    assert index.find(asked("parler")).pages == (1, 2, 3)
    assert index.find(asked("ecrans soir")).pages == (2,)


def test_where_no_page_says_all_those_that_say_some_are_shown() -> None:
    index = Index([entry(1, "Rumeurs"), entry(2, "Mots de passe")], FACETS)
    assert index.find(asked("rumeur girafe")).pages == (1,)
    assert index.find(asked("girafe")).pages == ()


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Index([], FACETS).find(asked("écran", topic="money")).pages == ()


@given(
    st.lists(st.tuples(st.sampled_from(AUDIENCES), st.sampled_from(TOPICS)), max_size=40),
    st.sets(st.sampled_from(AUDIENCES)),
    st.sets(st.sampled_from(TOPICS)),
)
def test_it_finds_and_counts_as_a_walk_through_all_would(
    rows: list[tuple[str, str]], audiences: set[str], topics: set[str]
) -> None:
    index = Index([entry(at, audience=a, topic=t) for at, (a, t) in enumerate(rows)], FACETS)
    found = index.find(asked(audience=" ".join(audiences), topic=" ".join(topics)))

    right = [
        at
        for at, (a, t) in enumerate(rows)
        if (not audiences or a in audiences) and (not topics or t in topics)
    ]
    assert list(found.pages) == right
    for topic in TOPICS:
        count = sum(t == topic and (not audiences or a in audiences) for a, t in rows)
        assert found.counts["topic"][topic] == count
