"""A notice says “seen there” of a sighting alone, with its moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from balise.foundation.clock import at, now
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.queries.standing import last_sighting, sightings
from balise.hotline.reports.rules.words import Ground, Verdict
from balise.hotline.reports.tests.makers import ANALYST, make_decided, make_report
from balise.takedown.notices.rules.letters import SeenBy
from balise.takedown.watch import access as watching
from balise.takedown.watch.tests.makers import GONE, ONLINE, find

pytestmark = pytest.mark.django_db

READER = replace(ANALYST, abilities=ANALYST.abilities | {watching.READ})


def test_an_opening_is_one_at_its_own_moment() -> None:
    content = make_decided()
    opened_at = Assessment.objects.get().seen_at

    with at(now() + timedelta(days=2)):
        last = last_sighting(content=content, seen_by=READER)

    assert (last.at, last.by, last.is_ours) == (opened_at, SeenBy.LOOKED, True)


def test_the_watch_that_found_it_online_is_one() -> None:
    content = make_decided()
    with at(now() + timedelta(hours=1)):
        find("https://pictures.example/album/1", ONLINE, line="hotline", subject=content.id)

    last = last_sighting(content=content, seen_by=READER)

    assert last.by is SeenBy.WATCH
    assert len(sightings(content=content, seen_by=READER)) == 2


def test_a_look_that_found_it_gone_is_none() -> None:
    content = make_decided()
    find("https://pictures.example/album/1", GONE, line="hotline", subject=content.id)

    assert last_sighting(content=content, seen_by=READER).by is SeenBy.LOOKED


def test_an_opening_that_found_it_gone_is_none() -> None:
    content = make_decided(Verdict.GONE)

    assert sightings(content=content, seen_by=READER) == ()


def test_what_nobody_saw_was_reported_on_the_day_of_its_last_report() -> None:
    content = make_decided()
    Assessment.objects.update(ground=Ground.KNOWN, seen_at=None)
    with at(now() + timedelta(days=3)):
        report, _receipt = make_report()

    last = last_sighting(content=Content.objects.get(id=content.id), seen_by=READER)

    assert (last.at, last.by, last.is_ours) == (report.received_at, SeenBy.REPORTED, False)
