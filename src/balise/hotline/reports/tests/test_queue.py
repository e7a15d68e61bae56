"""One queue for first and second looks: who is offered what, and in which order."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, claiming
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries import listing, reviews
from balise.hotline.reports.queries.listing import Filters
from balise.hotline.reports.rules.words import Confidence, ContentState
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
)
from balise.hotline.reports.web.search import contents

pytestmark = pytest.mark.django_db

QUEUE = "/staff/hotline/queue/"


def make_looked_at(address: str = "https://looked.example/", **given: object) -> Content:
    """Return a content that the first analyst found illegal and that asks for a second look."""
    content = make_content(address, **given)
    decision = make_decision(category="csam", confidence=Confidence.DOUBTFUL)
    assert give_verdict(content.id, decision) is (ContentState.SECOND_LOOK)
    return Content.objects.get(id=content.id)


def shown_to(who: object, **given: object) -> list[UUID]:
    page = listing.queue(filters=Filters(**given), after=None, seen_by=who)  # type: ignore[arg-type]
    return [row.id for row in page.rows]


class TestTheList:
    def test_shows_second_looks_among_the_rest_by_priority(self) -> None:
        first = make_content("https://one.example/", category="csam", danger=True)
        looked = make_looked_at(category="csam")
        last = make_content("https://two.example/", category="hate")

        assert shown_to(SECOND_ANALYST) == [first.id, looked.id, last.id]

    def test_leaves_out_what_one_looked_at_first(self) -> None:
        looked = make_looked_at()

        assert shown_to(ANALYST) == []
        assert shown_to(ANALYST, state=ContentState.SECOND_LOOK) == [looked.id]

    def test_filters_second_looks_as_the_rest(self) -> None:
        looked = make_looked_at(category="csam")
        claiming.claim(content_id=looked.id, by=SECOND_ANALYST)

        assert shown_to(SECOND_ANALYST, category="csam") == [looked.id]
        assert shown_to(SECOND_ANALYST, category="hate") == []
        assert shown_to(SECOND_ANALYST, of_host=listing.host_code("Looked.example")) == [looked.id]
        assert shown_to(SECOND_ANALYST, mine_only=True) == [looked.id]
        assert shown_to(SECOND_ANALYST, state=ContentState.WAITING) == []

    def test_goes_page_by_page_over_both(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing, "PAGE", 2)
        looked = [
            make_looked_at(f"https://looked{n}.example/", category="csam").id for n in range(3)
        ]
        waits = [make_content(f"https://site{n}.example/", category="csam").id for n in range(4)]
        found: list[UUID] = []
        after = None
        for _page in range(4):
            page = listing.queue(filters=Filters(), after=after, seen_by=SECOND_ANALYST)
            found += [row.id for row in page.rows]
            after = page.after

        assert after is None
        assert found == looked + waits

    def test_is_one_query(self) -> None:
        make_looked_at()
        with CaptureQueriesContext(connection) as asked:
            assert len(shown_to(SECOND_ANALYST)) == 1
        assert len(asked) == 1

    def test_a_lead_closes_only_what_waits_for_its_first_look(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        make_looked_at()
        content = make_content("https://one.example/")

        page = client.get(QUEUE).text

        assert re.findall(r'value="([^"~]+)~', page) == [str(content.id)]


class TestTheNextOne:
    def test_is_a_second_look_where_it_weighs_more(self) -> None:
        make_content("https://one.example/", category="hate")
        looked = make_looked_at(category="csam")

        assert claiming.claim_next(by=SECOND_ANALYST) == looked.id
        assert Content.objects.get(id=looked.id).claimed_by == SECOND_ANALYST.key
        entry = Entry.objects.filter(event="hotline.content.claimed").last()
        assert entry is not None
        assert (entry.subject, entry.actor_key) == (looked.id, SECOND_ANALYST.key)

    def test_is_what_waits_where_that_weighs_more(self) -> None:
        content = make_content("https://one.example/", category="csam", danger=True)
        make_looked_at(category="hate")

        assert claiming.claim_next(by=SECOND_ANALYST) == content.id

    def test_is_never_what_one_looked_at_first(self) -> None:
        make_looked_at()

        assert claiming.claim_next(by=ANALYST) is None

    def test_is_not_what_another_holds(self) -> None:
        looked = make_looked_at()
        claiming.claim(content_id=looked.id, by=ANALYST)

        assert claiming.claim_next(by=SECOND_ANALYST) is None

    def test_is_of_the_list_that_one_looks_at(self) -> None:
        csam = make_content("https://one.example/", category="csam")
        hate = make_content("https://two.example/", category="hate")
        looked = make_looked_at(category="csam")
        of_host = Filters(of_host=listing.host_code("two.example"))
        for among in (Filters(category="hate"), of_host):
            assert claiming.claim_next(among=among, by=SECOND_ANALYST) == hate.id
            assert claiming.claim_next(among=among, another=True, by=SECOND_ANALYST) is None
        second = Filters(state=ContentState.SECOND_LOOK)
        assert claiming.claim_next(among=second, by=SECOND_ANALYST) == looked.id
        # What is closed waits for nobody, and what one holds already is not taken again.
        for among in (Filters(state=ContentState.CLOSED), Filters(mine_only=True)):
            assert claiming.claim_next(among=among, another=True, by=SECOND_ANALYST) == csam.id
            claiming.release(content_id=csam.id, by=SECOND_ANALYST)

    def test_is_in_danger_before_all_whatever_the_list(self) -> None:
        hate = make_content("https://one.example/", category="hate")
        danger = make_content("https://two.example/", category="fraud", danger=True)
        only = Filters(category="hate", state=ContentState.WAITING)

        assert claiming.claim_next(among=only, by=ANALYST) == danger.id
        assert claiming.claim_next(among=only, another=True, by=ANALYST) == hate.id

    def test_is_for_analysts(self) -> None:
        make_looked_at()

        with pytest.raises(PermissionDenied):
            claiming.claim_next(by=LISTENER)


def test_a_second_look_that_waits_long_comes_forward() -> None:
    before = make_looked_at()
    Content.objects.update(first_reported_at=now() - timedelta(days=4))

    assert answering.raise_waiting(at=now(), by=SYSTEM) == 1

    assert Content.objects.get().priority == before.priority + 20


class TestSearch:
    """From any page: a content by its exact address, the queue of a host."""

    def test_a_content_is_found_however_its_address_is_written(self) -> None:
        content = make_content("https://photos.example/a%20b")
        (found,) = contents("hxxps://photos[.]example/a b", ANALYST)
        assert str(content.id) in found.url
        assert "photos" not in f"{found.label}{found.says}"
        assert not list(contents("https://photos.example/a", ANALYST))

    def test_a_host_leads_to_its_queue(self) -> None:
        make_content("https://photos.example/a")
        make_content("https://photos.example/b")
        (found,) = contents("Photos.example", ANALYST)
        assert found.url.endswith(f"/queue/?of={listing.host_code('photos.example')}&state=any")
        assert str(found.says).startswith("2 ")
        assert not list(contents("other.example", ANALYST))

    def test_another_role_is_refused(self) -> None:
        with pytest.raises(PermissionDenied):
            listing.by_address("https://photos.example/a", seen_by=ANYONE)
        with pytest.raises(PermissionDenied):
            listing.count_of_host("photos.example", seen_by=ANYONE)


class TestWhatIsDue:
    """The numbers of an analyst's home."""

    def test_counts_what_waits_and_what_is_mine(self) -> None:
        first = make_content("https://first.example/")
        make_content("https://second.example/", danger=True)
        claiming.claim(content_id=first.id, by=ANALYST)

        assert reviews.mine(seen_by=ANALYST).count == 1
        assert reviews.mine(seen_by=SECOND_ANALYST) == reviews.Pile(0, None)
        assert reviews.to_examine(seen_by=ANALYST) == reviews.Pile(2, first.first_reported_at)
        assert reviews.in_danger(seen_by=ANALYST).count == 1

    def test_offers_a_second_review_to_others_alone(self) -> None:
        make_looked_at()

        assert reviews.to_confirm(seen_by=ANALYST).count == 0
        assert reviews.to_confirm(seen_by=SECOND_ANALYST).count == 1

    def test_is_for_analysts(self) -> None:
        for asks in (
            reviews.mine,
            reviews.in_danger,
            reviews.to_examine,
            reviews.to_confirm,
            reviews.to_read,
        ):
            with pytest.raises(PermissionDenied):
                asks(seen_by=LISTENER)
