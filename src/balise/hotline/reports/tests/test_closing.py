"""Contents closed together: listed, refused by name, undone as one, final after ten minutes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, assessing, claiming, closing, dialogue
from balise.hotline.reports.models import Assessment, Closing, Content
from balise.hotline.reports.queries import closing as queries, listing, receipts
from balise.hotline.reports.queries.listing import Filters
from balise.hotline.reports.rules.closing import UNDO_FOR, NotTogether, NotToUndo, Obstacle
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tasks import working
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    SECOND_ANALYST,
    make_content,
    make_decided,
    make_report,
)

pytestmark = pytest.mark.django_db

QUEUE = "/staff/hotline/queue/"
DECIDED = "hotline.content.decided"


def adverts(count: int = 2) -> list[Content]:
    return [make_content(f"https://advert{n}.example/", category="shocking") for n in range(count)]


def shown(*contents: Content) -> dict[UUID, str]:
    """Return contents as a page of the queue shows them now, each with its stamp."""
    found = Content.objects.filter(id__in=[one.id for one in contents])
    return {one.id: listing.stamp_of(one) for one in found}


def close(*contents: Content) -> UUID:
    return closing.close_together(chosen=shown(*contents), by=ANALYST)


def after_ten_minutes() -> int:
    return closing.take_effect(at=now() + UNDO_FOR, by=SYSTEM)


class TestWhatIsNeverClosedTogether:
    @pytest.mark.parametrize(
        ("given", "obstacle"),
        [
            ({"danger": True, "category": "shocking"}, Obstacle.DANGER),
            ({"age_band": "13-15", "category": "shocking"}, Obstacle.MINOR),
            ({"category": "csam"}, Obstacle.PROTECTED),
            ({"category": "terrorism"}, Obstacle.PROTECTED),
        ],
    )
    def test_is_named_with_its_reason(self, given: dict[str, object], obstacle: Obstacle) -> None:
        grave = make_content("https://grave.example/", **given)
        (advert,) = adverts(1)

        told = {
            one.row.id: one.obstacles
            for one in queries.would_close(shown(grave, advert), seen_by=ANALYST)
        }
        assert told == {grave.id: (obstacle,), advert.id: ()}
        with pytest.raises(NotTogether):
            close(grave, advert)
        assert set(Content.objects.values_list("state", flat=True)) == {ContentState.WAITING}

    def test_what_changed_since_the_page_was_drawn(self) -> None:
        (advert,) = adverts(1)
        page = shown(advert)
        make_report("https://advert0.example/", category="shocking")

        assert _obstacles(page) == (Obstacle.CHANGED,)
        with pytest.raises(NotTogether):
            closing.close_together(chosen=page, by=ANALYST)

    def test_what_its_reporter_added_to(self) -> None:
        report, receipt = make_report("https://advert.example/", category="shocking")
        page = shown(report.contents.get())
        write(receipt)

        assert _obstacles(page) == (Obstacle.CHANGED,)

    def test_what_the_page_did_not_show(self) -> None:
        (advert,) = adverts(1)

        assert _obstacles({advert.id: ""}) == (Obstacle.NOT_SHOWN,)

    def test_what_someone_works_on_or_has_decided(self) -> None:
        (advert,) = adverts(1)
        page = shown(advert)
        claiming.claim(content_id=advert.id, by=SECOND_ANALYST)
        assert _obstacles(page) == (Obstacle.HELD,)

        decided = make_decided()
        assert _obstacles(shown(decided)) == (Obstacle.NOT_WAITING,)

    def test_more_than_a_page_or_nothing(self) -> None:
        page = shown(*adverts(51))

        with pytest.raises(NotTogether):
            closing.close_together(chosen=page, by=ANALYST)
        with pytest.raises(NotTogether):
            closing.close_together(chosen={uuid4(): "x"}, by=ANALYST)

    def test_is_for_who_may(self) -> None:
        with pytest.raises(PermissionDenied):
            closing.close_together(chosen={}, by=LISTENER)
        with pytest.raises(PermissionDenied):
            queries.would_close({}, seen_by=LISTENER)


class TestTenMinutes:
    def test_the_queue_is_rid_of_them_at_once_and_nobody_outside_hears(self) -> None:
        report, receipt = make_report("https://advert.example/", category="shocking")
        content = report.contents.get()

        close(content)

        assert listing.queue(filters=Filters(), after=None, seen_by=ANALYST).rows == ()
        assert not Entry.objects.filter(event=DECIDED).exists()
        assert not Assessment.objects.exists()
        (standing,) = receipts.followed(receipt).standings
        assert str(standing.label) == "En cours d’examen"
        assert Entry.objects.get(event="hotline.content.closing").actor_key == ANALYST.key

    def test_they_take_effect_once_however_often_and_late_the_worker_comes(self) -> None:
        contents = adverts(3)
        close(*contents)

        assert closing.take_effect(at=now() + UNDO_FOR - timedelta(seconds=1), by=SYSTEM) == 0
        hour_later = now() + timedelta(hours=1)
        assert closing.take_effect(at=hour_later, by=SYSTEM) == 3
        assert closing.take_effect(at=hour_later, by=SYSTEM) == 0

        for content in Content.objects.all():
            assert (content.state, content.verdict) == (ContentState.CLOSED, Verdict.OUT_OF_SCOPE)
            assert content.closing is None
        assert Entry.objects.filter(event=DECIDED).count() == 3
        assert {entry.actor_key for entry in Entry.objects.filter(event=DECIDED)} == {ANALYST.key}
        assert set(Assessment.objects.values_list("by", flat=True)) == {ANALYST.key}
        batch = Closing.objects.get()
        assert (batch.asked, batch.closed) == (3, 3)
        assert set(Content.objects.values_list("decided_at", flat=True)) == {batch.effective_at}

    def test_the_worker_ends_them(self) -> None:
        close(*adverts(1))
        with clock.at(now() + UNDO_FOR):
            working.end_closings.func()

        assert Content.objects.get().state == ContentState.CLOSED

    def test_a_worker_that_dies_in_the_middle_leaves_them_whole(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        close(*adverts(3))
        first, calls = assessing.move_on, []

        def dies(*args: Any, **kwargs: Any) -> ContentState:
            calls.append(1)
            if len(calls) > 1:
                raise RuntimeError("killed")
            return first(*args, **kwargs)

        with monkeypatch.context() as patched:
            patched.setattr(assessing, "move_on", dies)
            with pytest.raises(RuntimeError):
                after_ten_minutes()
        assert not Entry.objects.filter(event=DECIDED).exists()
        assert set(Content.objects.values_list("state", flat=True)) == {ContentState.CLOSING}

        assert after_ten_minutes() == 3
        assert Entry.objects.filter(event=DECIDED).count() == 3

    def test_undone_as_one_they_wait_as_before(self) -> None:
        contents = adverts(2)
        before = {one.id: (one.priority, one.first_reported_at) for one in contents}
        batch = close(*contents)

        assert closing.undo(closing_id=batch, by=ANALYST) == 2

        assert after_ten_minutes() == 0
        assert {
            one.id: (one.priority, one.first_reported_at)
            for one in Content.objects.filter(state=ContentState.WAITING)
        } == before
        assert Entry.objects.filter(event="hotline.content.closing-undone").count() == 2

    def test_a_lead_may_undo_and_a_colleague_may_not(self) -> None:
        batch = close(*adverts(1))

        with pytest.raises(PermissionDenied):
            closing.undo(closing_id=batch, by=SECOND_ANALYST)
        assert not queries.closing(closing_id=batch, seen_by=SECOND_ANALYST).may_undo
        closing.undo(closing_id=batch, by=LEAD)
        assert Closing.objects.get().undone_by == LEAD.key

    def test_what_has_taken_effect_is_not_undone(self) -> None:
        batch = close(*adverts(1))
        after_ten_minutes()

        with pytest.raises(NotToUndo):
            closing.undo(closing_id=batch, by=ANALYST)


def write(receipt: Receipt) -> None:
    dialogue.write_as_reporter(receipt=receipt, text="Wait", message_id=uuid4(), by=ANYONE)


def report_again(_receipt: Receipt) -> None:
    make_report("https://advert.example/", category="shocking", danger=True)


class TestWhatArrivesMeanwhile:
    @pytest.mark.parametrize("arrives", [write, report_again])
    def test_takes_its_content_out_at_once(self, arrives: Callable[[Receipt], None]) -> None:
        report, receipt = make_report("https://advert.example/", category="shocking")
        (other,) = adverts(1)
        close(report.contents.get(), other)

        arrives(receipt)

        content = report.contents.get()
        assert (content.state, content.closing) == (ContentState.WAITING, None)
        assert Entry.objects.filter(event="hotline.content.closing-left").count() == 1
        assert after_ten_minutes() == 1
        assert report.contents.get().state == ContentState.WAITING
        assert Content.objects.get(id=other.id).state == ContentState.CLOSED

    def test_a_danger_that_the_reporter_adds_does(self) -> None:
        report, receipt = make_report("https://advert.example/", category="shocking")
        type(report).objects.update(is_finished=False)
        close(report.contents.get())

        answering.answer(receipt=receipt, given={"danger": True}, finish=True, by=ANYONE)

        content = report.contents.get()
        assert (content.state, content.danger) == (ContentState.WAITING, True)
        assert Entry.objects.filter(event="hotline.content.closing-left").count() == 1


class TestTheDoor:
    def test_the_walk(self, client: Client) -> None:
        contents = adverts(1)
        values = [f"{key}~{stamp}" for key, stamp in shown(*contents).items()]
        batch = close(*contents)
        closing.undo(closing_id=batch, by=ANALYST)
        addresses = [f"{QUEUE}close/", f"{QUEUE}close/together/"]
        addresses.append(f"/staff/hotline/closings/{batch}/undo/")
        for address in addresses:
            assert client.post(address, {"content": values}).status_code == 302
        for role in ("listener", "analyst"):
            sign_in(client, make_account(role))
            for address in addresses:
                assert client.post(address, {"content": values}).status_code == 403
            assert client.get(f"/staff/hotline/closings/{batch}/").status_code == 403
        assert Content.objects.get().state == ContentState.WAITING

    def test_lists_then_closes_then_undoes(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        adverts(2)
        make_content("https://grave.example/", category="shocking", danger=True)
        page = client.get(QUEUE).text
        chosen = re.findall(r'name="content"[^>]* value="([^"]+~[^"]+)"', page)
        assert len(chosen) == 3

        asked = client.post(f"{QUEUE}close/", {"content": [*chosen, "nonsense"]})
        assert asked.status_code == 200
        assert "Quelqu’un est peut-être en danger" in asked.text
        assert "grave.example" in asked.text
        assert Content.objects.filter(state=ContentState.WAITING).count() == 3
        listed = re.findall(r'name="content" value="([^"]+)"', asked.text)
        assert len(listed) == 2
        done = client.post(f"{QUEUE}close/together/", {"content": listed})
        assert Content.objects.filter(state=ContentState.CLOSING).count() == 2
        assert "advert0.example" in client.get(done["Location"]).text
        assert done["Location"] in client.get(QUEUE).text

        client.post(f"{done['Location']}undo/")
        assert Content.objects.filter(state=ContentState.WAITING).count() == 3

    def test_what_changed_meanwhile_closes_nothing_and_shows_the_list(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        values = [f"{key}~{stamp}" for key, stamp in shown(*adverts(2)).items()]
        make_report("https://advert0.example/", category="shocking", danger=True)

        refused = client.post(f"{QUEUE}close/together/", {"content": values})

        assert refused.status_code == 409
        assert Content.objects.filter(state=ContentState.CLOSING).count() == 0
        assert "advert1.example" in refused.text


def _obstacles(page: dict[UUID, str]) -> tuple[Obstacle, ...]:
    (one,) = queries.would_close(page, seen_by=ANALYST)
    return one.obstacles
