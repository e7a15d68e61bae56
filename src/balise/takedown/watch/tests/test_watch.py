"""From the first look to the last: a real tracer, a server of ours that loses its page."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.takedown.tracing.queries import Check
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.tracing.tests import hostile
from balise.takedown.tracing.tracer.names import Names
from balise.takedown.tracing.tracer.protocol import open_door, serve
from balise.takedown.tracing.tracer.reach import Reach
from balise.takedown.watch import access, actions, queries, retention, tasks
from balise.takedown.watch.models import Watched
from balise.takedown.watch.rules import LOOKED_AT_FOR, News, Pace, State

pytestmark = pytest.mark.django_db

ADDRESS = "https://images.example/album/1"
ANALYST = Actor(
    ActorKind.STAFF, "1", frozenset({access.READ, access.WATCH, "hotline.reports.read"})
)
LISTENER = Actor(
    ActorKind.STAFF, "2", frozenset({access.READ, access.WATCH, "helpline.cases.read"})
)


def make_watched(address: str = ADDRESS, *, pace: Pace = Pace.STEADY) -> Watched:
    subject = uuid4()
    actions.watch(line="hotline", subject=subject, address=address, pace=pace, by=ANALYST)
    return Watched.objects.get(subject=subject)


def look(watched: Watched, *statuses: str, at: datetime | None = None) -> list[News]:
    moment = at or now()
    return [
        actions.note_check(watched_id=watched.id, check=Check(status), at=moment, by=SYSTEM)
        for status in statuses
    ]


def told(name: str) -> list[Entry]:
    return list(Entry.objects.filter(event=name))


class TestWatch:
    def test_keeps_the_address_sealed(self) -> None:
        watched = make_watched("hxxps://images[.]example/album/1#x")
        assert b"images.example" not in bytes(watched.sealed)
        assert queries.addresses([watched]) == {watched.id: ADDRESS}
        assert watched.next_check_at is not None
        assert told("takedown.watch.started")[0].subject == watched.subject

    def test_takes_a_new_pace_and_no_second_row(self) -> None:
        watched = make_watched()
        actions.watch(
            line="hotline",
            subject=watched.subject,
            address=ADDRESS,
            pace=Pace.URGENT,
            by=ANALYST,
        )
        assert Watched.objects.get().pace == Pace.URGENT

    def test_refuses_what_is_no_public_page(self) -> None:
        with pytest.raises(AddressRefused):
            make_watched("http://10.0.0.1/")

    def test_is_forgotten_when_it_stops(self) -> None:
        watched = make_watched()
        assert actions.stop(line="hotline", subject=watched.subject, by=ANALYST)
        assert not actions.stop(line="hotline", subject=watched.subject, by=ANALYST)
        assert not KeyWrap.objects.filter(record=watched.id).exists()
        assert look(watched, "gone") == [News.NONE]

    def test_is_its_own_lines(self) -> None:
        watched = make_watched()
        seen = queries.of(line="hotline", subjects=[watched.subject], seen_by=ANALYST)
        assert seen == {watched.subject: watched}
        with pytest.raises(PermissionDenied):
            queries.of(line="hotline", subjects=[watched.subject], seen_by=LISTENER)
        with pytest.raises(PermissionDenied):
            actions.watch(line="hotline", subject=uuid4(), address=ADDRESS, by=LISTENER)
        with pytest.raises(PermissionDenied):
            actions.stop(line="hotline", subject=watched.subject, by=LISTENER)


class TestNoteCheck:
    def test_tells_once_that_it_is_gone_and_since_when(self) -> None:
        watched = make_watched()
        first = watched.started_at + timedelta(hours=2)
        look(watched, "gone", at=first)
        look(watched, "unreachable", "gone", at=first + timedelta(minutes=20))
        assert told("takedown.content.gone") == []
        news = look(watched, "gone", "gone", at=first + timedelta(minutes=40))
        assert news == [News.GONE, News.NONE]
        (entry,) = told("takedown.content.gone")
        assert (entry.subject, entry.facts["seconds"]) == (watched.subject, 7_200)
        assert entry.facts["for_line"] == "hotline"

    def test_tells_when_it_is_back(self) -> None:
        watched = make_watched()
        first = watched.started_at + timedelta(hours=1)
        look(watched, "gone", "gone", "gone", at=first)
        look(watched, "online", at=first + timedelta(days=1))
        (entry,) = told("takedown.content.back")
        assert entry.facts["seconds"] == 86_400
        watched.refresh_from_db()
        assert (watched.state, watched.misses, watched.first_gone_at) == (State.ONLINE, 0, None)

    def test_ends_the_watch_some_months_after(self) -> None:
        watched = make_watched()
        look(watched, *["gone"] * 7)
        watched.refresh_from_db()
        assert watched.next_check_at is None
        assert not queries.is_due(now() + timedelta(days=400))
        assert list(retention.watched_due(now())) == []
        due = list(retention.watched_due(now() + timedelta(days=31)))
        assert due == [watched.id]
        assert retention.erase_watched(due) == 1
        assert not KeyWrap.objects.filter(record=watched.id).exists()


class TestClaimDue:
    def test_gives_each_to_one_worker(self) -> None:
        watched = make_watched()
        assert [one.id for one in actions.claim_due(limit=5, by=SYSTEM)] == [watched.id]
        assert actions.claim_due(limit=5, by=SYSTEM) == []

    def test_gives_back_what_a_dead_worker_held(self) -> None:
        watched = make_watched()
        actions.claim_due(limit=5, by=SYSTEM)
        Watched.objects.update(next_check_at=now() - timedelta(seconds=1))
        assert [one.id for one in actions.claim_due(limit=5, by=SYSTEM)] == [watched.id]
        watched.refresh_from_db()
        assert watched.next_check_at is not None
        assert watched.next_check_at > now() + LOOKED_AT_FOR - timedelta(minutes=1)


class _Site:
    """A site whose page can be taken down."""

    status = 200

    async def answer(self, _head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {self.status} Word\r\n\r\n".encode())


@contextmanager
def a_tracer_and_a_site(place: Path) -> Iterator[tuple[_Site, int]]:
    """A tracer in a thread, to which `site.example` is a server of ours on 127.0.0.1."""
    site, up, port = _Site(), threading.Event(), [0]
    loops: list[asyncio.AbstractEventLoop] = []
    tasks_of: list[asyncio.Task[None]] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        zone = {("site.example", "A"): [["127.0.0.1"]]}
        async with hostile.names(zone) as nameserver, hostile.server(site.answer) as seen:
            port[0] = seen.port
            reach = Reach(
                is_allowed=lambda ip: str(ip) == "127.0.0.1",
                ports=frozenset({seen.port}),
                names=Names(server=nameserver),
            )
            tasks_of.append(asyncio.ensure_future(serve(reach, open_door(place), ready=up.set)))
            await asyncio.wait(tasks_of)

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    assert up.wait(5)
    try:
        yield site, port[0]
    finally:
        loops[0].call_soon_threadsafe(tasks_of[0].cancel)
        thread.join(5)


class TestCheckDue:
    def test_follows_a_page_from_there_to_gone(self, tmp_path: Path, settings: Settings) -> None:
        settings.TRACER_SOCKET = tmp_path / "tracer.sock"
        with a_tracer_and_a_site(settings.TRACER_SOCKET) as (site, port):
            watched = make_watched(f"http://site.example:{port}/page")
            tasks.check_due.func()
            watched.refresh_from_db()
            assert (watched.state, watched.http_status) == (State.ONLINE, 200)
            site.status = 404
            for _look in range(3):
                Watched.objects.update(next_check_at=now())
                tasks.check_due.func()
        watched.refresh_from_db()
        assert watched.state == State.GONE
        assert [entry.subject for entry in told("takedown.content.gone")] == [watched.subject]

    def test_learns_nothing_without_a_tracer(self, tmp_path: Path, settings: Settings) -> None:
        settings.TRACER_SOCKET = tmp_path / "nobody.sock"
        watched = make_watched()
        for _look in range(4):
            Watched.objects.update(next_check_at=now())
            tasks.check_due.func()
        watched.refresh_from_db()
        assert (watched.state, watched.misses, watched.last_status) == (State.UNKNOWN, 0, "unknown")
        assert isinstance(watched.id, UUID)
