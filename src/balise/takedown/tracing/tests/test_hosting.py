"""Where a content was is kept; another host is news, another spelling is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.takedown.tracing import access, queries
from balise.takedown.tracing.actions import News, note_hosting
from balise.takedown.tracing.models import HostedAt
from balise.takedown.tracing.rules.cdns import find_cdn
from balise.takedown.tracing.rules.live import (
    Hands,
    LiveTrace,
    Role,
    Rung,
    Spot,
    are_the_same,
    put_right,
)
from balise.takedown.tracing.rules.registers import Contact, Problem

MOMENT = datetime(2026, 11, 1, 10, tzinfo=UTC)
ANALYST = Actor(ActorKind.STAFF, "1", frozenset({access.READ, "hotline.reports.read"}))
LISTENER = Actor(ActorKind.STAFF, "2", frozenset({access.READ, "helpline.cases.read"}))


def make_trace(asn: int | None = 64500, *, days: int = 0, **given: object) -> LiveTrace:
    """Return what a live trace found in a network, some days after MOMENT."""
    trace = LiveTrace(
        host="images.example",
        domain="images.example",
        at=MOMENT + timedelta(days=days),
        spots=(Spot("192.0.2.10", "NL", asn, "Images Example"),),
        country="NL",
        asn=asn,
        network="Images Example",
        ladder=(
            Rung(
                role=Role.HOST,
                name="Images Example",
                contacts=(Contact("mail", "abuse@images.example", "RDAP rdap.example"),),
            ),
        ),
        problems=(Problem("registrar", "no-answer", "rdap.example"),),
    )
    return replace(trace, **given)  # type: ignore[arg-type]


def note(subject: UUID, trace: LiveTrace) -> News:
    return note_hosting(line="hotline", subject=subject, trace=trace, by=SYSTEM)


class TestRules:
    @pytest.mark.parametrize(
        ("found", "same"),
        [
            (Hands(64500, "Another spelling", "FR"), True),
            (Hands(64501, "Net", "NL"), False),
            (Hands(None, "", ""), True),
            (Hands(None, "", "", "exemple"), True),
        ],
    )
    def test_a_system_says_whose_it_is(self, found: Hands, *, same: bool) -> None:
        assert are_the_same(Hands(64500, "Net", "NL"), found) is same

    def test_one_of_several_systems_is_still_home(self) -> None:
        known, found = Hands(64500, "Net", "NL"), Hands(64501, "Other", "FR")
        assert are_the_same(known, found, systems=[64501, 64500])
        assert put_right(known, found) == known

    def test_names_count_where_no_system_is_known(self) -> None:
        known = Hands(None, "Net", "NL")
        assert are_the_same(known, Hands(None, "NET", "NL"))
        assert not are_the_same(known, Hands(None, "Other", "NL"))

    def test_another_delivery_network_is_another_host(self) -> None:
        assert not are_the_same(Hands(1, cdn="a"), Hands(1, cdn="b"))

    def test_silence_erases_nothing(self) -> None:
        known = Hands(64500, "Net", "NL", "exemple")
        assert put_right(known, Hands()) == known
        assert put_right(known, Hands(64500, "", "FR")) == Hands(64500, "Net", "FR", "exemple")


@pytest.mark.django_db
class TestNoteHosting:
    def test_asks_for_the_right(self) -> None:
        with pytest.raises(PermissionDenied):
            note_hosting(line="hotline", subject=uuid4(), trace=make_trace(), by=ANALYST)

    def test_keeps_the_first_place_sealed_and_tells(self) -> None:
        subject = uuid4()
        assert note(subject, make_trace()) is News.FOUND
        stay = HostedAt.objects.get()
        assert (stay.asn, stay.country, stay.network) == (64500, "NL", "Images Example")
        assert b"images.example" not in bytes(stay.sealed) + bytes(stay.host_key)
        entry = Entry.objects.get(event="takedown.hosting.found")
        assert entry.subject == subject
        assert entry.facts == {"for_line": "hotline", "network": 64500, "country": "NL", "cdn": ""}

    def test_opens_as_it_was(self) -> None:
        subject = uuid4()
        cdn = find_cdn(names=["x.relais.example"], networks=[], headers={})
        trace = make_trace(cdn=cdn, data_date=MOMENT.date())
        note(subject, trace)
        assert queries.last_trace(line="hotline", subject=subject, seen_by=ANALYST) == trace

    def test_renews_a_stay_with_the_same_host(self) -> None:
        subject = uuid4()
        note(subject, make_trace())
        later = make_trace(days=3, network="IMAGES EXAMPLE BV", registrar="New Registrar")
        assert note(subject, later) is News.SAME
        (stay,) = queries.history(line="hotline", subject=subject, seen_by=ANALYST)
        assert (stay.since, stay.seen_at, stay.until) == (MOMENT, later.at, None)
        opened = queries.last_trace(line="hotline", subject=subject, seen_by=ANALYST)
        assert opened == later
        assert KeyWrap.objects.filter(record=HostedAt.objects.get().id).count() == 1

    def test_tells_a_change_of_host_and_keeps_where_it_was(self) -> None:
        subject = uuid4()
        note(subject, make_trace())
        moved = make_trace(64501, days=9, country="FR", network="Other Host")
        assert note(subject, moved) is News.CHANGED
        now, before = queries.history(line="hotline", subject=subject, seen_by=ANALYST)
        assert (now.asn, now.until) == (64501, None)
        assert (before.asn, before.until) == (64500, moved.at)
        entry = Entry.objects.get(event="takedown.host.changed")
        assert entry.subject == subject
        facts = entry.facts
        assert (facts["for_line"], facts["from_network"], facts["network"]) == (
            "hotline",
            64500,
            64501,
        )
        assert facts["days"] == 9

    def test_leaves_what_is_known_alone_where_nothing_was_found(self) -> None:
        subject = uuid4()
        note(subject, make_trace())
        nothing = LiveTrace(host="images.example", domain="images.example", at=MOMENT)
        assert note(subject, nothing) is News.NONE
        assert note(subject, make_trace(64501, days=-1)) is News.NONE
        assert HostedAt.objects.count() == 1

    def test_keeps_lines_apart(self) -> None:
        subject = uuid4()
        note(subject, make_trace())
        for ask in (queries.history, queries.last_trace):
            with pytest.raises(PermissionDenied):
                ask(line="hotline", subject=subject, seen_by=LISTENER)
        with pytest.raises(PermissionDenied):
            queries.history_of_host(line="hotline", host="images.example", seen_by=LISTENER)
        assert queries.history(line="helpline", subject=subject, seen_by=LISTENER) == ()

    def test_finds_the_stays_of_a_host_across_contents(self) -> None:
        note(uuid4(), make_trace())
        note(uuid4(), make_trace(days=1))
        found = queries.history_of_host(line="hotline", host="images.example", seen_by=ANALYST)
        assert len(found) == 2
        assert queries.history_of_host(line="hotline", host="b.example", seen_by=ANALYST) == ()


@pytest.mark.django_db
def test_old_stays_are_forgotten_with_their_keys() -> None:
    note(old := uuid4(), make_trace())
    note(uuid4(), make_trace(days=10))
    due = rows_due("takedown.hosting", MOMENT + timedelta(days=3 * 365 + 1))
    assert due == [HostedAt.objects.get(subject=old).id]
    assert erase_rows("takedown.hosting", due) == 1
    assert not KeyWrap.objects.filter(record__in=due).exists()
