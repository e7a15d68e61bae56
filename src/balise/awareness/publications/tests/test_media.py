"""A file is for everyone while a public page names it; before, and after, for those who write."""

from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from balise.awareness.publications import actions
from balise.awareness.publications.actions import editions
from balise.awareness.publications.models import Edition, PublicFile, Published, Resource, type_of
from balise.awareness.publications.rules import PICTURE_WIDTHS, size_of
from balise.awareness.publications.tests.makers import (
    film_facts,
    make_draft,
    make_kit,
    make_paper,
    make_picture,
    make_public,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.files.storage import KEPT_AT, PUBLISHED_AT

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

FIRST = size_of(PICTURE_WIDTHS[0])
THUMBNAIL = "max-165x165"  # of Wagtail's lists


def statuses(client: Client, names: Sequence[str | None], at: str = PUBLISHED_AT) -> list[int]:
    """Return what is answered to who asks for these files at a door."""
    found = []
    for name in names:
        answer = client.get(f"{at}{name}")
        found.append(answer.status_code)
        b"".join(answer)  # what is read to its end is closed
    return found


def editor() -> Client:
    client = Client()
    sign_in(client, make_account("editor"))
    return client


def publish(page: int) -> None:
    actions.publish(by=make_actor("awareness_lead"), page=page)
    actions.settle(by=SYSTEM)


def unpublish(page: int, kind: str = "sheet") -> None:
    type_of(kind).objects.get(pk=page).unpublish()


def test_a_file_is_public_with_its_page_and_no_longer(client: Client) -> None:
    picture, paper, linked = make_picture(width=500), make_paper(), make_paper()
    page = make_draft(picture=picture, paper=paper)
    text = f'<p><a linktype="document" id="{linked.pk}">Une fiche</a></p>'
    Resource.objects.filter(pk=page).update(body=text)
    Resource.objects.get(pk=page).save_revision()
    named = [picture.get_rendition(FIRST).file.name, paper.file.name, linked.file.name]
    thumbnail = [picture.get_rendition(THUMBNAIL).file.name]
    writes = editor()

    assert statuses(client, named + thumbnail) == [404] * 4
    assert statuses(writes, named + thumbnail) == [404] * 4  # that door knows nobody
    assert statuses(writes, named + thumbnail, KEPT_AT) == [200] * 4
    publish(page)
    assert statuses(client, named) == [200] * 3
    assert statuses(client, thumbnail) == [404]
    shown = client.get(f"/fr/resources/{Published.objects.get().slug}/").text
    assert all(f"{PUBLISHED_AT}{name}" in shown for name in named)
    assert KEPT_AT not in shown
    unpublish(page)
    assert statuses(client, named) == [404] * 3
    assert statuses(writes, named, KEPT_AT) == [200] * 3


def test_the_staff_door_gives_files_to_those_who_write_alone(client: Client) -> None:
    name = make_paper().file.name
    assert statuses(client, [name], KEPT_AT) == [302]
    sign_in(client, make_account("analyst"))
    assert statuses(client, [name, "documents/none.pdf"], KEPT_AT) == [403, 403]


def test_a_film_of_a_draft_is_not_had_and_one_that_expired_is_not_any_more(client: Client) -> None:
    facts = film_facts()
    page, name = make_draft(**facts), [facts["film"].file.name]
    assert statuses(client, name) == [404]
    publish(page)
    assert statuses(client, name) == [200]
    ended = clock.now() - timedelta(minutes=1)
    type_of("video").objects.filter(pk=page).update(expire_at=ended)
    actions.publish_due(by=SYSTEM)
    assert statuses(client, name) == [404]


def test_a_file_that_two_pages_name_stays_while_one_is_public(client: Client) -> None:
    paper = make_paper()
    first, second = make_public(paper=paper), make_public(paper=paper)
    unpublish(first)
    assert statuses(client, [paper.file.name]) == [200]
    unpublish(second)
    assert statuses(client, [paper.file.name]) == [404]


def test_a_file_that_a_page_does_not_name_any_more_goes(client: Client) -> None:
    paper, other = make_paper(), make_paper()
    page = make_public(paper=paper)
    row = Resource.objects.get(pk=page)
    row.paper = other
    row.save_revision().publish()
    actions.settle(by=SYSTEM)
    assert statuses(client, [paper.file.name, other.file.name]) == [404, 200]
    assert PublicFile.objects.count() == 1


def test_the_files_of_a_kit_go_with_it(client: Client) -> None:
    page = make_kit()
    editions.make_editions(by=SYSTEM)
    made = Edition.objects.get()
    names = [f"{made.folder}/{made.zip_name}"]
    assert statuses(client, names) == [200]
    unpublish(page, "kit")
    assert statuses(client, names) == [404]
    assert statuses(editor(), names, KEPT_AT) == [200]


def test_is_told_in_one_query(client: Client, django_assert_num_queries: Any) -> None:
    make_public(picture=make_picture(width=500))
    address = Published.objects.get().picture
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


def test_a_picture_runs_nothing(client: Client) -> None:
    make_public(picture=make_picture())
    answer = client.get(Published.objects.get().picture)

    assert answer.content.startswith(b"RIFF")
    assert answer["Content-Type"] == "image/webp"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_document_is_saved_and_not_shown_at_either_door(client: Client) -> None:
    paper = make_paper()
    make_public(paper=paper)
    for who, at in ((client, PUBLISHED_AT), (editor(), KEPT_AT)):
        answer = who.get(f"{at}{paper.file.name}")
        b"".join(answer)
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]


def test_an_original_is_never_handed_out(client: Client) -> None:
    picture = make_picture()
    make_public(picture=picture)
    assert statuses(client, [picture.file.name]) == [404]
    assert statuses(editor(), [picture.file.name], KEPT_AT) == [404]


@pytest.mark.parametrize("name", ["images/none.webp", "images/../../secret-key", "x", "kits/a.zip"])
def test_what_there_is_not_is_not_there(client: Client, name: str) -> None:
    assert statuses(client, [name]) == [404]
    assert statuses(editor(), [name], KEPT_AT) == [404]


def test_an_editor_sees_the_files_of_a_draft_in_its_preview() -> None:
    picture, paper = make_picture(width=500), make_paper()
    page = make_draft(picture=picture, paper=paper)
    writes = editor()
    where = f"/cms/pages/{page}/view_draft/"
    shown = writes.get(where).text
    names = [picture.get_rendition(FIRST).file.name, paper.file.name]
    assert all(f"{KEPT_AT}{name}" in shown for name in names)
    assert statuses(writes, names, KEPT_AT) == [200, 200]


def test_files_of_pages_that_were_public_before_the_upgrade_stay_public(client: Client) -> None:
    picture, paper = make_picture(width=500), make_paper()
    page = make_draft(picture=picture, paper=paper)
    publish(page)
    named = list(PublicFile.objects.values_list("name", flat=True))
    assert paper.file.name in named
    PublicFile.objects.all().delete()  # the table is new, and no page was drawn again yet
    assert statuses(client, named) == [404] * len(named)

    migrated()
    migrated()

    assert statuses(client, named) == [200] * len(named)
    assert statuses(client, [make_paper().file.name]) == [404]
    unpublish(page)
    actions.settle(by=SYSTEM)
    assert statuses(client, named) == [404] * len(named)


def migrated() -> None:
    package = "balise.awareness.publications.migrations"
    import_module(f"{package}.0007_files_are_named").name(apps, None)
