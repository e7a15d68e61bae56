"""The pages of the pack: whole, with sources that say how sure they are, and written once."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image
from tests.walks import of_each

from balise.awareness.publications import actions
from balise.awareness.publications.models import Paper, Published, Resource, Translation, Video
from balise.awareness.publications.rules.starter import Starter, html_of, starters
from balise.awareness.publications.rules.taxonomy import PACKAGE, taxonomy
from balise.awareness.publications.rules.watching import seconds_of
from balise.awareness.publications.rules.webvtt import plate, reel
from balise.awareness.publications.tests.makers import make_draft
from balise.awareness.readability.rules.measure import goal_of, measured
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.packs import countries_of

PAGES = starters("fr")
OUTLINE = pytest.mark.xfail(
    strict=True,
    reason="19. Awareness with substance: a lesson that can be taught, a search that finds, an"
    " editor who can make anything",
)
# Words of a body without its sources, below which a page of a kind is the outline of one.
SUBSTANCE = {
    "article": 200,
    "comic": 60,  # its panels, told in words
    "dossier": 1_000,
    "game": 250,
    "guide": 300,
    "kit": 100,  # beside its parts
    "news": 20,
    "poster": 20,
    "questions": 900,  # thirty of them
    "series": 40,
    "sheet": 40,  # the shortest is easy to read
    "tool": 300,
    "video": 40,  # what is said in it
    "white-paper": 1_500,
    "workshop": 400,  # for 45 minutes and more
}
IN_OUTLINE = {
    *("article", "dossier", "game", "guide", "kit", "questions", "tool", "white-paper", "workshop")
}
NARROW = re.compile(r"(?<!\u202f)[?!;:»](?=\s|$)|«(?!\u202f)")


def test_lines_become_the_elements_of_a_body() -> None:
    assert html_of("## Un\n- a\n- b\n1. c\nUne <fin>.\n") == (
        "<h2>Un</h2><ul><li>a</li><li>b</li></ul><ol><li>c</li></ol><p>Une &lt;fin&gt;.</p>"
    )


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_each_country_begins_with_a_catalogue(country: str) -> None:
    kinds = [page.fields["kind"] for page in starters(country) if page.language == "fr"]
    assert len(kinds) >= 40
    assert kinds.count("dossier") == 6


def test_each_kind_of_the_pack_has_its_least_substance() -> None:
    assert {page.fields["kind"] for page in PAGES} == SUBSTANCE.keys()


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=OUTLINE if kind in IN_OUTLINE else ()) for kind in SUBSTANCE],
)
def test_a_page_has_the_substance_of_its_kind(kind: str) -> None:
    short = {
        page.slug: words
        for page in PAGES
        if page.fields["kind"] == kind and (words := words_of(page)) < SUBSTANCE[kind]
    }
    assert not short


def words_of(page: Starter) -> int:
    """Return how many words a page has to read, without its sources."""
    return len(re.sub(r"<[^>]+>", " ", page.body.partition("<h2>Sources")[0]).split())


def test_three_kits_are_whole_and_the_hotline_has_its_own() -> None:
    kits = {page.slug: page for page in PAGES if page.fields["kind"] == "kit"}
    assert len([page for page in kits.values() if page.language == "fr"]) == 3
    sixth = [part["what"] for part in kits["kit-entrer-en-sixieme"].parts]
    assert sixth.count("workshop") == 3
    assert {"family", "guide", "memo"} <= set(sixth)
    of_hotline = {
        page.fields["kind"] for page in PAGES if page.fields.get("publisher") == "hotline"
    }
    assert {"comic", "guide", "white-paper", "poster"} <= of_hotline


@of_each("page", PAGES, ids=lambda page: page.slug)
def test_a_page_is_told_in_known_codes_and_french_signs(page: Starter) -> None:
    facets = taxonomy("fr")
    for facet in ("audience", "age", "topic", "level", "competence", "access"):
        assert set(page.fields.get(facet, ())) <= facets[facet].terms.keys()
    assert len(page.fields["summary"]) <= 300
    if page.language == "fr":
        text = re.sub(r"<[^>]+>|https?:\S+|doi \S+", "\n", page.body)
        assert not NARROW.search("\n".join([page.fields["title"], page.fields["summary"], text]))


@of_each("page", PAGES, ids=lambda page: page.slug)
def test_a_page_for_the_young_has_short_sentences(page: Starter) -> None:
    goal = goal_of(page.fields["audience"])
    text = page.body.partition("<h2>Sources")[0]
    assert not measured(text, language=page.language, goal=goal).too_long


def test_a_page_in_english_is_one_of_french() -> None:
    french = {page.key for page in PAGES if page.language == "fr"}
    assert {page.key for page in PAGES if page.language == "en"} <= french


@pytest.mark.django_db
class TestBeginShelves:
    @pytest.mark.whole
    def test_writes_drafts_once_and_joins_the_easy_page(self) -> None:
        editor = make_actor("editor")
        begun = actions.begin_shelves(by=editor, country="fr")
        assert len(begun) == len(PAGES)
        assert not Resource.objects.live().exists()
        assert Resource.objects.get(slug="le-secret-qui-pese").picture.description
        assert actions.begin_shelves(by=editor, country="fr") == []
        translated = Translation.objects.values_list(
            "page__locale__language_code", "original__locale__language_code"
        )
        assert set(translated) == {("en", "fr")}

        lead = make_actor("awareness_lead")
        for slug in ("ou-dort-l-ecran", "sommeil-facile-a-lire"):
            actions.publish(by=lead, page=Resource.objects.get(slug=slug).pk)
        actions.settle(by=SYSTEM)
        assert Published.objects.get(slug="ou-dort-l-ecran").easy == "sommeil-facile-a-lire"

    def test_leaves_a_shelf_that_has_a_page(self) -> None:
        make_draft(language="fr")
        begun = actions.begin_shelves(by=make_actor("editor"), country="fr")
        assert len(begun) == len([page for page in PAGES if page.language == "en"])

    def test_is_refused_to_another_role(self) -> None:
        with pytest.raises(PermissionDenied):
            actions.begin_shelves(by=make_actor("listener"), country="fr")

    @pytest.mark.whole
    def test_begins_with_a_series_of_films_for_everyone(self) -> None:
        editor, lead = make_actor("editor"), make_actor("awareness_lead")
        films = [page for page in PAGES if page.film and page.part_of]
        assert len({page.film for page in films}) == 5
        begun = actions.begin_shelves(by=editor, country="fr")
        for page in Video.objects.filter(pk__in=begun):
            assert list(page.unready()) == []
            actions.publish(by=lead, page=page.pk)
        assert Paper.objects.count() == 5  # each film once, for both languages


@pytest.mark.parametrize("name", sorted({page.film for page in PAGES if page.film}))
def test_a_film_of_the_pack_is_small_and_short(name: str) -> None:
    found = reel("fr", name)
    assert len(found.film) < 2 * 1024 * 1024
    assert 15 <= seconds_of(BytesIO(found.film)) <= 30
    assert found.captions.keys() == {"fr", "en"}


@pytest.mark.parametrize("page", [page for page in PAGES if page.comic], ids=lambda page: page.slug)
def test_a_comic_is_drawn_and_its_panels_are_told_in_words(page: Starter) -> None:
    drawn = plate("fr", page.comic["name"])
    assert len(drawn) < 100_000
    with Image.open(BytesIO(drawn), formats=("WEBP",)) as shown:
        rows = round(shown.height / shown.width * 2 * 360 / 225)  # points of a panel
    panels = page.body.partition("<ol>")[2].partition("</ol>")[0].count("<li>")
    assert rows == (panels + 1) // 2
    assert 0 < len(page.comic["says"]) <= 255
