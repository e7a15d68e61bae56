"""What everyone reads: from one table, in one query; and files that run nothing."""

import json
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from wagtail.models import Page

from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_draft, make_public
from balise.awareness.publications.web.public import PART
from balise.foundation.actors import Actor
from balise.foundation.web import pages
from balise.foundation.web.pages import Part

pytestmark = pytest.mark.django_db


class TestPage:
    def test_is_read_in_few_queries(self, client: Client, django_assert_num_queries: Any) -> None:
        make_public()
        row = Published.objects.get()
        with django_assert_num_queries(4):
            page = client.get(f"/fr/resources/{row.slug}/")

        assert page.status_code == 200
        assert "<p>Un paragraphe.</p>" in page.text
        assert "Cookie" not in page.headers.get("Vary", "")
        assert len(page.content) < 100_000

    def test_shows_below_its_text_what_another_module_asks(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []

        def ask(about: Published, _seen_by: Actor) -> Part:
            asked.append(about.title)
            return Part("publications/parts.html#follow", None)

        make_public(slug="ecrans", title="Écrans")
        assert "par RSS" not in client.get("/fr/resources/ecrans/").text
        monkeypatch.setitem(pages._FILLS, PART, [ask])
        assert "par RSS" in client.get("/fr/resources/ecrans/").text
        assert asked == ["Écrans"]

    def test_without_a_translation_is_read_in_its_own_language_which_is_said(
        self, client: Client
    ) -> None:
        make_public(language="en", title="Screens", slug="screens")

        assert "alert-note" not in client.get("/en/resources/screens/").text
        french = client.get("/fr/resources/screens/")
        assert french.status_code == 200
        assert "Langue du texte\u202f: Anglais" in french.text
        assert '<article lang="en">' in french.text
        assert '<span aria-current="page" lang="en">Screens</span>' in french.text

    def test_with_a_translation_leads_there(self, client: Client) -> None:
        page = Page.objects.get(pk=make_public(slug="ecrans"))
        make_public(language="en", title="Screens", slug="screens", key=page.translation_key)

        shown = client.get("/fr/resources/ecrans/").text
        assert 'href="/en/resources/ecrans/" lang="en"' in shown  # of the header
        answer = client.get("/en/resources/ecrans/")
        assert answer["Location"] == "/en/resources/screens/"
        assert 'hreflang="en" href="http://127.0.0.1:8000/en/resources/screens/"' in shown

    def test_has_its_easy_page_beside_it_and_back(self, client: Client) -> None:
        easy = make_public(slug="ecrans-facile")
        make_public(slug="ecrans", easy_id=easy)

        assert 'href="/fr/resources/ecrans-facile/"' in client.get("/fr/resources/ecrans/").text
        assert 'href="/fr/resources/ecrans/"' in client.get("/fr/resources/ecrans-facile/").text

    def test_of_a_topic_that_harms_is_not_named_in_a_history(self, client: Client) -> None:
        make_public(slug="mots", title="Harcèlement", topic=["bullying"])
        shown = client.get("/fr/resources/mots/").text
        assert "Harcèlement" not in shown.partition("</title>")[0]
        assert "<h1>Harcèlement</h1>" in shown

    def test_says_what_it_is_to_machines_and_ends_no_script(self, client: Client) -> None:
        make_public(slug="ecrans", title="</script><b>", minutes=10)
        shown = client.get("/fr/resources/ecrans/").text
        data = shown.partition('type="application/ld+json">')[2].partition("</script>")[0]
        said = json.loads(data)
        assert (said["name"], said["timeRequired"]) == ("</script><b>", "PT10M")

    def test_a_dossier_shows_and_counts_what_has_its_topics(self, client: Client) -> None:
        make_public(slug="dossier", kind="dossier", topic=["screens"], title="Dormir")
        make_public(slug="un", topic=["screens"])
        make_public(slug="deux", topic=["money"])

        shown = client.get("/fr/resources/dossier/").text
        assert "1 ressource dans ce dossier" in shown
        assert 'href="/fr/resources/un/"' in shown
        assert 'href="/fr/resources/deux/"' not in shown
        assert 'href="/fr/resources/dossier/"' in client.get("/fr/resources/un/").text


class TestForMachines:
    def test_the_feed_has_the_newest_of_a_language(self, client: Client) -> None:
        make_public(slug="ecrans", title="Écrans & sommeil")
        make_public(language="en", slug="screens")

        feed = fromstring(client.get("/fr/resources/feed.xml").content)
        assert [each.text for each in feed.iter("guid")] == [
            "http://127.0.0.1:8000/fr/resources/ecrans/"
        ]
        assert feed.findtext("channel/item/title") == "Écrans & sommeil"

    def test_the_map_has_each_page_with_its_languages(self, client: Client) -> None:
        page = Page.objects.get(pk=make_public(slug="ecrans"))
        make_public(language="en", slug="screens", key=page.translation_key)
        make_draft(slug="brouillon")

        answer = client.get("/sitemap.xml")
        assert answer["Content-Type"] == "application/xml"
        places = [
            each.text for each in fromstring(answer.content).iter() if each.tag.endswith("loc")
        ]
        assert places[2:] == [
            "http://127.0.0.1:8000/fr/resources/ecrans/",
            "http://127.0.0.1:8000/en/resources/screens/",
        ]
        assert answer.text.count('hreflang="en"') == 2

    def test_that_is_not_published_is_not_there(self, client: Client) -> None:
        make_draft()
        assert client.get("/fr/resources/texte/").status_code == 404
