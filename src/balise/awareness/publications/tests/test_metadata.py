"""Each row of the table of others' words, and a whole page as JSON-LD."""

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree.ElementTree import tostring

import pytest
from defusedxml.ElementTree import fromstring
from django.conf import settings
from tests.walks import of_each

from balise.awareness.publications.rules.metadata import (
    BIK,
    TABLE,
    Described,
    MetadataRow,
    ages,
    as_bik,
    as_dc,
    as_json_ld,
    as_lom,
    as_lomfr,
)
from balise.awareness.publications.rules.metadata.lom import LOMFR, LOMFR_WORDS, ORDER
from balise.awareness.publications.rules.metadata.writing import LOMFR as SPACE
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
    keywords=("dormir",),
    country="FR",
    picture="https://centre.example/media/images/1.webp",
    parts=(("La fiche", "https://centre.example/fr/resources/fiche/"),),
)
BUNDLE = {"address": "https://centre.example/media/kits/1/fr/1/kit.zip", "octets": 9_000}
# LOMFR 1.0's own words, as its Schematron rules (`lomfr.sch` of lom-fr.fr) and its users list them.
DOCUMENTS = {
    "collection", "ensemble de données", "évènement", "image", "image en mouvement", "image fixe",
    "logiciel", "objet physique", "ressource interactive", "service", "son", "texte",
}  # fmt: skip
LOMFR_KINDS = {
    "démonstration", "évaluation", "animation", "tutoriel", "glossaire", "guide",
    "matériel de référence", "méthodologie", "outil", "scénario pédagogique",
}  # fmt: skip
CONTEXTS = {
    "enseignement primaire", "enseignement secondaire", "licence", "master", "doctorat",
    "formation continue", "formation en entreprise",
}  # fmt: skip
SAID = as_json_ld(WHOLE, FACETS)
DUBLIN, LOM = as_dc(WHOLE, FACETS), as_lom(WHOLE, FACETS)
# Rows without a place somewhere, on purpose: what the other has no word for.
NOWHERE = {
    "dc": {"audience", "age", "level", "competence", "minutes", "access", "supported_by"}
    | {"reviewed_on", "picture", "paper_bytes", "country", "video"},
    "lom": {"access", "supported_by", "picture", "country", "video"},
}


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


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
    assert [each["contentUrl"] for each in SAID["encoding"]] == [WHOLE.paper]
    kit = as_json_ld(replace(WHOLE, bundle=BUNDLE), FACETS)
    assert kit["encoding"][1] == {
        "@type": "MediaObject",
        "contentUrl": BUNDLE["address"],
        "encodingFormat": "application/zip",
        "contentSize": "9000 B",
    }
    assert [each["url"] for each in kit["hasPart"]] == [WHOLE.parts[0][1]]
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
    theirs = [row.theirs for row in TABLE if row.theirs]
    assert len(theirs) == len(set(theirs))


@of_each("row", [pytest.param(row, id=f"{row.ours}-{row.theirs}") for row in TABLE])
def test_each_row_is_said_at_each_of_its_places(row: MetadataRow) -> None:
    film = {"film": "https://c.example/a.webm", "type": "video/webm", "bytes": 1, "seconds": 2}
    told = {**film, "transcript": "Il dort.", "tracks": (), "chapters": ()}
    whole = replace(WHOLE, credits={**WHOLE.credits, "made_with": "Une classe"}, video=told)
    whole = replace(whole, bundle=BUNDLE)
    if row.theirs:
        assert as_json_ld(whole, FACETS)[row.theirs]
    if row.dc:
        assert row.dc.value(whole, FACETS)
        assert as_dc(whole, FACETS).findtext(f"{{*}}{row.dc.name}")
    if row.lom:
        assert row.lom.value(whole, FACETS)
        path = "/".join(f"{{*}}{part}" for part in row.lom.name.split("/"))
        assert as_lom(whole, FACETS).find(path) is not None
        group, _, name = row.lom.name.partition("/")
        assert not name or name in ORDER[group]
    if row.lomfr:
        group, _, name = row.lomfr.name.partition("/")
        said = as_lomfr(whole, FACETS).findall(f"{{*}}{group}/{{*}}{name.removeprefix(LOMFR)}")
        assert LOMFR_WORDS in {each.findtext("{*}source") for each in said}
        assert name in ORDER[group]
    if row.bik:
        assert as_bik(whole, FACETS)[row.bik.name]


@pytest.mark.parametrize("column", NOWHERE)
def test_a_field_that_has_no_place_somewhere_is_left_out_on_purpose(column: str) -> None:
    placed = {row.ours for row in TABLE if getattr(row, column)}
    assert {row.ours for row in TABLE} - placed == NOWHERE[column]


def _in_lom(row: MetadataRow) -> str:
    if row.lomfr and row.lom:
        return f"{row.lom.name}, in LOMFR too"
    return f"{row.lomfr.name}, in LOMFR" if row.lomfr else row.lom.name if row.lom else "–"


def test_the_table_is_the_one_that_others_read() -> None:
    page = (settings.ROOT / "docs" / "operations" / "catalogue.md").read_text()
    rows = [line.split(" | ") for line in page.partition("| BIK |")[2].splitlines()[2:]]
    told = [[cell.replace("`", "").strip("| ") for cell in row] for row in rows[: len(TABLE)]]
    for row, cells in zip(TABLE, told, strict=True):
        assert cells == [
            row.ours or "the same for each page",
            row.theirs or "–",
            _in_lom(row),
            f"dc:{row.dc.name}" if row.dc else "–",
            row.bik.name if row.bik else "–",
        ]


def test_dublin_core_says_each_value_apart() -> None:
    said = [(local(each.tag), each.text) for each in DUBLIN]
    assert ("subject", "Écrans et sommeil") in said
    assert ("format", "text/html") in said
    assert ("format", "application/pdf") in said
    assert ("rights", "https://creativecommons.org/licenses/by/4.0/") in said


def test_lom_keeps_the_order_and_the_types_of_the_standard() -> None:
    """By structure: no copy of the schema is in a registry that could be asked."""
    groups = [local(each.tag) for each in LOM]
    assert groups == sorted(groups, key=list(ORDER).index)
    for group in LOM:
        names = [local(each.tag) for each in group]
        assert names == sorted(names, key=ORDER[local(group.tag)].index)
    title = LOM.find("{*}general/{*}title/{*}string")
    assert title is not None
    assert (title.text, title.get("language")) == ("La nuit du téléphone", "fr")
    roles = LOM.findall("{*}educational/{*}intendedEndUserRole/{*}value")
    assert [each.text for each in roles] == ["teacher", "learner"]
    assert LOM.findtext("{*}educational/{*}typicalLearningTime/{*}duration") == "PT45M"
    assert LOM.findtext("{*}classification/{*}taxonPath/{*}taxon/{*}id") == "screens"
    card = LOM.findtext("{*}lifeCycle/{*}contribute/{*}entity") or ""
    assert "FN:Balise" in card.splitlines()


@pytest.mark.parametrize("kind", FACETS["kind"].terms)
def test_lomfr_says_what_its_schema_and_its_schematron_rules_allow(kind: str) -> None:
    page = replace(WHOLE, kind=kind, codes={**WHOLE.codes, "kind": [kind]}, bundle=BUNDLE)
    said = as_lomfr(page, FACETS)
    assert all(each.get("language") for each in said.iter() if local(each.tag) == "string")
    for path in ("{*}general/{*}description", "{*}educational/{*}description"):
        assert len(said.findall(path)) <= 1
    for dropped in ("interactivityType", "interactivityLevel", "semanticDensity"):
        assert said.find(f".//{{*}}{dropped}") is None
    added = said.findall(f"{{*}}general/{{{SPACE}}}documentType")
    assert len(added) == (kind != "news")
    for path, known in (
        ("{*}general/{*}documentType", DOCUMENTS),
        ("{*}educational/{*}learningResourceType", LOMFR_KINDS),
        ("{*}educational/{*}context", CONTEXTS),
    ):
        for each in said.findall(path):
            is_theirs = each.findtext("{*}source") == LOMFR_WORDS
            assert is_theirs == (each.findtext("{*}value") in known)


def test_lom_alone_has_nothing_of_lomfr() -> None:
    written = tostring(LOM, encoding="unicode")
    assert "lom-fr" not in written
    assert LOMFR_WORDS not in written


def test_bik_has_its_own_columns_and_words() -> None:
    line = as_bik(WHOLE, FACETS)
    assert tuple(line) == BIK
    assert line == {
        "title": "La nuit du téléphone",
        "country": "FR",
        "languages": "fr|en",
        "target_audience": "teachers, educators and professionals|children and young people",
        "description": "Une séance sur le sommeil.",
        "link": "https://centre.example/fr/resources/nuit/",
        "topic": "excessive use",
        "age": "8-13",
        "licence": "CC-BY-4.0",
        "date": "2026-11-02",
    }


def test_what_xml_cannot_hold_is_left_out() -> None:
    page = replace(WHOLE, title="Un\x0bmot\ufffe")
    assert fromstring(tostring(as_dc(page, FACETS))).findtext("{*}title") == "Unmot"


def test_ages_are_the_whole_range() -> None:
    assert ages(["14-16", "8-10"]) == (8, 16)
    assert ages([]) is None
