"""An edition of a kit: made once, whole, the same octets for the same contents, and never again."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.test import Client
from pptx import Presentation

from balise.awareness.publications import actions
from balise.awareness.publications.actions import editions
from balise.awareness.publications.models import Edition, Kit, Resource
from balise.awareness.publications.tests.makers import make_draft, make_kit, make_paper, make_public
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def stored(edition: Edition, name: str) -> bytes:
    with storages["publications"].open(f"{edition.folder}/{name}") as file:
        octets: bytes = file.read()
    return octets


class TestMakeEditions:
    def test_holds_parts_print_slides_card_and_a_manifest_with_their_hashes(self) -> None:
        make_kit(files=[make_paper(credit="Atelier Papier", licence="CC-BY-SA-4.0")])
        assert editions.make_editions(by=SYSTEM) == 1

        edition = Edition.objects.get()
        whole = stored(edition, edition.zip_name)
        assert sha256(whole).hexdigest() == edition.zip_sha256
        with ZipFile(BytesIO(whole)) as archive:
            names = archive.namelist()
            told = json.loads(archive.read("manifest.json"))
            for each in told["files"]:
                assert sha256(archive.read(each["name"])).hexdigest() == each["sha256"]
            licences = archive.read("LICENCES.txt").decode()
            deck = Presentation(BytesIO(archive.read("diapos-a-modifier.pptx")))
        assert names == [
            "01-atelier.pdf",
            "02-a-imprimer.pdf",
            "la-carte-de-l-adulte.pdf",
            "diapos-a-modifier.pptx",
            "tout-le-kit-a-imprimer.pdf",
            "LICENCES.txt",
            "manifest.json",
        ]
        assert told == edition.manifest
        assert "Atelier Papier" in licences
        assert [each.shapes.title.text for each in deck.slides][1] == "Atelier"
        paper = stored(edition, "tout-le-kit-a-imprimer.pdf")
        assert b"/MarkInfo" in paper or b"pdfuaid" in paper
        entry = Entry.objects.get(event="awareness.edition.made")
        assert entry.facts["number"] == 1

    def test_is_made_once_and_is_the_same_octets_after_a_crash(self) -> None:
        make_kit()
        editions.make_editions(by=SYSTEM)
        first = Edition.objects.get()
        assert editions.make_editions(by=SYSTEM) == 0

        Edition.objects.all().delete()  # killed before the row was written
        assert editions.make_editions(by=SYSTEM) == 1
        again = Edition.objects.get()
        assert (again.folder, again.zip_sha256) == (first.folder, first.zip_sha256)

    def test_waits_until_all_parts_are_public(self) -> None:
        part = make_draft(kind="workshop", title="Atelier")
        make_kit(pages=[part])
        assert editions.make_editions(by=SYSTEM) == 0

        actions.publish(by=make_actor("awareness_lead"), page=part)
        assert editions.make_editions(by=SYSTEM) == 1

    def test_stays_as_it_was_when_a_part_changes_and_a_version_says_what_changed(self) -> None:
        page = make_kit()
        editions.make_editions(by=SYSTEM)
        before = Edition.objects.get().zip_sha256
        Resource.objects.update(body="<p>Autre chose.</p>")
        kit = Kit.objects.get(pk=page)
        kit.version = 2
        with pytest.raises(ValidationError):
            kit.full_clean()
        kit.changes = "- Un mot\n- Un autre"
        kit.save_revision(clean=True).publish(skip_permission_checks=True)
        editions.make_editions(by=SYSTEM)

        last, first = Edition.objects.all()
        assert (first.number, first.zip_sha256) == (1, before)
        assert last.manifest["changes"] == ["Un mot", "Un autre"]
        kit.version = 1
        with pytest.raises(ValidationError):
            kit.full_clean()

    def test_is_refused_to_another_role(self) -> None:
        with pytest.raises(PermissionDenied):
            editions.make_editions(by=make_actor("editor"))


class TestPage:
    def test_offers_each_file_and_earlier_editions_in_few_queries(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        page = make_kit(slug="mon-kit")
        waiting = client.get("/fr/resources/mon-kit/").text
        assert "en préparation" in waiting
        editions.make_editions(by=SYSTEM)
        kit = Kit.objects.get(pk=page)
        kit.version, kit.changes = 2, "Les chiffres"
        kit.save_revision().publish(skip_permission_checks=True)
        editions.make_editions(by=SYSTEM)
        actions.settle(by=SYSTEM)

        with django_assert_num_queries(7):  # two of them: in how many workshops it was used
            shown = client.get("/fr/resources/mon-kit/")
        last, first = Edition.objects.all()
        for edition in (last, first):
            assert f"/media/{edition.folder}/{edition.zip_name}" in shown.text
        for each in last.manifest["files"]:
            assert f"/media/{last.folder}/{each['name']}" in shown.text
        assert "Les chiffres" in shown.text
        assert "3018" in shown.text
        assert "Cookie" not in shown.headers.get("Vary", "")

    def test_files_leave_as_attachments_that_run_nothing(self, client: Client) -> None:
        make_kit()
        editions.make_editions(by=SYSTEM)
        edition = Edition.objects.get()
        given = client.get(f"/media/{edition.folder}/{edition.zip_name}")
        assert given.headers["Content-Type"] == "application/zip"
        assert given.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in given.headers["Content-Security-Policy"]
        assert b"".join(given) == stored(edition, edition.zip_name)

        for name in ("print.json", "nothing.zip", "../../../manage.zip"):
            assert client.get(f"/media/{edition.folder}/{name}").status_code in {400, 404}


class TestBrand:
    def test_prints_the_name_of_a_structure_and_keeps_nothing(self, client: Client) -> None:
        make_kit(slug="mon-kit")
        editions.make_editions(by=SYSTEM)
        before = Entry.objects.count()
        given = client.post(
            "/fr/resources/mon-kit/with-a-name/",
            {"structure": "Médiathèque <du> port\u2028"},
            follow=True,
        )
        assert given["Content-Type"] == "application/pdf"
        assert given.content.startswith(b"%PDF-")
        assert given.content != stored(Edition.objects.get(), "tout-le-kit-a-imprimer.pdf")
        assert Entry.objects.count() == before
        assert client.post("/fr/resources/mon-kit/with-a-name/", {}).status_code == 422
        assert client.get("/fr/resources/mon-kit/with-a-name/Autre/").status_code == 404
        assert client.get("/fr/resources/un-autre/with-a-name/").status_code == 404
        make_public(slug="pas-un-kit")
        assert client.get("/fr/resources/pas-un-kit/with-a-name/").status_code == 404
