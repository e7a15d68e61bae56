"""What a harvester reads: six verbs, pages that resume, records that are gone, errors."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID, uuid4
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from wagtail.models import Page

from balise.awareness.publications import actions
from balise.awareness.publications.actions import editions
from balise.awareness.publications.models import Edition, Published, Withdrawn
from balise.awareness.publications.tests.makers import make_draft, make_kit, make_public
from balise.foundation import clock
from balise.foundation.actors import SYSTEM

pytestmark = pytest.mark.django_db

COPIED = 10_000  # the first id of a copy
TITLE = "{*}record/{*}metadata/{*}dc/{*}title"


def ask(client: Client, verb: str, **arguments: str) -> Element:
    """Return the answer of one verb, `from_` being the protocol's `from`."""
    given = {name.rstrip("_"): value for name, value in arguments.items()}
    answer = client.get("/oai", {"verb": verb, **given})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return cast("Element", fromstring(answer.content))


def error(client: Client, verb: str, **arguments: str) -> str:
    found = ask(client, verb, **arguments).find("{*}error")
    return found.get("code", "") if found is not None else ""


def identifiers(answer: Element) -> list[str]:
    return [each.text or "" for each in answer.iterfind(".//{*}header/{*}identifier")]


def withdraw(page: int) -> None:
    Page.objects.get(pk=page).specific.unpublish(log_action=True)
    actions.settle(by=SYSTEM)


def make_many(count: int) -> None:
    """Publish a page, then copy its public row: the table is what the feed reads."""
    row = Published.objects.get(pk=make_public(topic=["screens"]))
    at = row.drawn_at
    assert at is not None
    rows = []
    for number in range(1, count):
        row.pk, row.key, row.slug = COPIED + number, uuid4(), f"copie-{number}"
        row.drawn_at = at + timedelta(seconds=number // 3)  # some at the same moment
        rows.append(Published(**{f.name: getattr(row, f.name) for f in Published._meta.fields}))
    Published.objects.bulk_create(rows)


class TestVerbs:
    def test_the_centre_says_who_it_is_and_that_deletions_are_for_good(
        self, client: Client
    ) -> None:
        said = ask(client, "Identify").find("{*}Identify")
        assert said is not None
        assert said.findtext("{*}baseURL") == "http://127.0.0.1:8000/oai"
        assert said.findtext("{*}deletedRecord") == "persistent"
        assert said.findtext("{*}granularity") == "YYYY-MM-DDThh:mm:ssZ"

    def test_formats_are_dublin_core_lom_and_lomfr(self, client: Client) -> None:
        said = ask(client, "ListMetadataFormats")
        prefixes = [each.text for each in said.iterfind(".//{*}metadataPrefix")]
        assert prefixes == ["oai_dc", "lom", "lomfr"]

    def test_a_page_is_a_record_in_each_format(self, client: Client) -> None:
        make_public(title="Écrans & sommeil", topic=["screens"], minutes=10)
        make_draft(title="Brouillon")

        listed = ask(client, "ListRecords", metadataPrefix="oai_dc").find("{*}ListRecords")
        assert listed is not None
        assert [each.text for each in listed.iterfind(TITLE)] == ["Écrans & sommeil"]
        (name,) = identifiers(listed)
        one = ask(client, "GetRecord", metadataPrefix="lom", identifier=name)
        assert one.findtext(".//{*}typicalLearningTime/{*}duration") == "PT10M"

    def test_a_kit_names_its_zip_and_its_parts_and_a_series_its_films(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        make_public(kind="series", slug="serie", title="Une série")
        for number in (2, 1):
            make_public(slug=f"film-{number}")
            films = Published.objects.filter(slug=f"film-{number}")
            films.update(part_of="serie", episode=number)
        make_kit(slug="kit")
        editions.make_editions(by=SYSTEM)
        with django_assert_num_queries(6):
            listed = ask(client, "ListRecords", metadataPrefix="lom")
        found = {
            each.findtext(".//{*}title/{*}string"): each for each in listed.iterfind(".//{*}lom")
        }
        whole = Edition.objects.get()
        locations = [each.text for each in found["Un kit"].iterfind("{*}technical/{*}location")]
        assert f"http://127.0.0.1:8000/media/{whole.folder}/{whole.zip_name}" in locations
        named = found["Une série"].iterfind("{*}relation/{*}resource/{*}identifier/{*}entry")
        assert [(each.text or "").split("/")[-2] for each in named] == ["film-1", "film-2"]
        kinds = found["Un kit"].iterfind("{*}relation/{*}kind/{*}value")
        assert {each.text for each in kinds} == {"haspart"}

    def test_it_is_asked_by_post_too(self, client: Client) -> None:
        make_public()
        asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
        strict = Client(enforce_csrf_checks=True)
        assert len(identifiers(fromstring(strict.post("/oai", asked).content))) == 1

    def test_a_set_holds_the_pages_of_a_topic_or_a_kind(self, client: Client) -> None:
        make_public(topic=["screens"], title="Écrans")
        make_public(topic=["money"], kind="article")

        names = [each.text for each in ask(client, "ListSets").iterfind(".//{*}setSpec")]
        assert {"topic-screens", "kind-article"} <= set(names)
        listed = ask(client, "ListRecords", metadataPrefix="oai_dc", set="topic-screens")
        assert [each.text for each in listed.iterfind(f".//{TITLE}")] == ["Écrans"]

    def test_translations_are_records_that_name_each_other(self, client: Client) -> None:
        page = Page.objects.get(pk=make_public(slug="ecrans"))
        make_public(language="en", slug="screens", key=page.translation_key)
        listed = ask(client, "ListRecords", metadataPrefix="oai_dc")
        assert len({name.rpartition("/")[0] for name in identifiers(listed)}) == 1
        related = {each.text for each in listed.iterfind(".//{*}relation")}
        assert related == {
            "http://127.0.0.1:8000/fr/resources/ecrans/",
            "http://127.0.0.1:8000/en/resources/screens/",
        }

    def test_a_list_is_few_queries_whatever_its_length(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        make_many(101)
        with django_assert_num_queries(4):
            ask(client, "ListRecords", metadataPrefix="lom")


class TestResuming:
    def test_every_record_comes_once_a_hundred_at_a_time(self, client: Client) -> None:
        make_many(205)
        first = ask(client, "ListRecords", metadataPrefix="oai_dc", set="topic-screens")
        pages, token = [identifiers(first)], first.findtext(".//{*}resumptionToken")
        while token:
            resumed = ask(client, "ListRecords", resumptionToken=token)
            pages.append(identifiers(resumed))
            token = resumed.findtext(".//{*}resumptionToken")
        assert [len(page) for page in pages] == [100, 100, 5]
        assert len({name for page in pages for name in page}) == 205

    def test_what_changes_meanwhile_comes_again_and_nothing_is_missed(self, client: Client) -> None:
        make_many(101)
        first = ask(client, "ListIdentifiers", metadataPrefix="oai_dc")
        token = first.findtext(".//{*}resumptionToken") or ""
        oldest = Published.objects.order_by("drawn_at", "key")[0]
        oldest.drawn_at = clock.now() + timedelta(hours=1)
        oldest.save()

        rest = identifiers(ask(client, "ListIdentifiers", resumptionToken=token))
        assert f"{oldest.key}/fr" in rest[-1]
        assert len(rest) == 2

    @pytest.mark.parametrize("token", ["", "x", "eyJ2ZXJiIjoi:1:abc", "a" * 5000])
    def test_a_token_that_is_not_ours_is_refused(self, client: Client, token: str) -> None:
        assert error(client, "ListRecords", resumptionToken=token) == "badResumptionToken"

    def test_a_token_of_another_verb_is_refused(self, client: Client) -> None:
        make_many(101)
        listed = ask(client, "ListIdentifiers", metadataPrefix="oai_dc")
        token = listed.findtext(".//{*}resumptionToken") or ""
        assert error(client, "ListRecords", resumptionToken=token) == "badResumptionToken"
        alone = error(client, "ListIdentifiers", resumptionToken=token, metadataPrefix="lom")
        assert alone == "badArgument"


class TestWithdrawn:
    def test_a_page_that_is_not_public_any_more_is_a_deleted_record(self, client: Client) -> None:
        page = make_public(topic=["screens"], slug="ecrans")
        (name,) = identifiers(ask(client, "ListIdentifiers", metadataPrefix="oai_dc"))
        withdraw(page)

        row = Withdrawn.objects.get()
        assert (row.slug, row.language) == ("ecrans", "fr")
        listed = ask(client, "ListRecords", metadataPrefix="lom", set="topic-screens")
        (header,) = listed.iterfind(".//{*}header")
        assert (header.get("status"), header.findtext("{*}identifier")) == ("deleted", name)
        assert listed.find(".//{*}metadata") is None
        assert error(client, "GetRecord", identifier=name, metadataPrefix="lom") == ""

    def test_a_page_that_is_public_again_is_the_same_record(self, client: Client) -> None:
        page = make_public()
        before = identifiers(ask(client, "ListIdentifiers", metadataPrefix="oai_dc"))
        withdraw(page)
        Page.objects.get(pk=page).specific.save_revision().publish()
        actions.settle(by=SYSTEM)

        listed = ask(client, "ListIdentifiers", metadataPrefix="oai_dc")
        assert identifiers(listed) == before
        assert listed.find(".//{*}header[@status]") is None
        assert not Withdrawn.objects.exists()

    def test_a_harvester_that_comes_back_hears_what_changed_since(self, client: Client) -> None:
        old = clock.now() - timedelta(days=2)
        page = make_public()
        make_public()
        Published.objects.update(drawn_at=old)
        withdraw(page)

        day = clock.now().date().isoformat()
        since = ask(client, "ListIdentifiers", metadataPrefix="oai_dc", from_=day)
        assert [each.get("status") for each in since.iterfind(".//{*}header")] == ["deleted"]
        until = ask(
            client, "ListIdentifiers", metadataPrefix="oai_dc", until=old.date().isoformat()
        )
        assert [each.get("status") for each in until.iterfind(".//{*}header")] == [None]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "ListAll"}, "badVerb"),
        ({"verb": ["Identify", "ListSets"]}, "badVerb"),
        ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "lom"]}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "hier"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2026-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "9999-12-31"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
            | {"from": "2026-01-01", "until": "2026-01-02T00:00:00Z"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
            | {"from": "2026-02-01", "until": "2026-01-01"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "noRecordsMatch"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListMetadataFormats", "identifier": "x"}, "idDoesNotExist"),
        (
            {"verb": "GetRecord", "metadataPrefix": "lom"}
            | {"identifier": f"oai:127.0.0.1:{UUID(int=1)}/fr"},
            "idDoesNotExist",
        ),
    ],
)
def test_an_error_is_one_of_the_protocol(client: Client, asked: dict[str, Any], code: str) -> None:
    answer = fromstring(client.get("/oai", asked).content)
    found = answer.find("{*}error")
    assert found is not None
    assert found.get("code") == code
    said = answer.find("{*}request")
    assert said is not None
    assert bool(said.attrib) == (code not in {"badVerb", "badArgument"})
