"""The season at a hundredth: each figure is that of its plan, and each event moves its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from balise.awareness.activities.charter.actions import counting as charters
from balise.awareness.activities.charter.rules.words import What as Charter
from balise.awareness.activities.stories.actions import counting as stories
from balise.awareness.activities.stories.rules.words import Mode, What as Story
from balise.awareness.network.campaigns import actions as campaigns
from balise.awareness.network.campaigns.queries import listed
from balise.awareness.network.campaigns.rules.plans import Medium
from balise.awareness.network.fieldwork.actions import workshops
from balise.awareness.network.fieldwork.queries import of_structures
from balise.awareness.network.fieldwork.rules.people import Band, Method
from balise.awareness.network.fieldwork.rules.workshops import Setting, Told as Workshop
from balise.awareness.network.structures.actions import registering as structures
from balise.awareness.network.structures.demonstration import network
from balise.awareness.network.training.actions import counting as module
from balise.awareness.network.training.rules.paths import Path
from balise.awareness.network.training.rules.words import What as Module
from balise.demonstration.season2023 import hotline, making, removals
from balise.demonstration.season2023.awareness.network import APPLICATION
from balise.demonstration.season2023.plan import BEGINS, ENDS, Plan
from balise.demonstration.season2023.telling import Cast, cast, moment
from balise.demonstration.season2023.tests.rows import AUDIENCE, CLAIMS, ROWS, Row, planned
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal import clerk, verifying
from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.statistics.quantities import Quantity
from balise.helpline.contacts.actions import bringing as contacts
from balise.helpline.contacts.actions.bringing import Brought as Contact
from balise.helpline.contacts.rules import Channel
from balise.helpline.removals.actions import bringing as removing
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.rules.calls import EndedBy, Happening, Told
from balise.helpline.telephony.rules.records import Record
from balise.steering.editions.queries import showing
from balise.steering.indicators.queries import values
from balise.steering.indicators.rules.values import Ask
from balise.steering.press.actions.noting import note_all as note_press
from balise.steering.press.rules.items import Told as Item
from balise.steering.press.rules.words import Medium as Outlet
from balise.steering.readings.actions.noting import note as note_reading
from balise.steering.readings.models import Followed
from balise.steering.readings.rules.judging import Told as Reading
from balise.steering.readings.rules.series import Series
from balise.steering.rules.periods import Period

pytestmark = pytest.mark.django_db

PLAN = Plan(scale=0.01)
NOW = moment(ENDS, 23 * 3600 + 1)


@pytest.fixture(scope="module")
def season(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[making.Made]:
    """Make it once; what each test adds is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(moment(BEGINS, 0)):
            made = making.make(PLAN, tell=lambda *_told: None)
        yield made
        transaction.set_rollback(True)


def figure(row: Row) -> float:
    """Return a row's figure as the house computes it; of what is not summed, that of each part."""
    ask = Ask(row.code, Period(*row.period), parts=True)
    (value,) = values([ask], seen_by=SYSTEM)
    parts = {part.code: part.quantity for part in value.parts}
    if not row.part and value.quantity is not None:
        return float(value.quantity.value)
    found = [one for code, one in parts.items() if row.part in {"", code}]
    assert found, value.gap
    return float(sum(one.value for one in found if one))


def test_every_figure_is_that_of_the_plan(season: making.Made) -> None:
    wrong = {}
    with clock.at(NOW):
        for row in ROWS:
            found, wanted = figure(row), planned(row, PLAN)
            if found != pytest.approx(wanted, rel=0.005):
                wrong[row.ids] = (row.code, wanted, found)
        heard = figure(AUDIENCE)
    assert not wrong
    assert heard == AUDIENCE.value * PLAN.scale
    assert season.many["contacts"] == PLAN.sum("contacts")


def test_the_edition_of_its_last_day_shows_the_figures_of_the_plan(season: making.Made) -> None:
    edition, deck, files = showing.deck_of_day(ENDS)
    assert edition.frozen_at == moment(ENDS, 23 * 3600)
    assert not files  # they are drawn by the worker, or by `balise deck`
    year = (date(ENDS.year, 1, 1), ENDS)
    shown = {
        table.code: table.rows[0].cells[0].value
        for table in deck.figures.values()
        if table.rows[0].cells[0].value is not None
    }
    asked = [row for row in ROWS if row.period == year and not row.part and row.code in shown]
    assert len(asked) > 3
    for row in asked:
        assert float(shown[row.code]) == pytest.approx(planned(row, PLAN), rel=0.005), row.code
    reports = next(one for one in deck.figures.values() if one.code == "HOT-REP")
    assert reports.compared is not None
    assert [each.on for each in deck.figures["F02"].breaks]  # hours widened, one number


def test_the_claims_without_a_number_and_what_is_not_counted_yet_are_said(
    season: making.Made,
) -> None:
    assert season.many["removals"]
    codes = [*(code for codes in CLAIMS.values() for code in codes), "APP-CON", "MATCH-N"]
    with clock.at(NOW):
        found = values([Ask(code, Period(*ROWS[0].period)) for code in codes], seen_by=SYSTEM)
        this_year = values([Ask(code, Period(*AUDIENCE.period)) for code in codes], seen_by=SYSTEM)
    within_1h, within_4h, mean, app, matched = this_year
    assert within_1h.quantity is not None
    assert within_4h.quantity is not None
    assert 0.5 < within_1h.quantity.value < within_4h.quantity.value <= 1
    assert mean.quantity is not None
    assert mean.quantity.value < 4
    assert [one.quantity for one in (app, matched)] == [None, None]
    assert all(one.quantity is None or not one.quantity.value for one in found)  # none in 2021


def test_each_chain_holds(season: making.Made) -> None:
    assert season.many["reports"]
    for line in verifying.lines():
        assert verifying.verify(line).finding is None


def every_figure() -> dict[str, object]:
    """Return each indicator of the year with what it is made of, as it is computed now."""
    asks = [Ask(code, Period(date(2023, 1, 1), ENDS)) for code in INDICATORS]
    return {
        one.indicator.code: (one.quantity, one.numerator, one.denominator)
        for one in values(asks, seen_by=SYSTEM)
    }


def _report(_cast: Cast) -> None:
    hotline.tell_day(PLAN, ENDS, 1, seed="one more")


def _calls(_cast: Cast) -> None:
    at = moment(ENDS, 15 * 3600)
    ended = Told(Happening.ENDED, at + timedelta(seconds=40), EndedBy.CALLER)
    told = (Told(Happening.QUEUED, at), Told(Happening.ANSWERED, at), ended)
    import_records(records=[Record(0, "one more", told)], source="one more", by=SYSTEM)


def _contact(cast: Cast) -> None:
    at = moment(ENDS, 15 * 3600)
    one = Contact(
        subject=uuid4(),
        channel=Channel.FORM,
        begun_at=at,
        closed_at=at + timedelta(minutes=9),
        contact_type="child-self",
        met={"topics": ("cyberbullying",)},
        given={},
    )
    contacts.bring_in(contacts=[(one, cast.listeners[0])], by=SYSTEM)


def _removal(cast: Cast) -> None:
    found = removals.one_of(ENDS, removals.ways(), cast, Random("one more"))  # noqa: S311 - a play
    removing.bring_in(removals=[found], by=SYSTEM)


def _structure(cast: Cast) -> None:
    facts = replace(network()[0], name="Une structure de plus", number="")
    structures.register(facts=facts, by=cast.by_role["coordinator"])


def _channel(cast: Cast) -> None:
    by = cast.by_role["coordinator"]
    campaigns.declare(
        campaign_id=next(one.row.id for one in listed(seen_by=by) if one.row.code == APPLICATION),
        medium=Medium.INFLUENCER,
        label="@une-chaine-de-plus",
        number=1_000,
        declared_by="La chaîne elle-même",
        declared_on=clock.today(),
        by=by,
    )


def _workshop(_cast: Cast) -> None:
    workshops.declare(
        structure=UUID(str(of_structures.choices()[0][0])),
        key=uuid4(),
        told=Workshop(
            day=ENDS,
            setting=Setting.SCHOOL,
            heads={Band.FROM_11: 12},
            method=Method.COUNTED,
            area=of_structures.areas()[0][0],
        ),
        by=ANYONE,
    )


def _charter(_cast: Cast) -> None:
    charters.count(what=Charter.STARTED, band="3-5", by=ANYONE)


def _path(_cast: Cast) -> None:
    module.count(what=Module.STARTED, path=Path(uuid4()), by=ANYONE)


def _play(_cast: Cast) -> None:
    stories.count(story="ca-circule", mode=Mode.ALONE, what=Story.BEGUN, by=ANYONE)


CHANGES: tuple[tuple[Callable[[Cast], None], set[str]], ...] = (
    (_report, {"HOT-REP", "HOT-CON"}),
    (_calls, {"HEL-CALLS", "HEL-CALL", "HEL-ANS", "HEL-DUR"}),
    (_contact, {"HEL-CON", "HEL-SUP", "HEL-TOPIC"}),
    (_removal, {"REM-N", "REM-ASK", "REM-1H", "REM-4H", "REM-MEAN"}),
    (_structure, {"AMB-N", "AMB-AREA"}),
    (_channel, {"CAMP-MEDIA", "CAMP-INF", "CAMP-REACH"}),
    (_workshop, {"WS-N", "WS-P"}),
    (_charter, {"FAM-START"}),
    (_path, {"MOOC-START"}),
    (_play, {"GAME-PLAY"}),
)


@pytest.mark.parametrize(("act", "moves"), CHANGES, ids=lambda one: getattr(one, "__name__", ""))
def test_one_event_more_moves_the_figures_of_its_kind_and_no_other(
    season: making.Made, act: Callable[[Cast], None], moves: set[str]
) -> None:
    assert season.many
    with clock.at(moment(BEGINS, 0)):
        who = cast()
    with clock.at(NOW):
        before = every_figure()
        act(who)
    with clock.at(NOW + timedelta(days=1)):
        for each in (charters, module, stories):
            each.tell_days(by=SYSTEM)
        clerk.link()
        making.count()
        after = every_figure()
    assert {code for code in before if after[code] != before[code]} == moves


def test_an_item_of_the_press_and_a_reading_move_their_own(season: making.Made) -> None:
    assert season.many["press items"]
    press = next(row for row in ROWS if row.ids == (71,))
    downloads = next(row for row in ROWS if row.ids == (33, 44))
    with clock.at(NOW):
        by, was = cast().by_role["steering_office"], (figure(press), figure(downloads))
        told = Item(day=ENDS, outlet="Le Quai", title="Un de plus", medium=Outlet.PRINT)
        note_press(told=[told], by=by)
        clerk.link()
        making.count()
        assert (figure(press), figure(downloads)) == (was[0] + 1, was[1])
        store = Followed.objects.get(code="appli-play").id
        reading = Reading(series=Series.DOWNLOADS, day=ENDS, quantity=Quantity(Decimal(27_600)))
        note_reading(followed_id=store, told=reading, by=by)
        assert (figure(press), figure(downloads)) == (was[0] + 1, was[1] + 100)
