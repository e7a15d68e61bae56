"""A content is watched by its line, its address sealed, and forgotten when the watch stops."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.watch import queries
from balise.takedown.watch.actions import watching
from balise.takedown.watch.actions.watching import NotWatched
from balise.takedown.watch.models import Site, Watched
from balise.takedown.watch.rules.removals import About
from balise.takedown.watch.rules.schedule import APART, Pace
from balise.takedown.watch.tests.makers import (
    ADDRESS,
    ANALYST,
    GONE,
    LISTENER,
    ONLINE,
    STRANGER,
    address_of,
    look,
    make_watched,
    told,
)

pytestmark = pytest.mark.django_db


class TestWatch:
    def test_keeps_the_address_sealed(self) -> None:
        subject = uuid4()
        watching.watch(
            line="hotline",
            subject=subject,
            address="hxxps://images[.]example/album/1#x",
            by=ANALYST,
        )
        watched = Watched.objects.get()
        assert b"images.example" not in bytes(watched.sealed)
        assert address_of(watched.id).address == ADDRESS
        assert watched.next_check_at is not None
        assert watched.site.turn_at is not None
        assert told("takedown.watch.started")[0].subject == subject

    def test_takes_a_new_pace_and_no_second_row(self) -> None:
        watched = make_watched()
        watching.watch(
            line="hotline",
            subject=watched.subject,
            address=ADDRESS,
            pace=Pace.URGENT,
            by=ANALYST,
        )
        assert Watched.objects.get().pace == Pace.URGENT

    def test_keeps_who_was_told_first_and_learns_the_rest(self) -> None:
        first, second = uuid4(), uuid4()
        watched = make_watched(about=About(host=first))
        watching.watch(
            line="hotline",
            subject=watched.subject,
            address=ADDRESS,
            about=About(host=second, network=64500, country="FR", category="csam"),
            by=ANALYST,
        )
        watched.refresh_from_db()
        assert (watched.host, watched.network, watched.country) == (first, 64500, "FR")

    def test_shares_a_site_among_contents_and_lines(self) -> None:
        make_watched("https://images.example/1")
        make_watched("http://images.example/2", line="helpline")
        make_watched("https://other.example/1")
        assert Site.objects.count() == 2

    def test_refuses_what_is_no_public_page(self) -> None:
        with pytest.raises(AddressRefused):
            make_watched("http://10.0.0.1/")

    def test_refuses_whoever_may_not(self) -> None:
        for stranger in (LISTENER, STRANGER):
            with pytest.raises(PermissionDenied):
                watching.watch(line="hotline", subject=uuid4(), address=ADDRESS, by=stranger)


class TestLookNow:
    def test_makes_it_due(self) -> None:
        watched = make_watched()
        look(watched, ONLINE)
        watching.look_now(line="hotline", subject=watched.subject, by=ANALYST)
        watched.refresh_from_db()
        assert watched.next_check_at is not None
        assert watched.next_check_at <= now()
        assert told("takedown.watch.look-asked")[0].subject == watched.subject

    def test_keeps_to_the_turn_of_the_host(self) -> None:
        watched = make_watched()
        look(watched, ONLINE)
        watching.look_now(line="hotline", subject=watched.subject, by=ANALYST)
        turn_at = Site.objects.get().turn_at
        assert turn_at is not None
        assert turn_at > now() + timedelta(seconds=30)

    def test_refuses_what_is_not_watched(self) -> None:
        with pytest.raises(NotWatched):
            watching.look_now(line="hotline", subject=uuid4(), by=ANALYST)

    def test_refuses_whoever_may_not(self) -> None:
        watched = make_watched()
        with pytest.raises(PermissionDenied):
            watching.look_now(line="hotline", subject=watched.subject, by=LISTENER)


class TestStop:
    def test_forgets(self) -> None:
        watched = make_watched()
        look(watched, ONLINE, GONE)
        assert watching.stop(line="hotline", subject=watched.subject, by=ANALYST)
        assert not watching.stop(line="hotline", subject=watched.subject, by=ANALYST)
        assert not KeyWrap.objects.filter(record=watched.id).exists()
        assert not Site.objects.exists()
        assert look(watched, GONE) is None
        assert told("takedown.watch.stopped")[0].subject == watched.subject

    def test_leaves_the_turns_of_others(self) -> None:
        watched = make_watched("https://images.example/1")
        make_watched("https://images.example/2")
        watching.stop(line="hotline", subject=watched.subject, by=ANALYST)
        assert Site.objects.get().turn_at is not None

    def test_refuses_whoever_may_not(self) -> None:
        watched = make_watched()
        with pytest.raises(PermissionDenied):
            watching.stop(line="hotline", subject=watched.subject, by=LISTENER)


class TestQueries:
    def test_are_answered_for_ones_own_line(self) -> None:
        watched = make_watched()
        seen = queries.of(line="hotline", subjects=[watched.subject], seen_by=ANALYST)
        assert seen == {watched.subject: watched}
        with pytest.raises(PermissionDenied):
            queries.of(line="hotline", subjects=[watched.subject], seen_by=LISTENER)
        with pytest.raises(PermissionDenied):
            queries.history(line="hotline", subject=watched.subject, seen_by=LISTENER)
        with pytest.raises(PermissionDenied):
            queries.board(seen_by=STRANGER)

    def test_tell_the_history_by_runs(self) -> None:
        watched = make_watched()
        at = now()
        look(watched, ONLINE, ONLINE, at=at)
        look(watched, GONE, at=at + timedelta(hours=4))
        found = queries.history(line="hotline", subject=watched.subject, seen_by=ANALYST)
        assert found is not None
        assert [(run.seen, run.looks) for run in found.runs] == [("gone", 1), ("online", 2)]
        assert queries.history(line="hotline", subject=uuid4(), seen_by=ANALYST) is None

    def test_show_on_the_board_what_a_person_should_see(self) -> None:
        moment = now()
        for name, looks in (("online", [ONLINE]), ("gone", [GONE] * 3), ("new", [])):
            watched = make_watched(f"https://{name}.example/1")
            for place, each in enumerate(looks):
                look(watched, each, at=moment + place * APART)
        make_watched("https://young.example/", line="helpline")
        board = queries.board(seen_by=ANALYST)
        assert (board.watched, board.online, board.gone, board.not_seen) == (3, 1, 1, 1)
        assert len(board.gone_lately) == 1
        assert queries.board(seen_by=LISTENER).watched == 1


class TestRetention:
    def test_erases_a_month_after_the_watch_ended(self) -> None:
        watched = make_watched()
        for place in range(8):
            look(watched, GONE, at=now() + place * APART)
        watched.refresh_from_db()
        assert watched.next_check_at is None
        assert Site.objects.get().turn_at is None
        assert rows_due("takedown.watched", now()) == []
        make_watched("https://other.example/1")
        due = rows_due("takedown.watched", now() + timedelta(days=31))
        assert due == [watched.id]
        assert erase_rows("takedown.watched", due) == 1
        assert not KeyWrap.objects.filter(record=watched.id).exists()
        assert Site.objects.count() == 1

    def test_erases_what_was_watched_for_three_years(self) -> None:
        watched = make_watched()
        assert rows_due("takedown.watched", now() + timedelta(days=2 * 365)) == []
        assert rows_due("takedown.watched", now() + timedelta(days=3 * 365)) == [watched.id]
