"""Films: for everyone or not public, at a minute too; their page, their parts, another site."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from balise.awareness.publications import actions, events
from balise.awareness.publications.models import TYPES, Published, Video
from balise.awareness.publications.tests.makers import (
    CAPTIONS,
    film_facts,
    make_draft,
    make_film,
    make_film_file,
    make_paper,
    make_public,
)
from balise.awareness.publications.tests.test_cms import CMS, browser, change, enter
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry

__all__ = ["browser"]
pytestmark = pytest.mark.django_db

ELSEWHERE = "https://www.youtube.com/watch?v=abc"


def linked(shown: str) -> dict[str, Any]:
    """Return what a page says to machines."""
    told = shown.partition('type="application/ld+json">')[2].partition("</script>")[0]
    said: dict[str, Any] = json.loads(told)
    return said


def why_not(**facts: Any) -> dict[str, str]:
    """Return why a film may not be public, in English."""
    with override("en"):
        return dict(Video.objects.get(pk=make_draft(**film_facts(**facts))).unready())


class TestUnready:
    @pytest.mark.parametrize(
        ("facts", "field", "why"),
        [
            ({"captions": {}}, "captions", "Add captions in: Français"),
            ({"captions": {"en": CAPTIONS}}, "captions", "Add captions in: Français"),
            ({"captions": {"fr": " "}}, "captions", "Français: The file is empty."),
            ({"captions": {"fr": CAPTIONS.replace("00:09", "09:09")}}, "captions",
             "Français: Line 6: the film ends at 0:20"),
            ({"captions": {"fr": CAPTIONS.replace("00:04.000 -->", "00:50.000 -->")}}, "captions",
             "end before they begin"),
            ({"transcript": ""}, "transcript", "Write a transcript"),
            ({"transcript": "", "described": True}, "", ""),
            ({"chapters": "1:00 La fin"}, "chapters", "the film ends at 0:20"),
            ({"film": None}, "film", "Choose a film"),
            ({"outside": ELSEWHERE}, "film", "Choose a film"),
        ],
    )  # fmt: skip
    def test_says_what_everyone_needs(self, facts: Any, field: str, why: str) -> None:
        told = why_not(**facts)
        assert list(told) == ([field] if field else [])
        assert why in told.get(field, "")

    def test_a_file_to_print_is_no_film(self) -> None:
        assert "not a film" in why_not(film=make_paper())["film"]

    def test_one_elsewhere_is_at_a_known_site_and_captioned(self) -> None:
        assert why_not(film=None, outside=ELSEWHERE, access=["captions"]) == {}
        told = why_not(film=None, outside="https://films.example/1")
        assert "PeerTube, Dailymotion, YouTube" in told["outside"]
        assert "captions there" in told["access"]

    def test_keeps_it_from_being_public_by_any_way(self) -> None:
        page = make_draft(**film_facts(captions={}))
        with pytest.raises(ValidationError):
            actions.publish(by=make_actor("awareness_lead"), page=page)
        with pytest.raises(ValidationError):
            Video.objects.get(pk=page).get_latest_revision().publish()
        assert not Video.objects.get(pk=page).live


class TestAtAMinute:
    def due(self, **facts: Any) -> Video:
        page: Video = Video.objects.get(pk=make_draft(**film_facts(**facts)))
        page.save_revision(approved_go_live_at=clock.now() - timedelta(minutes=1))
        return page

    def test_what_is_due_and_not_ready_is_said_once_and_keeps_no_other_back(
        self, browser: Client
    ) -> None:
        bare = self.due(captions={}, title="Sans sous-titres")
        whole = self.due()
        for _each_minute in range(2):
            actions.publish_due(by=SYSTEM)
        actions.settle(by=SYSTEM)

        assert [row.page_id for row in Published.objects.all()] == [whole.pk]
        (entry,) = Entry.objects.filter(event=events.PageHeld.name)
        assert entry.facts == {"page": bare.pk, "language": "fr"}

        enter(browser, "editor")
        home = browser.get(CMS).text
        assert "Sans sous-titres" in home
        assert "Ajoutez des sous-titres" in home
        history = browser.get(f"{CMS}pages/{bare.pk}/history/").text
        assert "Pas publiée" in history

        bare.captions = {"fr": CAPTIONS}
        bare.save_revision().publish()
        assert "Sans sous-titres" not in browser.get(CMS).text


class TestInTheEditor:
    def form(self, page: Video, **more: str) -> dict[str, str]:
        boxes = {"captions_fr": "", "captions_en": "", "transcript": "Tout.", "chapters": ""}
        given = change(page, outside="", sheet="", part_of="", episode="0", **boxes)
        return {**given, "film": str(page.film_id), **more}

    def test_a_draft_may_lack_captions_and_a_public_page_may_not(self, browser: Client) -> None:
        page = Video.objects.get(pk=make_draft(**film_facts(captions={})))
        enter(browser, "awareness_lead")
        browser.post(f"{CMS}pages/{page.pk}/edit/", self.form(page, title="Un brouillon"))
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().title == "Un brouillon"

        for minute in ("", "2035-01-01 08:00"):
            sent = {"action-publish": "action-publish", "title": "Tapé", "go_live_at": minute}
            answer = browser.post(f"{CMS}pages/{page.pk}/edit/", self.form(page, **sent))
            assert "Ajoutez des sous-titres en" in answer.text
            assert 'value="Tapé"' in answer.text
        page.refresh_from_db()
        assert (page.live, page.scheduled_revision) == (False, None)

    def test_with_captions_it_is_public(self, browser: Client) -> None:
        page = Video.objects.get(pk=make_draft(**film_facts(captions={})))
        enter(browser, "awareness_lead")
        sent = {"action-publish": "action-publish", "captions_fr": CAPTIONS}
        browser.post(f"{CMS}pages/{page.pk}/edit/", self.form(page, **sent))
        page.refresh_from_db()
        assert (page.live, page.captions) == (True, {"fr": CAPTIONS})

    def test_several_at_once_are_refused_with_their_names(self, browser: Client) -> None:
        page = make_draft(**film_facts(captions={}, title="Nue"))
        enter(browser, "awareness_lead")
        where = f"{CMS}bulk/wagtailcore/page/publish/?next=/cms/&id={page}"
        answer = browser.post(where, follow=True)
        assert "Nue" in answer.text
        assert not Video.objects.get(pk=page).live

    def test_a_preview_plays_it(self, browser: Client) -> None:
        page = Video.objects.get(pk=make_draft(**film_facts()))
        enter(browser, "editor")
        where = f"{CMS}pages/{page.pk}/edit/preview/"
        assert browser.post(where, self.form(page)).json()["is_valid"]
        answer = browser.get(where)
        assert "media-src 'self'" in answer["Content-Security-Policy"]
        assert b'<video id="film"' in answer.content

    @pytest.mark.parametrize("kind", TYPES)
    def test_each_type_has_the_page_that_everyone_reads(self, kind: Any) -> None:
        assert kind().get_template(None) == "publications/page.html"


class TestPage:
    def test_plays_its_film_with_captions_and_chapters(self, client: Client) -> None:
        make_public(slug="nuit", **film_facts())
        answer = client.get("/fr/resources/nuit/")
        shown = answer.text

        assert "media-src 'self'" in answer["Content-Security-Policy"]
        assert "frame-src" not in answer["Content-Security-Policy"]
        assert "fullscreen=(self)" in answer["Permissions-Policy"]
        assert "autoplay=()" in answer["Permissions-Policy"]
        assert "autoplay" not in shown
        assert 'srclang="fr"' in shown
        assert 'href="?at=4#film"' in shown
        assert "#t=" not in shown
        assert ".webm#t=4" in client.get("/fr/resources/nuit/?at=4").text
        assert "#t=" not in client.get("/fr/resources/nuit/?at=5").text  # no chapter
        assert "Une enfant lit. La nuit vient." in shown

        captions = client.get("/fr/resources/nuit/captions-fr.vtt")
        assert captions.text == CAPTIONS
        assert captions["Content-Type"] == "text/vtt; charset=utf-8"
        assert client.get("/fr/resources/nuit/captions-en.vtt").status_code == 404

    def test_no_other_page_loads_a_film(self, client: Client) -> None:
        make_public(slug="fiche")
        page = client.get("/fr/resources/fiche/")
        assert page.status_code == HTTPStatus.OK
        assert "media-src" not in page["Content-Security-Policy"]

    def test_gives_the_part_that_a_player_asks_for(self, client: Client) -> None:
        page = make_public(**film_facts())
        address = Published.objects.get(pk=page).video["film"]
        part = client.get(address, HTTP_RANGE="bytes=0-3")
        assert (part.status_code, part.content) == (206, b"\x1a\x45\xdf\xa3")
        assert part["X-Content-Type-Options"] == "nosniff"
        assert part["Content-Type"] == "video/webm"
        whole: Any = client.get(address)
        assert b"".join(whole.streaming_content) == make_film_file()

    def test_says_what_it_is_to_machines(self, client: Client) -> None:
        make_public(slug="nuit", **film_facts())
        shown = client.get("/fr/resources/nuit/").text
        video = linked(shown)["video"]
        assert (video["@type"], video["duration"]) == ("VideoObject", "PT20S")
        assert video["caption"][0]["contentUrl"].endswith("/fr/resources/nuit/captions-fr.vtt")
        assert video["hasPart"][1]["startOffset"] == 4

    def test_is_found_as_captioned_and_to_watch(self) -> None:
        codes = Published.objects.get(pk=make_public(**film_facts(access=["no-sound"]))).codes
        assert codes["access"] == ["captions", "no-sound"]
        assert codes["format"] == ["watch"]

    def test_is_drawn_again_when_its_series_is_public(self) -> None:
        series = make_draft(kind="series", slug="serie")
        page = make_public(part_of_id=series, episode=2, **film_facts())
        assert Published.objects.get(pk=page).part_of == ""
        actions.publish(by=make_actor("awareness_lead"), page=series)
        actions.settle(by=SYSTEM)
        assert Published.objects.get(pk=page).part_of == "serie"


class TestSeries:
    def test_shows_its_episodes_in_order_and_each_leads_to_the_next(self, client: Client) -> None:
        series = make_public(kind="series", slug="serie", title="La série")
        film = make_film()
        for number, title in ((2, "Deux"), (1, "Un"), (3, "Trois")):
            facts = film_facts(film=film, title=title, slug=f"n{number}")
            make_public(part_of_id=series, episode=number, **facts)

        shown = client.get("/fr/resources/serie/").text
        assert "3 épisodes" in shown
        parts = linked(shown)["hasPart"]
        assert [each["name"] for each in parts] == ["Un", "Deux", "Trois"]
        assert parts[0]["url"].endswith("/fr/resources/n1/")
        assert shown.index("n1/") < shown.index("n2/") < shown.index("n3/")
        second = client.get("/fr/resources/n2/").text
        assert "Épisode 2 sur 3" in second
        ways = second.partition('class="film-next"')[2].partition("</nav>")[0]
        assert 'href="/fr/resources/n1/"' in ways
        assert 'href="/fr/resources/n3/"' in ways


class TestElsewhere:
    def test_is_asked_for_after_a_press_alone(self, client: Client, browser: Client) -> None:
        facts = film_facts(film=None, outside=ELSEWHERE, access=["captions"], chapters="")
        make_public(slug="ailleurs", **facts)
        page = client.get("/fr/resources/ailleurs/")
        assert "youtube-nocookie" not in page.text
        assert "frame-src" not in page["Content-Security-Policy"]
        assert "Google" in page.text

        framed = browser.get("/fr/resources/ailleurs/video/")  # ours refuses other sites
        policy = framed["Content-Security-Policy"]
        assert "frame-src https://www.youtube-nocookie.com;" in policy
        assert framed["Cross-Origin-Embedder-Policy"] == "unsafe-none"
        assert 'src="https://www.youtube-nocookie.com/embed/abc?rel=0"' in framed.text
        assert 'referrerpolicy="strict-origin"' in framed.text

    def test_there_is_no_such_page_of_our_own_film(self, client: Client) -> None:
        make_public(slug="nuit", **film_facts())
        assert client.get("/fr/resources/nuit/video/").status_code == 404
