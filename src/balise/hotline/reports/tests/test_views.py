"""Views of the queue that a person saves: named filters, one's own alone."""

import re
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.hotline.reports.actions import viewing
from balise.hotline.reports.models import SavedView
from balise.hotline.reports.queries import listing, views
from balise.hotline.reports.rules.views import (
    MOST_VIEWS,
    NoFilters,
    TooManyViews,
    ViewNameWrong,
    check_room,
    read_filters,
    read_name,
)
from balise.hotline.reports.tests.makers import ANALYST, LISTENER, SECOND_ANALYST, make_content

QUEUE = "/staff/hotline/queue/"
VIEWS = f"{QUEUE}views/"
CSAM = {"category": "csam"}


class TestTheRules:
    def test_a_name_is_one_line_of_some_characters(self) -> None:
        assert read_name("  Old \n ones ", taken=["Other"]) == "Old ones"
        assert read_name("x" * 40, taken=[])
        for wrong in ("", " \n ", "x" * 41, "OLD ones"):
            with pytest.raises(ViewNameWrong):
                read_name(wrong, taken=["Old ones"])

    def test_a_view_keeps_filters_and_no_short_number(self) -> None:
        assert read_filters({"category": "csam", "age": "", "ref": "0123abcd"}) == CSAM
        with pytest.raises(NoFilters):
            read_filters({"ref": "0123abcd"})

    def test_there_is_an_end_to_them(self) -> None:
        check_room(MOST_VIEWS - 1)
        with pytest.raises(TooManyViews):
            check_room(MOST_VIEWS)


def names_of(reader: Actor) -> list[str]:
    return [one.name for one in views.own_views(seen_by=reader)]


@pytest.mark.django_db
class TestOnesOwn:
    def test_are_saved_renamed_deleted_and_brought_back(self) -> None:
        every = {"state": "any", "category": "csam", "age": "3d", "of": "a" * 64, "mine": "on"}
        view_id = viewing.save_view(name="Old", filters=every, by=ANALYST)
        viewing.save_view(name="a list", filters=CSAM, by=ANALYST)
        assert views.own_view(view_id=view_id, seen_by=ANALYST).filters == every
        assert names_of(ANALYST) == ["a list", "Old"]
        assert names_of(SECOND_ANALYST) == []

        viewing.rename_view(view_id=view_id, name="OLD", by=ANALYST)
        viewing.delete_view(view_id=view_id, by=ANALYST)
        assert names_of(ANALYST) == ["a list"]
        for _twice in range(2):
            assert viewing.restore_view(view_id=view_id, by=ANALYST).filters == every
        assert names_of(ANALYST) == ["a list", "OLD"]
        assert not Entry.objects.exists()  # how someone sorts their list is no fact

    def test_a_name_is_given_once(self) -> None:
        first = viewing.save_view(name="Old", filters=CSAM, by=ANALYST)
        other = viewing.save_view(name="New", filters=CSAM, by=ANALYST)
        viewing.save_view(name="Old", filters=CSAM, by=SECOND_ANALYST)
        with pytest.raises(ViewNameWrong):
            viewing.save_view(name="old", filters=CSAM, by=ANALYST)
        with pytest.raises(ViewNameWrong):
            viewing.rename_view(view_id=other, name="OLD", by=ANALYST)
        viewing.delete_view(view_id=first, by=ANALYST)
        viewing.rename_view(view_id=other, name="Old", by=ANALYST)
        with pytest.raises(ViewNameWrong):
            viewing.restore_view(view_id=first, by=ANALYST)

    def test_are_so_many_at_most(self) -> None:
        ids = [
            viewing.save_view(name=f"View {each}", filters=CSAM, by=ANALYST)
            for each in range(MOST_VIEWS)
        ]
        with pytest.raises(TooManyViews):
            viewing.save_view(name="One more", filters=CSAM, by=ANALYST)
        viewing.delete_view(view_id=ids[0], by=ANALYST)
        viewing.save_view(name="One more", filters=CSAM, by=ANALYST)
        with pytest.raises(TooManyViews):
            viewing.restore_view(view_id=ids[0], by=ANALYST)

    def test_are_not_there_for_anyone_else(self) -> None:
        view_id = viewing.save_view(name="Old", filters=CSAM, by=ANALYST)
        for one, by in ((view_id, SECOND_ANALYST), (uuid4(), ANALYST)):
            with pytest.raises(NotHere):
                viewing.rename_view(view_id=one, name="Mine", by=by)
            with pytest.raises(NotHere):
                viewing.delete_view(view_id=one, by=by)
            with pytest.raises(NotHere):
                viewing.restore_view(view_id=one, by=by)
            with pytest.raises(NotHere):
                views.own_view(view_id=one, seen_by=by)
        assert names_of(ANALYST) == ["Old"]

    def test_are_for_who_reads_the_queue(self) -> None:
        with pytest.raises(PermissionDenied):
            viewing.save_view(name="Old", filters=CSAM, by=LISTENER)
        with pytest.raises(PermissionDenied):
            viewing.rename_view(view_id=uuid4(), name="Old", by=LISTENER)
        with pytest.raises(PermissionDenied):
            viewing.delete_view(view_id=uuid4(), by=LISTENER)
        with pytest.raises(PermissionDenied):
            viewing.restore_view(view_id=uuid4(), by=LISTENER)
        with pytest.raises(PermissionDenied):
            views.own_views(seen_by=LISTENER)

    def test_go_a_day_after_they_are_deleted_and_with_their_account(self) -> None:
        stays, leaves = make_account("analyst"), make_account("analyst", email="b@centre.example")
        kept, dropped = (
            viewing.save_view(name=name, filters=CSAM, by=actor_of(stays)) for name in "ab"
        )
        theirs = viewing.save_view(name="a", filters=CSAM, by=actor_of(leaves))
        viewing.delete_view(view_id=dropped, by=actor_of(stays))
        assert not rows_due("hotline.views", now())
        Account.objects.filter(id=leaves.id).update(is_active=False)
        assert rows_due("hotline.views", now()) == [theirs]
        tomorrow = now() + timedelta(days=1)
        assert set(rows_due("hotline.views", tomorrow)) == {theirs, dropped}

        assert erase_rows("hotline.views", [theirs, dropped]) == 2
        assert SavedView.objects.get().id == kept


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


@pytest.mark.django_db
@pytest.mark.usefixtures("analyst")
class TestThePage:
    def test_filters_are_saved_and_stand_among_the_views(self, client: Client) -> None:
        make_content("https://photos.example/a", category="csam")
        assert VIEWS not in client.get(QUEUE).text
        page = client.get(f"{QUEUE}?category=csam&host=photos.example").text
        form = page[page.index(f'action="{VIEWS}"') :]
        given = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', form))
        assert (
            given.items() >= {"category": "csam", "of": listing.host_code("photos.example")}.items()
        )

        answer = client.post(VIEWS, {**given, "name": "Photos"})

        one = SavedView.objects.get()
        assert "photos" not in repr([one.filters, answer["Location"]])
        page = client.get(answer["Location"]).text
        chip = re.search(r'<a class="q-chip q-own"[^>]*aria-current="page">\s*<bdi>(\w+)', page)
        assert chip
        assert chip[1] == "Photos"
        assert f"{VIEWS}{one.id}/rename/" in page
        assert "<bdi>Photos</bdi>" in client.get(QUEUE).text

    def test_one_is_renamed_deleted_and_that_is_undone(self, client: Client) -> None:
        client.post(VIEWS, {**CSAM, "name": "Photos"})
        one = SavedView.objects.get()
        page = client.post(f"{VIEWS}{one.id}/rename/", {"name": "Pictures"}, follow=True).text
        assert "<bdi>Pictures</bdi>" in page
        page = client.post(f"{VIEWS}{one.id}/delete/", follow=True).text
        assert "<bdi>Pictures</bdi>" not in page
        undo = re.search(r'form="undo" formaction="([^"]+)"', page)
        assert undo
        assert "<bdi>Pictures</bdi>" in client.post(undo[1], follow=True).text

    def test_a_name_that_is_refused_stays_as_it_was_typed(self, client: Client) -> None:
        client.post(VIEWS, {**CSAM, "name": "Photos"})
        client.post(VIEWS, {"category": "hate", "name": "Hate"})
        again = client.post(VIEWS, {"category": "hate", "age": "3d", "name": "photos"})
        assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'value="photos"' in again.text
        assert '<input type="hidden" name="age" value="3d">' in again.text
        hate = SavedView.objects.get(name="Hate")
        for name in ("Photos", "", "x" * 41):
            answer = client.post(f"{VIEWS}{hate.id}/rename/", {"name": name})
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert f"{VIEWS}{hate.id}/rename/" in answer.text
        bare = client.post(VIEWS, {"name": "All"})
        assert bare.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'value="All"' in bare.text

    def test_another_s_view_is_not_there(self, client: Client) -> None:
        theirs = viewing.save_view(name="Old", filters=CSAM, by=ANALYST)
        for act in ("rename", "delete", "restore"):
            answer = client.post(f"{VIEWS}{theirs}/{act}/", {"name": "Mine"})
            assert answer.status_code == HTTPStatus.NOT_FOUND
