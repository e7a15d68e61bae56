"""`balise harvest` and `balise resource read`: real servers on this machine, some of them bad."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import Page

from balise.awareness.publications.actions.harvesting import harvest
from balise.awareness.publications.events import RecordHarvested
from balise.awareness.publications.models import Harvested, Resource
from balise.awareness.publications.rules.feeds import ForeignResource, Record
from balise.awareness.publications.tests.makers import make_public
from balise.awareness.publications.tests.sites import Said, a_site
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

FORMATS = "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
FORMATS += "</metadataFormat></ListMetadataFormats>"
RECORD = Record(
    identifier="oai:site.example:1",
    changed="2026-11-01",
    told=ForeignResource(
        title="Bien <dormir>",
        summary="Un guide.",
        address="https://site.example/dormir",
        language="fre",
        publisher="Une ville",
        subjects=["Écrans et sommeil", "nuit"],
        rights=["https://creativecommons.org/licenses/by-sa/4.0/"],
        credits={"produced_by": "Une école"},
    ),
)


@pytest.fixture(autouse=True)
def _this_machine_may_be_asked(settings: Settings, tmp_path: Path) -> None:
    settings.DEMONSTRATION, settings.TRACER_SOCKET = True, tmp_path / "nobody.sock"


def feed(words: str) -> Said:
    xmlns = "http://www.openarchives.org/OAI/2.0/"
    return 200, f'<OAI-PMH xmlns="{xmlns}">{words}</OAI-PMH>'.encode(), ""


def dc(number: int, language: str = "fr") -> str:
    return (
        f"<record><header><identifier>oai:x:{number}</identifier>"
        "<datestamp>2026-11-01</datestamp></header><metadata><dc>"
        f"<title>Titre {number}</title><language>{language}</language></dc></metadata></record>"
    )


def run(*words: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def fates(address: str) -> list[str]:
    return [each["fate"] for each in run("harvest", address)]


class TestHarvest:
    def test_a_record_is_a_draft_with_its_source_and_its_licence(self) -> None:
        editor = make_actor("editor")
        found = harvest(by=editor, source="https://site.example/oai", record=RECORD)

        page = Resource.objects.get(pk=found.page)
        assert not page.live
        assert (page.title, page.licence, page.publisher) == (
            "Bien <dormir>", "CC-BY-SA-4.0", "partner",
        )  # fmt: skip
        assert (page.produced_by, page.topic, page.keywords) == ("Une école", ["screens"], "nuit")
        assert '<a href="https://site.example/dormir">' in page.body
        for words in ("Une ville", "creativecommons.org/licenses/by-sa/4.0/", "site.example/oai"):
            assert words in page.body
        assert Entry.objects.get(event=RecordHarvested.name).actor_key == editor.key

    def test_is_refused_to_who_does_not_write(self) -> None:
        with pytest.raises(PermissionDenied):
            harvest(by=make_actor("listener"), source="https://site.example/", record=RECORD)

    def test_our_own_feed_is_harvested_once(self, client: Client) -> None:
        make_public(title="Écrans", topic=["screens"], minutes=20, licence="CC-BY-NC-4.0")

        asked = {"verb": "ListRecords", "metadataPrefix": "lom"}
        listed = client.get("/oai", asked).content
        formats = client.get("/oai", {"verb": "ListMetadataFormats"}).content

        def says(_path: str, asked: dict[str, str]) -> Said:
            return 200, listed if asked["verb"] == "ListRecords" else formats, ""

        with a_site(says) as address:
            assert fates(address) == ["drafted"]
            assert fates(address) == ["known"]
            Resource.objects.get(live=False).delete()
            assert fates(address) == ["known"]
        assert Harvested.objects.count() == 1

    def test_each_record_has_a_fate_of_its_own(self) -> None:
        gone = '<record><header status="deleted"><identifier>oai:x:9</identifier></header></record>'
        other = dc(3).replace("dc>", "marc>")

        def says(_path: str, asked: dict[str, str]) -> Said:
            listed = dc(1) + dc(2, "de") + other + dc(4).replace("Titre 4", "") + gone
            is_list = asked["verb"] == "ListRecords"
            return feed(f"<ListRecords>{listed}</ListRecords>" if is_list else FORMATS)

        with a_site(says) as address:
            expected = ["drafted", "language-not-read", "form-not-read", "no-title"]
            assert fates(address) == [*expected, "deleted-there"]


def bomb() -> Said:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
    )
    return 200, f"<!DOCTYPE x [{entities}]><x>&i;</x>".encode(), ""


BAD = {
    "bomb": (bomb(), "entities of its own"),
    "private": ((302, b"", "http://169.254.169.254/latest/"), "private address"),
    "huge": ((200, b" " * 5_000_001, ""), "longer than 5 MB"),
    "circle": ((302, b"", "/oai"), "leads on more than five times"),
    "broken": ((500, b"", ""), "http-500"),
    "html": ((200, b"<html></html>", ""), "not of OAI-PMH"),
    "fault": (feed('<error code="badVerb"/>'), "badVerb"),
}


class TestABadFeed:
    @pytest.mark.parametrize("bad", BAD)
    def test_ends_in_a_clear_word_and_what_came_before_stays(self, bad: str) -> None:
        answer, words = BAD[bad]

        def says(_path: str, asked: dict[str, str]) -> Said:
            if asked.get("verb") == "ListMetadataFormats":
                return feed(FORMATS)
            if "metadataPrefix" in asked:
                token = "<resumptionToken>next</resumptionToken>"
                return feed(f"<ListRecords>{dc(1)}{token}</ListRecords>")
            return answer

        with a_site(says) as address, pytest.raises(CommandError, match=words):
            fates(f"{address}/oai")
        assert Page.objects.filter(title="Titre 1", live=False).count() == 1

    def test_whose_token_leads_in_a_circle_ends(self) -> None:
        def says(_path: str, asked: dict[str, str]) -> Said:
            token = "<resumptionToken>again</resumptionToken>"
            is_list = asked["verb"] == "ListRecords"
            listed = f"<ListRecords>{dc(1)}{dc(2)}{token}</ListRecords>"
            return feed(listed if is_list else FORMATS)

        with a_site(says) as address, pytest.raises(CommandError, match="in a circle"):
            fates(address)
        assert Harvested.objects.count() == 2

    @pytest.mark.parametrize("address", ["http://10.0.0.1/oai", "file:///etc/passwd", "oai", "x:y"])
    def test_of_a_private_address_is_not_asked(self, address: str) -> None:
        with pytest.raises(CommandError):
            fates(address)


class TestResource:
    def test_a_page_of_ours_is_read_whole(self, client: Client, tmp_path: Path) -> None:
        make_public(slug="ecrans", title="Écrans", topic=["screens"], minutes=20)
        page = tmp_path / "page.html"
        page.write_bytes(client.get("/fr/resources/ecrans/").content)

        (told,) = run("resource", "read", str(page))
        assert told["held"]["name"] == "Écrans"
        assert told["lost"] == []

    def test_what_is_lost_of_others_is_named(self) -> None:
        thing = {"@type": "LearningResource", "name": "Dormir", "interactivityType": "active"}
        with a_site(lambda _path, _asked: (200, json.dumps(thing).encode(), "")) as address:
            (told,) = run("resource", "read", address)
        assert told["lost"] == [{"name": "interactivityType", "why": "not-held"}]

    def test_a_page_without_a_resource_says_so(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text("<p>Rien</p>")
        with pytest.raises(CommandError, match="no JSON-LD"):
            run("resource", "read", str(page))
