"""The editor's side: earlier addresses, translations that fall behind, what waits, reviews."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from wagtail.models import Page, Workflow

from balise.awareness.publications import actions, events
from balise.awareness.publications.actions import translating
from balise.awareness.publications.actions.reviewing import Asked, ask_review
from balise.awareness.publications.models import Published, Resource, Text
from balise.awareness.publications.queries import editorial
from balise.awareness.publications.rules.standing import Lack
from balise.awareness.publications.tests.makers import make_draft, make_picture, make_public
from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

DUE = "/staff/publications/due/"
LANGUAGES = "/staff/publications/languages/"


def again(page: int, **changes: Any) -> None:
    """Publish a page with changes."""
    row = Resource.objects.get(pk=page)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save_revision()
    actions.publish(by=make_actor("awareness_lead"), page=page)
    actions.settle(by=SYSTEM)


def make_both() -> tuple[int, int]:
    """Return a public page, and its public translation."""
    french = make_public(slug="ecrans")
    key = Page.objects.get(pk=french).translation_key
    return french, make_public(language="en", slug="screens", title="Screens", key=key)


class TestAMovedPage:
    def test_is_found_by_links_from_outside(self, client: Client) -> None:
        page = make_public(slug="avant")
        again(page, slug="apres")
        again(page, slug="enfin")

        for slug in ("avant", "apres"):
            answer = client.get(f"/fr/resources/{slug}/")
            assert (answer.status_code, answer["Location"]) == (301, "/fr/resources/enfin/")
        assert client.get("/fr/resources/jamais/").status_code == 404

    def test_keeps_its_addresses_from_other_pages_until_it_is_deleted(self) -> None:
        page = make_public(slug="avant")
        again(page, slug="apres")
        with pytest.raises(ValidationError, match="autre page"):
            make_draft(slug="avant")
        again(page, slug="avant")  # and it may come back

        Resource.objects.get(pk=page).delete()
        make_draft(slug="apres")

    def test_that_is_not_public_any_more_leads_nowhere(self, client: Client) -> None:
        page = make_public(slug="avant")
        again(page, slug="apres")
        Resource.objects.get(pk=page).unpublish()
        for slug in ("avant", "apres"):
            assert client.get(f"/fr/resources/{slug}/").status_code == 404

    def test_is_said_to_its_editor(self) -> None:
        page = make_public(slug="avant")
        again(page, slug="apres")
        browser = Client()
        sign_in(browser, make_account("editor"))
        assert "/fr/resources/avant/" in browser.get(f"/cms/pages/{page}/edit/").text


class TestATranslation:
    def test_falls_behind_says_so_and_is_brought_up_to_date(self, client: Client) -> None:
        french, english = make_both()
        said = "This translation is older"
        assert said not in client.get("/en/resources/screens/").text

        again(french, summary="Une autre phrase.")
        shown = client.get("/en/resources/screens/").text
        assert said in shown
        assert 'href="/fr/resources/ecrans/" lang="fr"' in shown

        editor = make_actor("editor")
        translating.confirm_translation(by=editor, page=english)
        actions.settle(by=SYSTEM)
        assert said not in client.get("/en/resources/screens/").text
        entry = Entry.objects.get(event=events.TranslationChecked.name)
        assert (entry.actor_key, entry.facts["page"]) == (editor.key, english)

    def test_that_someone_only_corrected_is_still_behind(self) -> None:
        french, english = make_both()
        again(french, summary="Une autre phrase.")
        again(english, title="Screens!")
        assert Published.objects.get(pk=english).behind == "fr"

    def test_of_a_page_that_is_no_longer_public_is_not_behind(self) -> None:
        french, english = make_both()
        again(french, summary="Une autre phrase.")
        Resource.objects.get(pk=french).unpublish()
        actions.settle(by=SYSTEM)
        assert Published.objects.get(pk=english).behind == ""

    def test_is_begun_from_a_page_as_a_draft_with_its_words(self) -> None:
        french = make_public(slug="ecrans", minutes=5)
        editor = make_actor("editor")
        begun = translating.begin_translation(by=editor, page=french, language="en")

        copy = Resource.objects.get(pk=begun)
        assert (copy.live, copy.minutes, copy.locale.language_code) == (False, 5, "en")
        assert copy.slug == "ecrans"
        with pytest.raises(translating.Translated):
            translating.begin_translation(by=editor, page=french, language="en")
        with pytest.raises(NotHere):
            translating.begin_translation(by=editor, page=french, language="de")

    def test_is_linked_to_a_page_of_its_type_that_has_none(self, client: Client) -> None:
        french = make_public(slug="ecrans")
        english = make_public(language="en", slug="screens")
        other = make_draft(language="en", kind="news")
        editor = make_actor("editor")
        with pytest.raises(translating.Translated):
            translating.link_translation(by=editor, page=other, original=french)

        translating.link_translation(by=editor, page=english, original=french)
        actions.settle(by=SYSTEM)
        assert client.get("/en/resources/ecrans/")["Location"] == "/en/resources/screens/"
        with pytest.raises(translating.Translated):
            translating.link_translation(by=editor, page=english, original=french)

    def test_is_refused_to_another_role(self) -> None:
        french, english = make_both()
        for refused in (
            lambda by: translating.begin_translation(by=by, page=french, language="en"),
            lambda by: translating.link_translation(by=by, page=english, original=french),
            lambda by: translating.confirm_translation(by=by, page=english),
        ):
            with pytest.raises(PermissionDenied):
                refused(make_actor("listener"))


class TestWhatWaits:
    def test_is_listed_with_its_day_the_oldest_first(self, client: Client) -> None:
        today = clock.today()
        make_public(slug="an", title="Un an", reviewed_on=today - timedelta(days=400))
        make_public(slug="jour", title="Un jour", review_on=date(2020, 1, 1))
        make_public(slug="bientot", review_on=today + timedelta(days=1))
        french, english = make_both()
        again(french, summary="Une autre phrase.")
        picture = make_picture()
        picture.description = ""
        picture.save()
        make_public(slug="image", title="Image", picture=picture)

        found = editorial.due(seen_by=make_actor("editor"))
        assert [(row.page.title, row.fault.lack) for row in found.lacking][:2] == [
            ("Un jour", Lack.REVIEW),
            ("Un an", Lack.REVIEW),
        ]
        assert {(row.page.page_id, row.fault.lack) for row in found.lacking[2:]} == {
            (english, Lack.TRANSLATION),
            (Published.objects.get(slug="image").pk, Lack.PICTURE),
        }
        sign_in(client, make_account("editor"))
        shown = client.get(DUE).text
        assert "Relecture échue" in shown
        assert "Traduction dépassée" in shown

    @pytest.mark.parametrize("address", [DUE, LANGUAGES])
    def test_is_shown_to_those_who_write(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 302
        for role, status in (("listener", 403), ("editor", 200), ("awareness_lead", 200)):
            sign_in(client, make_account(role))
            assert client.get(address).status_code == status, role

    def test_languages_are_worked_on_from_their_board(self, client: Client) -> None:
        french, english = make_both()
        again(french, summary="Une autre phrase.")
        lonely = make_public(slug="seule", title="Seule")
        twin = make_draft(language="en", slug="alone", title="Alone")
        sign_in(client, make_account("editor"))

        shown = client.get(LANGUAGES).text
        assert "Original modifié le" in shown
        assert shown.index("Screens") < shown.index("Seule")
        assert f'<option value="{twin}">Alone</option>' in shown

        client.post(f"/staff/publications/{english}/up-to-date/")
        client.post(f"/staff/publications/{lonely}/link/", {"page": twin})
        shown = client.get(LANGUAGES).text
        assert "Original modifié le" not in shown
        assert "Commencer la traduction" not in shown
        other = make_public(slug="autre")
        answer = client.post(f"/staff/publications/{other}/translate/en/")
        assert answer["Location"].startswith("/cms/pages/")


class TestAReview:
    def ask(self, browser: Client, page: Text) -> Account:
        editor = sign_in(browser, make_account("editor"))
        ask_review(by=actor_of(editor), page=page.pk)
        return editor

    def test_is_asked_once_by_those_who_write(self) -> None:
        page = make_draft()
        with pytest.raises(PermissionDenied):
            ask_review(by=make_actor("listener"), page=page)
        ask_review(by=make_actor("editor"), page=page)
        with pytest.raises(Asked):
            ask_review(by=make_actor("editor"), page=page)

    def test_is_asked_of_a_head_and_approved_which_publishes(self) -> None:
        page = Resource.objects.get(pk=make_draft(title="À relire"))
        browser = Client()
        editor = self.ask(browser, page)
        found = editorial.due(seen_by=make_actor("editor"))
        assert [(each.title, each.who) for each in found.asked] == [("À relire", editor.name)]

        task = page.current_workflow_task_state.pk
        action = f"/cms/pages/workflow/action/{page.pk}/approve/{task}/"
        assert browser.post(action).status_code in {302, 403}  # the editor's own
        page.refresh_from_db()
        assert not page.live

        head = Client()
        sign_in(head, make_account("awareness_lead"))
        assert head.post(action).status_code == 302
        page.refresh_from_db()
        assert page.live
        assert Entry.objects.filter(event=events.PagePublished.name).count() == 1
        assert not editorial.due(seen_by=make_actor("editor")).asked

    def test_is_refused_with_a_word_that_the_editor_reads(self, mailoutbox: list[Any]) -> None:
        page = Resource.objects.get(pk=make_draft())
        browser = Client()
        self.ask(browser, page)
        head = Client()
        sign_in(head, make_account("awareness_lead"))
        task = page.current_workflow_task_state.pk
        head.post(
            f"/cms/pages/workflow/action/{page.pk}/reject/{task}/",
            {"comment": "Il manque la source."},
        )
        page.refresh_from_db()
        assert not page.live
        assert "Il manque la source." in browser.get(f"/cms/pages/{page.pk}/edit/").text
        assert not mailoutbox  # Wagtail writes to nobody

    def test_is_the_only_one(self) -> None:
        assert Workflow.objects.active().count() == 1
