"""Each host in its turn, one content at a time, and no content for two workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.takedown.watch.actions import watching
from balise.takedown.watch.models import Site, Watched
from balise.takedown.watch.rules.schedule import LOOKED_AT_FOR, Pace
from balise.takedown.watch.tests.makers import ANALYST, ONLINE, look, make_watched

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def claimed(limit: int = 5) -> list[Watched]:
    return watching.claim(limit=limit, by=SYSTEM)


class TestClaim:
    def test_gives_each_to_one_worker(self) -> None:
        watched = make_watched()
        assert [one.id for one in claimed()] == [watched.id]
        assert claimed() == []

    def test_gives_back_what_a_dead_worker_held(self) -> None:
        watched = make_watched()
        claimed()
        Site.objects.update(turn_at=now() - timedelta(seconds=1))
        Watched.objects.update(next_check_at=now() - timedelta(seconds=1))
        assert [one.id for one in claimed()] == [watched.id]
        watched.refresh_from_db()
        assert watched.next_check_at is not None
        assert watched.next_check_at > now() + LOOKED_AT_FOR - timedelta(minutes=1)

    def test_gives_one_content_of_a_host_at_a_time(self) -> None:
        first = make_watched("https://images.example/1")
        make_watched("https://images.example/2", line="helpline")
        other = make_watched("https://other.example/1")
        assert {one.id for one in claimed()} == {first.id, other.id}
        assert claimed() == []

    def test_waits_until_the_host_may_be_asked_again(self) -> None:
        first = make_watched("https://images.example/1")
        second = make_watched("https://images.example/2")
        assert claimed() == [first]
        look(first, ONLINE)
        assert claimed() == []
        look(first, ONLINE, at=now() - timedelta(minutes=1))
        assert claimed() == [second]

    def test_begins_with_what_is_most_urgent(self) -> None:
        make_watched("https://images.example/1", pace=Pace.SLOW)
        make_watched("https://images.example/2")
        urgent = make_watched("https://images.example/3", pace=Pace.URGENT)
        assert claimed() == [urgent]

    def test_begins_with_the_host_that_waits_longest(self) -> None:
        make_watched("https://images.example/1")
        longest = make_watched("https://other.example/1")
        Site.objects.filter(id=longest.site_id).update(turn_at=now() - timedelta(hours=1))
        assert claimed(limit=1) == [longest]

    def test_passes_over_a_host_that_has_nothing_due(self) -> None:
        watched = make_watched()
        later = now() + timedelta(hours=1)
        Watched.objects.update(next_check_at=later)
        assert claimed() == []
        assert Site.objects.get(id=watched.site_id).turn_at == later

    def test_refuses_whoever_is_no_process_of_the_house(self) -> None:
        with pytest.raises(PermissionDenied):
            watching.claim(limit=1, by=ANALYST)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: its workers claim one after the other")
    for each in range(60):
        make_watched(f"https://site{each}.example/1")

    def work(_worker: int) -> list[UUID]:
        found: list[UUID] = []
        try:
            while some := claimed(limit=7):
                found += [one.id for one in some]
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(4) as pool:
        found = [one for each in pool.map(work, range(4)) for one in each]
    assert len(found) == len(set(found))
    # Who meets only what others hold gives up for now; nothing is lost by that.
    assert set(found) | {one.id for one in claimed(limit=60)} == set(
        Watched.objects.values_list("id", flat=True)
    )
