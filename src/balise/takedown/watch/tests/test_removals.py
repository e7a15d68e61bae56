"""Percentiles are exact, of one's own line, and the same when they are counted again."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.directory.tests.makers import ANALYST as KEEPER
from balise.takedown.watch import queries, tasks
from balise.takedown.watch.actions import counting
from balise.takedown.watch.models import Removal
from balise.takedown.watch.queries import By
from balise.takedown.watch.rules.removals import About, Heading, rank_of
from balise.takedown.watch.rules.schedule import APART
from balise.takedown.watch.tests.makers import (
    ANALYST,
    GONE,
    LISTENER,
    STRANGER,
    look,
    make_watched,
    told,
)

pytestmark = pytest.mark.django_db

DAY = 86_400


def make_removals(
    seconds: Sequence[int],
    *,
    host: UUID | None = None,
    network: int | None = None,
    country: str = "FR",
    line: str = "hotline",
    removed_on: date | None = None,
) -> None:
    start = (Removal.objects.order_by("-entry").values_list("entry", flat=True).first() or 0) + 1
    Removal.objects.bulk_create(
        Removal(
            entry=start + place,
            line=line,
            host=host,
            network=network,
            country=country,
            removed_on=removed_on or today(),
            seconds=each,
        )
        for place, each in enumerate(seconds)
    )


def make_organisation(name: str, kind: OrganisationKind) -> UUID:
    about = directory.About(kind=kind)
    return directory.add_organisation(name=name, domains=(), networks=(), about=about, by=KEEPER)


def times(by: By | None = None) -> list[queries.Times]:
    week = timedelta(days=7)
    return queries.removal_times(since=today() - week, until=today(), by=by, seen_by=ANALYST)


class TestCountRemovals:
    def removed(self) -> list[Entry]:
        watched = make_watched(about=About(host=uuid4(), network=64500, country="FR"))
        for place in range(3):
            look(watched, GONE, at=watched.started_at + timedelta(hours=5) + place * APART)
        return told("takedown.content.gone")

    def test_keeps_each_once(self) -> None:
        entries = self.removed()
        tasks.count_removals(entries)
        tasks.count_removals(entries)
        removal = Removal.objects.get()
        assert (removal.seconds, removal.network, removal.country) == (5 * 3_600, 64500, "FR")
        assert removal.host is not None

    def test_gives_the_same_when_they_are_counted_again(self) -> None:
        tasks.count_removals(self.removed())
        self.removed()
        assert counting.recount_removals(by=SYSTEM) == 1
        assert Removal.objects.count() == 2
        assert counting.recount_removals(by=SYSTEM) == 0
        Removal.objects.update(seconds=1)
        assert counting.recount_removals(by=SYSTEM) == 4

    def test_is_for_processes_of_the_house(self) -> None:
        with pytest.raises(PermissionDenied):
            counting.recount_removals(by=ANALYST)
        with pytest.raises(PermissionDenied):
            counting.count_removals(entries=[], by=ANALYST)


class TestRemovalTimes:
    def test_are_exact(self) -> None:
        chance = Random(7)  # noqa: S311 - a sample, not a secret
        for network in (None, 64500, 64501, 64502):
            seconds = [chance.randrange(20 * DAY) for _each in range(chance.randint(1, 120))]
            make_removals(seconds, network=network)
        for found in times(By.NETWORK):
            assert not isinstance(found.key, UUID)
            values = sorted(
                Removal.objects.filter(network=found.key).values_list("seconds", flat=True)
            )
            assert found.count == len(values)
            assert found.percentiles == tuple(
                values[rank_of(percentile, len(values)) - 1] for percentile in (50, 75, 90)
            )
            assert sum(found.headings.values()) == len(values)
        assert sum(found.count for found in times(By.NETWORK)) == times()[0].count

    def test_stand_under_inhopes_headings(self) -> None:
        make_removals([DAY, 3 * DAY, 3 * DAY + 1, 6 * DAY, 6 * DAY + 1])
        (found,) = times()
        assert found.headings == {Heading.UNDER_3: 2, Heading.FROM_4: 2, Heading.FROM_7: 1}

    def test_are_of_ones_own_line_and_of_the_period(self) -> None:
        make_removals([DAY], line="helpline")
        make_removals([DAY], removed_on=today() - timedelta(days=8))
        assert times() == []
        period = {"since": today(), "until": today()}
        (found,) = queries.removal_times(**period, by=None, seen_by=LISTENER)
        assert found.count == 1
        with pytest.raises(PermissionDenied):
            queries.removal_times(**period, by=None, seen_by=STRANGER)

    def test_tell_platforms_from_hosts(self) -> None:
        host = make_organisation("Hébergeur", OrganisationKind.HOST)
        platform = make_organisation("Réseau", OrganisationKind.PLATFORM)
        make_removals([DAY] * 2, host=host)
        make_removals([2 * DAY] * 3, host=platform)
        make_removals([DAY])
        assert [(each.name, each.count) for each in times(By.PLATFORM)] == [("Réseau", 3)]
        assert [(each.name, each.count) for each in times(By.HOST)] == [("Hébergeur", 2), ("", 1)]

    def test_of_one_host_are_those_of_the_lines_one_works_for(self) -> None:
        host = uuid4()
        make_removals([100, 200, 300], host=host)
        make_removals([900_000], host=host, line="helpline")
        found = queries.times_of_host(host, seen_by=ANALYST)
        assert found is not None
        assert found.percentiles == (200, 300, 300)
        assert queries.times_of_host(uuid4(), seen_by=ANALYST) is None
