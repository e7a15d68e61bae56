"""Illegal content in the figures that INHOPE asks for: where it is, what it shows, how fast."""

from datetime import UTC, datetime, timedelta

import pytest

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.counting import adopt
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.queries import totals
from balise.foundation.statistics.rules import Gap
from balise.hotline.reports.actions import correcting, describing, removal
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    ask_correction,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
)
from balise.hotline.reports.tests.test_correcting import ONE, OTHER
from balise.takedown.law.rules.items import (
    Act,
    AgeGroup,
    Commerciality,
    Item,
    Reality,
    Sex,
    SiteType,
)

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOARD = Item(
    age=AgeGroup.PUBESCENT,
    sex=Sex.FEMALE,
    commerciality=Commerciality.FREE,
    site_type=SiteType.IMAGE_BOARD,
)
YOUNGER = Item(
    age=AgeGroup.INFANT,
    sex=Sex.MALE,
    act=Act.CONTACT,
    reality=Reality.REAL,
    commerciality=Commerciality.COMMERCIAL,
)


def counted(measure: str, by: str) -> dict[str, int]:
    """Return what the figures of the day say, of what is not nought."""
    clerk.tick()
    rows = totals(measure, DAY.date(), clock.today(), (by,))
    return {row.codes[by]: row.count for row in rows if row.count}


def decided(*items: Item, country: str = "NL") -> Content:
    content = make_content()
    if items:
        describing.describe_items(content_id=content.id, items=list(items), by=ANALYST)
    removal.note_hosting(content_id=content.id, country=country, network=64500, by=SYSTEM)
    give_verdict(content.id, make_decision())
    return Content.objects.get(id=content.id)


def test_counts_where_it_is_by_the_trace_of_the_verdict() -> None:
    with clock.at(DAY):
        content = decided(BOARD, YOUNGER)
        removal.note_host_moved(content_id=content.id, country="US", network=1, by=SYSTEM)
        removal.note_hosting(content_id=content.id, country="US", network=1, by=SYSTEM)
        removal.note_removed(content_id=content.id, at=clock.now(), by=SYSTEM)
        assert counted("hotline.illegal", "country") == {"NL": 1}
        assert counted("hotline.removed", "country") == {"US": 1}


def test_counts_a_content_once_however_many_items_it_has() -> None:
    with clock.at(DAY):
        decided(BOARD, BOARD, YOUNGER)
        assert counted("hotline.illegal", "site_type") == {"image-board": 1}
        assert counted("hotline.illegal", "commerciality") == {"free": 1}
        assert counted("hotline.illegal", "baseline") == {"yes": 1}
        assert counted("hotline.illegal.shown", "age") == {"infant": 1}
        assert counted("hotline.illegal.shown", "sex") == {"both": 1}


def test_what_nobody_described_is_not_known() -> None:
    with clock.at(DAY):
        make_decided()
        assert counted("hotline.illegal", "commerciality") == {"unknown": 1}
        assert counted("hotline.illegal", "baseline") == {"unknown": 1}


def test_never_what_is_not_illegal() -> None:
    with clock.at(DAY):
        make_decided(Verdict.HARMFUL)
        assert counted("hotline.illegal", "country") == {}


def test_items_of_later_change_what_it_shows_and_not_where_it_was() -> None:
    with clock.at(DAY):
        content = decided(BOARD)
        removal.note_hosting(content_id=content.id, country="US", network=1, by=SYSTEM)
    with clock.at(DAY + timedelta(days=2)):
        describing.describe_items(content_id=content.id, items=[YOUNGER], by=ANALYST)
        assert counted("hotline.illegal.shown", "age") == {"infant": 1}
        assert counted("hotline.illegal", "country") == {"NL": 1}
        before = Entry.objects.filter(event="hotline.content.illegal-counted").count()
        describing.describe_items(content_id=content.id, items=[YOUNGER], by=ANALYST)
    assert Entry.objects.filter(event="hotline.content.illegal-counted").count() == before == 3


def test_a_verdict_that_is_taken_back_leaves_them_as_it_entered_them() -> None:
    with clock.at(DAY):
        content = decided(BOARD)
        removal.note_hosting(content_id=content.id, country="US", network=1, by=SYSTEM)
        one = ask_correction(content.id, by=ONE)
        correcting.agree(correction_id=one, by=OTHER)
        assert counted("hotline.illegal", "country") == {}
        assert counted("hotline.illegal.shown", "age") == {}
        last = Entry.objects.filter(event="hotline.content.illegal-counted").latest("id")
    assert (last.facts["contents"], last.facts["country"]) == (-1, "NL")


def test_what_was_decided_before_it_was_counted_never_enters() -> None:
    content = make_content()
    Content.objects.update(
        state=ContentState.REMOVING, verdict=Verdict.ILLEGAL, decided_at=clock.now()
    )
    describing.describe_items(content_id=content.id, items=[BOARD], by=ANALYST)
    assert Entry.objects.filter(event="hotline.items.counted").exists()
    assert not Entry.objects.filter(event="hotline.content.illegal-counted").exists()


@pytest.mark.parametrize(
    ("after", "band"),
    [
        (timedelta(hours=23), "0d"),
        (timedelta(days=3, hours=1), "3d"),
        (timedelta(days=4), "6d"),
        (timedelta(days=6, hours=23), "6d"),
        (timedelta(days=7), "7d-more"),
    ],
)
def test_days_are_whole_ones_since_the_verdict(after: timedelta, band: str) -> None:
    with clock.at(DAY):
        content = make_decided()
    with clock.at(DAY + after):
        removal.note_asked(content_id=content.id, at=clock.now(), to="host", by=SYSTEM)
        removal.note_asked(content_id=content.id, at=clock.now(), to="hotline", by=SYSTEM)
        removal.note_removed(content_id=content.id, at=clock.now(), by=SYSTEM)
        assert counted("hotline.removed", "days_taken") == {band: 1}
        assert counted("hotline.asked", "days_taken") == {band: 1}
        assert counted("hotline.asked", "to") == {"host": 1}


def test_is_counted_since_a_day_and_not_before() -> None:
    with clock.at(DAY):
        make_content()
        clerk.tick()
    Counted.objects.filter(measure="hotline.illegal").delete()  # an earlier version knew none
    with clock.at(DAY + timedelta(days=30)):
        adopt()
        make_decided()
        clerk.tick()
        span = coverage(["hotline.illegal"]).spans["hotline.illegal"]
    assert (span.first, span.begins) == (
        (DAY + timedelta(days=30)).date(),
        Gap.BEFORE_THE_MEASURE,
    )
