"""Writing, publishing, a moment of publication, and the public table after each of them."""

import gc
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django_tasks_db.models import DBTaskResult

from balise.awareness.publications import actions, events
from balise.awareness.publications.models import Published, Resource
from balise.awareness.publications.tests.makers import (
    make_draft,
    make_paper,
    make_picture,
    make_public,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.finding import NotHere
from balise.foundation.journal import clerk
from balise.foundation.journal.events import Event
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due

pytestmark = pytest.mark.django_db


def told(event: type[Event]) -> list[Entry]:
    return list(Entry.objects.filter(event=event.name))


class TestDraft:
    def test_is_read_by_nobody_else(self) -> None:
        page = make_draft()

        assert actions.settle(by=SYSTEM) == 0
        assert not Resource.objects.get(pk=page).live
        assert not told(events.PagePublished)

    @pytest.mark.parametrize("role", ["analyst", "listener", "steering", "partner_member"])
    def test_is_refused_to_another_role(self, role: str) -> None:
        with pytest.raises(PermissionDenied):
            make_draft(by=make_actor(role))
        with pytest.raises(PermissionDenied):
            make_draft(by=ANYONE)

    def test_needs_the_shelf_of_its_language(self) -> None:
        with pytest.raises(NotHere):
            make_draft(language="de")

    def test_leaves_no_task_of_wagtail_in_the_queue(self) -> None:
        make_draft()
        assert not DBTaskResult.objects.exists()


class TestPublish:
    def test_is_refused_to_an_editor(self) -> None:
        editor = make_actor("editor")
        page = make_draft(by=editor)

        with pytest.raises(PermissionDenied):
            actions.publish(by=editor, page=page)
        assert not Resource.objects.get(pk=page).live

    def test_tells_the_journal_who_published_what(self) -> None:
        lead = make_actor("awareness_lead")
        page = make_public(by=lead)

        (entry,) = told(events.PagePublished)
        assert entry.actor_key == lead.key
        assert entry.subject == Resource.objects.get(pk=page).translation_key
        assert entry.facts == {"page": page, "language": "fr"}

    def test_is_settled_by_the_worker_that_hears_of_it(self) -> None:
        page = make_draft()
        actions.publish(by=make_actor("awareness_lead"), page=page)

        clerk.tick()
        run_due()

        assert Published.objects.get().page_id == page


class TestKinds:
    @pytest.mark.parametrize("kind", ["workshop", "dossier", "article", "news", "questions"])
    def test_each_is_written_published_and_read(self, kind: str) -> None:
        page = make_public(kind=kind, audience=["parents"], topic=["screens"], minutes=10)

        row = Published.objects.get(pk=page)
        assert (row.kind, row.codes["kind"], row.codes["language"]) == (kind, [kind], ["fr"])
        assert row.codes["audience"] == ["parents"]
        assert row.minutes == 10
        assert row.words.startswith("ecran\n")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("audience", ["martians"]),
            ("licence", "free"),
            ("kind", "thing"),
            ("minutes", 601),
        ],
    )
    def test_a_code_that_there_is_not_is_refused(self, field: str, value: Any) -> None:
        with pytest.raises(ValidationError):
            make_draft(title="Écrans", **{field: value})

    def test_an_address_is_of_one_page_in_all_languages(self) -> None:
        page = Resource.objects.get(pk=make_draft(slug="nuit"))
        with pytest.raises(ValidationError):
            make_draft(language="en", slug="nuit")
        make_draft(language="en", slug="nuit", key=page.translation_key)

    def test_a_file_is_said_with_whom_it_names_and_its_licence(self) -> None:
        paper = make_paper(credit="Une école", licence="CC-BY-4.0")
        page = make_public(paper=paper)

        row = Published.objects.get(pk=page)
        assert row.codes["format"] == ["online", "print"]
        assert row.paper["title"] == "À imprimer"
        assert row.paper["credit"].startswith("Une école – CC-BY-4.0")


class TestUnpublish:
    def test_takes_the_page_out_and_tells_the_journal(self) -> None:
        page = make_public()
        Resource.objects.get(pk=page).unpublish()

        assert not Published.objects.exists()  # at once: no worker is waited for
        assert actions.settle(by=SYSTEM) == 0
        assert len(told(events.PageUnpublished)) == 1

    def test_a_deleted_page_is_gone_too(self) -> None:
        Resource.objects.get(pk=make_public()).delete()

        actions.settle(by=SYSTEM)
        assert not Published.objects.exists()
        assert told(events.PageUnpublished)


class TestAMoment:
    def test_publishes_at_its_minute_and_not_before(self) -> None:
        page = Resource.objects.get(pk=make_draft())
        page.go_live_at = clock.now() + timedelta(minutes=5)
        page.save_revision().publish()
        assert len(told(events.PageScheduled)) == 1

        actions.publish_due(by=SYSTEM)
        assert actions.settle(by=SYSTEM) == 0

        page.go_live_at = clock.now() - timedelta(minutes=1)
        page.save_revision(approved_go_live_at=page.go_live_at)
        actions.publish_due(by=SYSTEM)
        assert actions.settle(by=SYSTEM) == 1
        assert len(told(events.PagePublished)) == 1

    def test_that_passed_while_the_worker_was_down_is_told_as_it_was(self) -> None:
        page = Resource.objects.get(pk=make_draft())
        page.go_live_at = clock.now() - timedelta(hours=3)
        page.save_revision(approved_go_live_at=page.go_live_at)
        begun = clock.now()

        actions.publish_due(by=SYSTEM)
        actions.settle(by=SYSTEM)
        published_at = Published.objects.get().published_at
        assert published_at is not None
        assert published_at >= begun  # when everyone could read it, not when it was meant

    def test_is_refused_to_an_editor(self) -> None:
        for moved in (actions.publish_due, actions.settle):
            with pytest.raises(PermissionDenied):
                moved(by=make_actor("editor"))


class TestSettle:
    def test_does_nothing_where_nothing_changed(self) -> None:
        make_public()
        assert actions.settle(by=SYSTEM) == 0

    def test_repairs_a_row_that_is_missing_or_old(self) -> None:
        page = make_public()
        Published.objects.update(drawn_from="", title="Ancien")

        assert actions.settle(by=SYSTEM) == 1
        assert Published.objects.get(pk=page).title == "Écrans"

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_one_that_cannot_be_drawn_keeps_no_other_back(self) -> None:
        broken = Resource.objects.get(pk=make_draft())
        broken.picture = make_picture()
        broken.save_revision().publish()
        Path(broken.picture.file.path).write_bytes(b"no picture any more")
        whole = make_draft()
        actions.publish(by=make_actor("awareness_lead"), page=whole)

        for _each_minute in range(2):
            with pytest.raises(ExceptionGroup, match="cannot be drawn"):
                actions.settle(by=SYSTEM)
            assert [row.page_id for row in Published.objects.all()] == [whole]
        gc.collect()  # Wagtail leaves a file open, which is said here and in no other test

    def test_makes_the_size_of_a_picture_before_the_row(self) -> None:
        page = Resource.objects.get(pk=make_draft())
        page.picture = make_picture()
        page.save_revision().publish()

        actions.settle(by=SYSTEM)

        row = Published.objects.get()
        assert row.picture.startswith("/media/images/")
        assert row.picture.endswith(".webp")
        assert row.picture_says == "Une sarcelle."

    def test_draws_a_page_again_when_its_picture_changed(self) -> None:
        picture = make_picture()
        page = make_public(picture=picture)
        picture.description, picture.credit = "Deux sarcelles.", "Camille"
        picture.save()

        assert actions.settle(by=SYSTEM) == 1
        row = Published.objects.get(pk=page)
        assert (row.picture_says, row.picture_credit) == ("Deux sarcelles.", "Camille")
        assert actions.settle(by=SYSTEM) == 0

    def test_names_the_easy_page_once_it_is_public(self) -> None:
        easy = make_draft(slug="facile")
        page = make_public(easy_id=easy)
        assert Published.objects.get(pk=page).easy == ""

        actions.publish(by=make_actor("awareness_lead"), page=easy)
        assert actions.settle(by=SYSTEM) == 2
        assert Published.objects.get(pk=page).easy == "facile"
