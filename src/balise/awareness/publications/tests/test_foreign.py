"""What others say of a resource in our words, what is lost, and what strangers put in a feed."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, tostring

import pytest

from balise.awareness.publications.rules import feeds, linked
from balise.awareness.publications.rules.feeds import Record
from balise.awareness.publications.rules.metadata import as_dc, as_json_ld, as_lom
from balise.awareness.publications.rules.metadata.reading import (
    Lost,
    described_of,
    language_of,
    lost,
    minutes_of,
    told_of,
)
from balise.awareness.publications.tests.test_metadata import FACETS, WHOLE
from balise.foundation.limited.child import CannotWork

THEIRS = {
    "@type": "LearningResource",
    "name": "Bien dormir",
    "description": "Un guide.",
    "inLanguage": "fr-FR",
    "about": ["Écrans et sommeil", {"@type": "Thing", "name": "Mélatonine"}],
    "typicalAgeRange": "9-12",
    "timeRequired": "PT1H30M",
    "license": "http://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    "author": [{"@type": "Person", "name": "Claude Modèle"}, {"name": "Une école"}],
    "interactivityType": "active",
    "audience": {"educationalRole": "parent"},
}


def a_feed(*words: Element, error: str = "") -> bytes:
    records = "".join(
        "<record><header><identifier>oai:x:1</identifier><datestamp>2026-11-01</datestamp></header>"
        f"<metadata>{tostring(each, encoding='unicode')}</metadata></record>"
        for each in words
    )
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"{error}<ListRecords>{records}<resumptionToken>t</resumptionToken></ListRecords></OAI-PMH>"
    ).encode()


def record_of(words: Element) -> Record:
    (record,) = feeds.read_answer(feeds.parse(a_feed(words))).records
    return record


class TestSchemaOrg:
    def test_what_we_write_we_read_and_lose_nothing(self) -> None:
        said = as_json_ld(WHOLE, FACETS)
        held = described_of(told_of(said), FACETS)
        assert lost(said, held, FACETS) == ()
        assert as_json_ld(held, FACETS) == said

    def test_of_others_is_put_in_our_codes(self) -> None:
        held = described_of(told_of(THEIRS), FACETS)
        assert held.codes["topic"] == ["screens"]
        assert held.codes["age"] == ["8-10", "11-13"]
        assert held.codes["audience"] == ["parents"]
        assert (held.language, held.minutes, held.licence) == ("fr", 90, "CC-BY-SA-4.0")
        assert held.keywords == ["Mélatonine"]
        assert held.credits == {"produced_by": "Claude Modèle, Une école"}

    def test_what_is_lost_is_named(self) -> None:
        named = lost(THEIRS, described_of(told_of(THEIRS), FACETS), FACETS)
        assert set(named) == {
            Lost("inLanguage", "changed"),
            Lost("about", "changed"),
            Lost("typicalAgeRange", "changed"),
            Lost("license", "changed"),
            Lost("author", "not-held"),
            Lost("interactivityType", "not-held"),
            Lost("audience", "changed"),
        }

    def test_is_found_in_a_page_and_in_a_graph(self) -> None:
        thing = json.dumps({"@graph": [{"@type": "WebSite", "name": "x"}, THEIRS]})
        page = f'<p>a<script>1<2</script><script type="application/ld+json">{thing}</script>'
        assert json.loads(linked.parse(page.encode()))["name"] == "Bien dormir"
        assert json.loads(linked.parse(thing.encode()))["name"] == "Bien dormir"

    @pytest.mark.parametrize(
        ("octets", "code"),
        [
            (b"<p>Rien</p>", "no-json-ld"),
            (b"{", "not-json"),
            (b"[" * 100_000, "not-json"),
            (b'{"@type": "Thing"}', "no-json-ld"),
        ],
    )
    def test_what_has_none_is_refused(self, octets: bytes, code: str) -> None:
        with pytest.raises(CannotWork) as refused:
            linked.parse(octets)
        assert refused.value.code == code


class TestFeeds:
    def test_lom_that_we_write_we_read(self) -> None:
        told = record_of(as_lom(WHOLE, FACETS)).told
        assert told is not None
        held = described_of(told, FACETS)
        for name in ("title", "summary", "address", "language", "minutes", "publisher"):
            assert getattr(held, name) == getattr(WHOLE, name)
        for facet in ("audience", "age", "topic", "level", "competence"):
            assert set(held.codes[facet]) == set(WHOLE.codes[facet])
        assert held.licence == WHOLE.licence
        assert held.credits == {"produced_by": "Une école"}
        assert held.published_at == WHOLE.published_at

    def test_dublin_core_that_we_write_we_read(self) -> None:
        told = record_of(as_dc(WHOLE, FACETS)).told
        assert told is not None
        held = described_of(told, FACETS)
        assert (held.title, held.kind, held.licence) == (WHOLE.title, "workshop", "CC-BY-4.0")
        assert held.codes["topic"] == ["screens"]
        assert held.keywords == ["dormir"]

    def test_words_that_are_not_read_leave_the_record(self) -> None:
        assert record_of(Element("marc")).told is None

    def test_an_error_and_a_token_are_read(self) -> None:
        answer = feeds.read_answer(feeds.parse(a_feed(error='<error code="noRecordsMatch"/>')))
        assert (answer.error, answer.token) == ("noRecordsMatch", "t")

    @pytest.mark.parametrize(
        ("octets", "code"),
        [
            (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document-type-refused"),
            (b"<a>", "not-xml"),
            (b"<rss/>", "not-oai-pmh"),
        ],
    )
    def test_what_is_no_feed_is_refused(self, octets: bytes, code: str) -> None:
        with pytest.raises(CannotWork) as refused:
            feeds.parse(octets)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "minutes"), [("PT45M", 45), ("PT2H", 120), ("P1DT1H", 60), ("45", 0), ("PT99H", 600)]
)
def test_durations_are_minutes(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


def test_a_language_is_two_letters() -> None:
    assert [language_of(text) for text in ("fr-FR", "fre", "EN", "")] == ["fr", "fr", "en", ""]


def test_ages_without_an_end_reach_the_oldest() -> None:
    told = replace(told_of(THEIRS), ages="14+", dates={"published": "2026-01-02"})
    held = described_of(told, FACETS)
    assert held.codes["age"] == ["14-16", "17-18"]
    assert held.published_at == datetime(2026, 1, 2, tzinfo=UTC)
