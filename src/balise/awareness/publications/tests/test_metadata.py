"""Each row of the table of others' words, and a whole page as JSON-LD."""

from datetime import UTC, date, datetime

import pytest

from balise.awareness.publications.rules.metadata import TABLE, Described, ages, as_json_ld
from balise.awareness.publications.rules.taxonomy import taxonomy

FACETS = taxonomy("fr")
WHOLE = Described(
    title="La nuit du téléphone",
    summary="Une séance sur le sommeil.",
    address="https://centre.example/fr/resources/nuit/",
    language="fr",
    kind="workshop",
    publisher="Balise",
    codes={
        "audience": ["teachers", "children", "teenagers"],
        "age": ["8-10", "11-13"],
        "topic": ["screens"],
        "kind": ["workshop"],
        "level": ["cycle-3"],
        "competence": ["digcomp-4.3"],
        "access": ["easy", "no-sound"],
    },
    minutes=45,
    licence="CC-BY-4.0",
    credits={"produced_by": "Une école", "supported_by": "Une ville"},
    published_at=datetime(2026, 11, 2, 8, 0, tzinfo=UTC),
    reviewed_on=date(2026, 10, 1),
    paper="https://centre.example/media/documents/1/nuit.pdf",
    paper_bytes=1200,
    translations={"en": "https://centre.example/en/resources/night/"},
)
SAID = as_json_ld(WHOLE, FACETS)


@pytest.mark.parametrize(
    ("theirs", "value"),
    [
        ("name", "La nuit du téléphone"),
        ("inLanguage", "fr"),
        ("about", ["Écrans et sommeil"]),
        ("typicalAgeRange", "8-13"),
        ("educationalLevel", ["Cycle 3 (CM1, CM2, 6e)"]),
        ("timeRequired", "PT45M"),
        ("accessibilityFeature", ["simplifiedLanguage"]),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
        ("creator", {"@type": "Organization", "name": "Une école"}),
        ("sponsor", {"@type": "Organization", "name": "Une ville"}),
        ("lastReviewed", "2026-10-01"),
        ("datePublished", "2026-11-02T08:00:00+00:00"),
        ("isAccessibleForFree", True),
    ],
)
def test_a_field_is_what_schema_org_calls_it(theirs: str, value: object) -> None:
    assert SAID[theirs] == value


def test_lrmi_has_the_audience_the_type_and_the_competence() -> None:
    roles = [each["educationalRole"] for each in SAID["audience"]]
    assert roles == ["teacher", "student"]  # each once
    assert SAID["learningResourceType"] == [
        "Atelier",
        "http://purl.org/dcx/lrmi-vocabs/learningResourceType/lessonPlan",
    ]
    assert SAID["educationalAlignment"] == [
        {
            "@type": "AlignmentObject",
            "alignmentType": "teaches",
            "educationalFramework": "DigComp 2.2",
            "targetName": "santé et bien-être",
        }
    ]


def test_a_file_and_a_translation_are_named_with_their_addresses() -> None:
    assert SAID["encoding"]["contentUrl"] == WHOLE.paper
    assert SAID["workTranslation"][0]["inLanguage"] == "en"


def test_what_is_not_said_is_left_out() -> None:
    bare = as_json_ld(Described("T", "S", "https://c.example/", "fr", "article", "C"), FACETS)
    assert bare.keys() == {
        "@context", "@id", "@type", "name", "abstract", "url", "inLanguage", "publisher",
        "isAccessibleForFree",
    }  # fmt: skip


def test_news_are_no_learning_resource() -> None:
    news = as_json_ld(Described("T", "S", "https://c.example/", "fr", "news", "C"), FACETS)
    assert (news["@type"], news["headline"]) == ("NewsArticle", "T")


def test_each_word_of_theirs_stands_once_in_the_table() -> None:
    theirs = [row.theirs for row in TABLE]
    assert len(theirs) == len(set(theirs))


def test_ages_are_the_whole_range() -> None:
    assert ages(["14-16", "8-10"]) == (8, 16)
    assert ages([]) is None
