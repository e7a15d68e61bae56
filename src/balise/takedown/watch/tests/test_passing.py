"""A pass, from end to end: a real tracer, servers of ours that lose their pages."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.clock import now
from balise.takedown.tracing.tests import hostile
from balise.takedown.tracing.tests.makers import in_a_thread
from balise.takedown.tracing.tracer.names import Names
from balise.takedown.tracing.tracer.protocol import open_door, serve
from balise.takedown.tracing.tracer.reach import Reach
from balise.takedown.watch import tasks
from balise.takedown.watch.models import Site, Watched
from balise.takedown.watch.rules.schedule import Pace, WatchState
from balise.takedown.watch.tests.makers import make_watched, told

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Sites:
    """Sites whose pages can be taken down, and what they were asked."""

    port: int = 0
    status: int = 200
    asked: list[tuple[float, str]] = field(default_factory=list)

    async def answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        host = head.partition("Host: ")[2].partition(":")[0]
        self.asked.append((time.monotonic(), host))
        writer.write(f"HTTP/1.1 {self.status} Word\r\n\r\n".encode())


@pytest.fixture
def sites(tmp_path: Path, settings: Settings) -> Iterator[Sites]:
    """A tracer to which every name that we know is a server of ours on 127.0.0.1."""
    settings.TRACER_SOCKET = tmp_path / "tracer.sock"
    found = Sites()
    zone = {(f"site{each}.example", "A"): [["127.0.0.1"]] for each in range(40)}

    @asynccontextmanager
    async def run() -> AsyncIterator[Sites]:
        async with hostile.names(zone) as nameserver, hostile.server(found.answer) as seen:
            found.port = seen.port
            reach = Reach(
                is_allowed=lambda ip: str(ip) == "127.0.0.1",
                ports=frozenset({seen.port}),
                names=Names(server=nameserver),
            )
            serving = asyncio.ensure_future(serve(reach, open_door(settings.TRACER_SOCKET)))
            try:
                yield found
            finally:
                serving.cancel()
                with suppress(asyncio.CancelledError):
                    await serving

    with in_a_thread(run) as running:
        yield running


def make_due() -> None:
    Watched.objects.update(next_check_at=now(), missed_at=None)
    Site.objects.update(turn_at=now(), free_at=now())


class TestLookAtDue:
    def test_follows_a_page_from_there_to_gone(self, sites: Sites) -> None:
        watched = make_watched(f"http://site1.example:{sites.port}/page")
        assert tasks.look_at_due(seconds=5).looks == 1
        watched.refresh_from_db()
        assert (watched.state, watched.http_status) == (WatchState.ONLINE, 200)
        sites.status = 404
        found = []
        for _look in range(3):
            make_due()
            found.append(tasks.look_at_due(seconds=5))
        assert [(each.looks, each.gone) for each in found] == [(1, 0), (1, 0), (1, 1)]
        watched.refresh_from_db()
        assert watched.state == WatchState.GONE
        assert [entry.subject for entry in told("takedown.content.gone")] == [watched.subject]

    def test_looks_at_many_hosts_at_once(self, sites: Sites) -> None:
        for each in range(40):
            make_watched(f"http://site{each}.example:{sites.port}/page")
        assert tasks.look_at_due(seconds=20).looks == 40
        assert not Watched.objects.filter(checked_at=None).exists()

    def test_asks_a_host_in_its_turn(self, sites: Sites, settings: Settings) -> None:
        settings.WATCH_A_MINUTE = 60
        for each in range(3):
            make_watched(f"http://site1.example:{sites.port}/page{each}", pace=Pace.URGENT)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("balise.takedown.watch.rules.schedule._LONGEST_SPACE", timedelta(0))
            assert tasks.look_at_due(seconds=20).looks == 3
        moments = [moment for moment, _host in sites.asked]
        assert all(after - before > 0.9 for before, after in pairwise(moments))

    def test_ends_in_time(self, sites: Sites) -> None:
        make_watched(f"http://site1.example:{sites.port}/1")
        make_watched(f"http://site1.example:{sites.port}/2")
        start = time.monotonic()
        assert tasks.look_at_due(seconds=1).looks == 1
        assert time.monotonic() - start < 3

    def test_learns_nothing_without_a_tracer(self, tmp_path: Path, settings: Settings) -> None:
        settings.TRACER_SOCKET = tmp_path / "nobody.sock"
        watched = make_watched()
        passed = tasks.look_at_due(seconds=5)
        assert (passed.unknown, passed.gone) == (1, 0)
        watched.refresh_from_db()
        assert (watched.state, watched.misses, watched.seen) == (WatchState.UNKNOWN, 0, "unknown")

    def test_is_a_job_of_the_worker(self, sites: Sites) -> None:
        make_watched(f"http://site1.example:{sites.port}/page")
        tasks.check_due.func()
        assert Watched.objects.get().state == WatchState.ONLINE
