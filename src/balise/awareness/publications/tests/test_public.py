"""What everyone reads: from one table, in one query; and files that run nothing."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_draft, make_picture, make_public

pytestmark = pytest.mark.django_db


class TestResource:
    def test_is_read_in_one_query(self, client: Client, django_assert_num_queries: Any) -> None:
        make_public()
        row = Published.objects.get()
        with django_assert_num_queries(1):
            page = client.get(f"/fr/resources/{row.slug}/")

        assert page.status_code == 200
        assert "<p>Un paragraphe.</p>" in page.text
        assert "Cookie" not in page.headers.get("Vary", "")

    def test_is_in_its_own_language(self, client: Client) -> None:
        make_public(language="en", title="Screens")
        slug = Published.objects.get().slug

        assert client.get(f"/en/resources/{slug}/").status_code == 200
        assert client.get(f"/fr/resources/{slug}/").status_code == 404

    def test_that_is_not_published_is_not_there(self, client: Client) -> None:
        make_draft()
        assert client.get("/fr/resources/texte/").status_code == 404


class TestMedia:
    def test_a_picture_runs_nothing(self, client: Client) -> None:
        size = make_picture().get_rendition("width-20")
        answer = client.get(size.url)

        assert answer.content.startswith(b"RIFF")
        assert answer["Content-Type"] == "image/webp"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_a_document_is_saved_and_not_shown(self, client: Client) -> None:
        name = storages["publications"].save("documents/ab/a.pdf", ContentFile(b"%PDF-1.7"))
        answer = client.get(f"/media/{name}")
        answer.close()

        assert answer["Content-Disposition"].startswith("attachment")

    def test_an_original_is_never_handed_out(self, client: Client) -> None:
        picture = make_picture()
        assert client.get(picture.file.url).status_code == 404

    @pytest.mark.parametrize("name", ["images/none.webp", "images/../../secret-key", "x"])
    def test_what_there_is_not_is_not_there(self, client: Client, name: str) -> None:
        assert client.get(f"/media/{name}").status_code == 404
