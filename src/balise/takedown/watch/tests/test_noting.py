"""What looks come to: gone after three, back, moved; each told once, with its figures."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation.clock import now
from balise.takedown.tracing.queries import reopen
from balise.takedown.tracing.rules.looks import Answer, Look, Place
from balise.takedown.tracing.tests.makers import NETWORKS_4, NETWORKS_6, write_tables
from balise.takedown.watch.actions import noting
from balise.takedown.watch.models import Sighting, Site, Watched
from balise.takedown.watch.rules.removals import About
from balise.takedown.watch.rules.schedule import APART, News, WatchState
from balise.takedown.watch.rules.verdicts import Seen
from balise.takedown.watch.tests.makers import (
    ANALYST,
    BLOCKED,
    GONE,
    NAME_GONE,
    ONLINE,
    SILENT,
    SOFT_GONE,
    UNKNOWN,
    address_of,
    elsewhere,
    hosted_at,
    look,
    make_watched,
    told,
)

pytestmark = pytest.mark.django_db

BESIDE = Look(
    answer=Answer.ANSWERED,
    http_status=200,
    place=Place.SITE,
    leads_to="https://images.example/album/1-title",
    like_nonsense=False,
)


@pytest.fixture
def networks(tmp_path: Path, settings: Settings) -> None:
    """Two networks of our own: 20.0.0.x is AS64500, 20.0.1.x is AS64501."""
    settings.IP_NETWORK_DATA = write_tables(tmp_path / "asn", NETWORKS_4, NETWORKS_6)
    reopen()


class TestGone:
    def test_is_told_once_and_since_when(self) -> None:
        host = uuid4()
        about = About(host=host, network=64500, country="FR", category="csam")
        watched = make_watched(about=about)
        first = watched.started_at + timedelta(hours=2)
        look(watched, GONE, at=first)
        look(watched, SILENT, at=first + timedelta(minutes=15))
        look(watched, SOFT_GONE, at=first + timedelta(minutes=20))
        assert told("takedown.content.gone") == []
        result = look(watched, GONE, at=first + timedelta(minutes=40))
        assert result is not None
        assert (result.seen, result.news) == (Seen.GONE, News.GONE)
        look(watched, GONE, at=first + timedelta(days=1))
        (entry,) = told("takedown.content.gone")
        assert entry.subject == watched.subject
        assert entry.facts | {"gone_at": "", "gone_on": ""} == {
            "for_line": "hotline",
            "seen": "gone",
            "gone_at": "",
            "gone_on": "",
            "seconds": 7_200,
            "heading": "under-3-days",
            "host": str(host),
            "network": 64500,
            "country": "FR",
            "category": "csam",
        }

    @pytest.mark.parametrize("nothing", [SILENT, BLOCKED, UNKNOWN, elsewhere("https://x.example/")])
    def test_is_neither_said_nor_forgiven_by_what_proves_nothing(self, nothing: Look) -> None:
        watched = make_watched()
        at = watched.started_at
        for place, each in enumerate([GONE, nothing, GONE, nothing]):
            look(watched, each, at=at + place * APART)
        watched.refresh_from_db()
        assert (watched.state, watched.misses) == (WatchState.UNKNOWN, 2)
        assert look(watched, GONE, at=at + 4 * APART).news is News.GONE  # type: ignore[union-attr]

    def test_takes_days_where_the_name_is_gone(self) -> None:
        watched = make_watched()
        look(watched, NAME_GONE)
        watched.refresh_from_db()
        assert watched.next_check_at is not None
        assert watched.next_check_at > now() + timedelta(hours=20)

    def test_is_noted_by_processes_of_the_house_alone(self) -> None:
        with pytest.raises(PermissionDenied):
            noting.note_looks(noted=[], at=now(), by=ANALYST)


class TestBack:
    def test_is_told_and_starts_the_clock_anew(self) -> None:
        watched = make_watched()
        first = watched.started_at + timedelta(hours=1)
        for place in range(3):
            look(watched, GONE, at=first + place * APART)
        back = first + timedelta(days=1)
        look(watched, ONLINE, at=back)
        (entry,) = told("takedown.content.back")
        assert entry.facts["seconds"] == 86_400
        watched.refresh_from_db()
        assert (watched.state, watched.misses, watched.first_gone_at) == (
            WatchState.ONLINE,
            0,
            None,
        )
        assert watched.back_at == back
        for place in range(3):
            look(watched, GONE, at=back + timedelta(hours=3) + place * APART)
        assert told("takedown.content.gone")[-1].facts["seconds"] == 3 * 3_600


class TestMoved:
    @pytest.mark.usefixtures("networks")
    def test_is_told_after_three_looks_in_another_network(self) -> None:
        watched = make_watched()
        look(watched, hosted_at("20.0.0.1"))
        look(watched, hosted_at("20.0.1.1"), hosted_at("20.0.1.2"))
        assert told("takedown.content.host-moved") == []
        look(watched, hosted_at("20.0.1.1"))
        (entry,) = told("takedown.content.host-moved")
        assert (entry.facts["from_network"], entry.facts["network"]) == (64500, 64501)
        assert entry.facts["by_site"] is False
        watched.refresh_from_db()
        assert (watched.network, watched.moved_at is not None) == (64501, True)

    @pytest.mark.usefixtures("networks")
    def test_is_not_told_while_one_of_its_networks_stays(self) -> None:
        watched = make_watched()
        for _look in range(4):
            look(watched, hosted_at("20.0.0.1"))
            look(watched, hosted_at("20.0.1.1", "20.0.0.1"))
        assert told("takedown.content.host-moved") == []

    def test_is_told_when_its_address_leads_to_another_site(self) -> None:
        watched = make_watched()
        look(watched, *[elsewhere("https://new.example/album/1")] * 5)
        (entry,) = told("takedown.content.host-moved")
        assert entry.facts["by_site"] is True
        assert "new.example" not in str(entry.facts)
        assert address_of(watched.id).moved_to == "https://new.example/album/1"

    def test_keeps_no_address_that_is_not_public(self) -> None:
        watched = make_watched()
        look(watched, elsewhere("http://10.0.0.1/"))
        assert address_of(watched.id).moved_to == ""

    def test_is_not_where_the_site_has_always_led(self) -> None:
        watched = make_watched()
        look(watched, BESIDE, BESIDE)
        watched.refresh_from_db()
        assert (watched.state, watched.seen) == (WatchState.ONLINE, Seen.ONLINE)
        home = Look(
            answer=Answer.ANSWERED,
            http_status=200,
            place=Place.HOME,
            leads_to="https://images.example/",
        )
        look(watched, home)
        watched.refresh_from_db()
        assert watched.seen == Seen.MOVED


class TestSightings:
    def test_are_runs_of_looks_and_not_looks(self) -> None:
        watched = make_watched()
        look(watched, ONLINE, ONLINE, ONLINE, SILENT, SILENT, ONLINE)
        runs = list(Sighting.objects.order_by("id").values_list("seen", "looks"))
        assert runs == [("online", 3), ("unreachable", 2)]
        watched.refresh_from_db()
        assert (watched.seen, watched.seen_looks) == ("online", 1)

    def test_end_no_earlier_than_they_began_where_two_clocks_differ(self) -> None:
        watched, at = make_watched(), now()
        look(watched, ONLINE, at=at)
        look(watched, SILENT, at=at + timedelta(days=1))
        look(watched, SILENT, at=at)  # noted by a process whose clock is behind
        look(watched, ONLINE, at=at + timedelta(days=2))
        runs = list(Sighting.objects.order_by("id").values_list("seen", "since", "until", "looks"))
        ahead = at + timedelta(days=1)
        assert runs == [("online", at, at, 1), ("unreachable", ahead, ahead, 2)]

    def test_leave_out_what_was_not_looked_at(self) -> None:
        watched = make_watched()
        look(watched, ONLINE, UNKNOWN, ONLINE)
        assert not Sighting.objects.exists()


class TestHosts:
    def test_are_left_alone_for_a_moment_after_each_look(self) -> None:
        watched, at = make_watched(), now()
        look(watched, ONLINE, at=at)
        assert Site.objects.get().free_at == at + timedelta(minutes=1)

    def test_are_left_alone_for_longer_the_longer_they_are_silent(self) -> None:
        watched, at = make_watched(), now()
        free = []
        for each in (SILENT, SILENT, NAME_GONE, ONLINE):
            look(watched, each, at=at)
            free.append((Site.objects.get().free_at or at) - at)
        assert free == [timedelta(minutes=each) for each in (5, 10, 20, 1)]

    def test_keep_to_the_most_a_minute(self, settings: Settings) -> None:
        settings.WATCH_A_MINUTE = 10
        watched, at = make_watched(), now()
        Watched.objects.bulk_create(
            Watched(
                site=watched.site,
                line="hotline",
                subject=uuid4(),
                sealed=b"",
                pace="urgent",
                started_at=at,
                counted_from=at,
                next_check_at=at,
            )
            for _each in range(2_000)
        )
        look(watched, ONLINE, at=at)
        assert Site.objects.get().free_at == at + timedelta(seconds=6, microseconds=1)
