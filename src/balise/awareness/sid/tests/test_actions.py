"""Editions, what is declared, the wall and the report: refusals, and what the journal holds."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from balise.awareness.partnership.campaigns.rules import CampaignUnknown
from balise.awareness.places.fieldwork.tests.makers import make_planned, make_workshop
from balise.awareness.sid import actions, module, queries
from balise.awareness.sid.actions import MessageChanged, NotOver, Reported, YearTaken
from balise.awareness.sid.models import Activity, Edition
from balise.awareness.sid.queries import counters, planned_lessons, to_write, wall
from balise.awareness.sid.rules import ActivityGone, Band, EditionOver, Method, Reason, Sort, Wall
from balise.awareness.sid.tests.makers import (
    AFTER,
    BEFORE,
    CONTACT,
    DAY,
    make_activity,
    make_edition,
    said,
    words_of,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]


@pytest.fixture
def edition() -> UUID:
    with clock.at(BEFORE):
        return make_edition()


def facts(name: str) -> list[dict[str, object]]:
    rows = Entry.objects.filter(event=f"awareness.{name}").order_by("id")
    return [entry.facts for entry in rows]


def say_met(activity: UUID, heads: int, band: Band = Band.TEENAGERS) -> None:
    actions.say_met(activity_id=activity, met={band: heads}, method=Method.COUNTED, by=ANYONE)


class TestEditions:
    def test_a_year_has_one(self, edition: UUID) -> None:
        assert facts("sid-edition.planned") == [{"year": 2027, "day": "2027-02-09"}]
        with pytest.raises(YearTaken):
            make_edition()
        with pytest.raises(PermissionDenied):
            actions.plan(year=2028, day=DAY.replace(year=2028), by=make_actor("editor"))

    def test_a_campaign_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(CampaignUnknown):
            make_edition(campaign="NOBODY-2027")

    def test_the_report_stays_as_it_was_published(self, edition: UUID) -> None:
        lead, row = make_actor("awareness_lead"), Edition.objects.get(id=edition)
        with clock.at(BEFORE):
            activity = make_activity(edition)
            with pytest.raises(NotOver):
                actions.publish_report(edition_id=edition, by=lead)
        with clock.at(AFTER):
            say_met(activity, 27)
            with pytest.raises(PermissionDenied):
                actions.publish_report(edition_id=edition, by=make_actor("coordinator"))
            actions.publish_report(edition_id=edition, by=lead)
            with pytest.raises(Reported):
                actions.publish_report(edition_id=edition, by=lead)
            say_met(activity, 30)
            row.refresh_from_db()
            was, found = queries.published(row), queries.report_of(row)
        assert (was.reach, found.reach) != (None, None)
        assert was.reach is not None
        assert was.reach.attendances == 27
        assert found.reach is not None
        assert found.reach.attendances == 30


class TestDeclare:
    def test_is_kept_once_however_often_it_is_sent(self, edition: UUID) -> None:
        key = uuid4()
        with clock.at(BEFORE):
            first = make_activity(edition, key=key)
            assert [make_activity(edition, key=key) for _ in range(2)] == [first, first]
            row = Edition.objects.get(id=edition)
            assert counters(row).activities == 1
        assert facts("sid-activity.declared") == [
            {"year": 2027, "sort": "school", "channel": "phare", "area": "35", "expected": 27}
        ]

    def test_the_contact_is_sealed_written_to_and_forgotten(self, edition: UUID) -> None:
        with clock.at(BEFORE):
            activity = Activity.objects.get(id=make_activity(edition))
            assert CONTACT.encode() not in bytes(activity.contact)
            while clerk.tick():
                pass
            run_due()
        (letter,) = [each for each in mail.outbox if each.to == [CONTACT]]
        assert "/fr/safer-internet-day/activity/" in str(letter.body)

        closes = AFTER + timedelta(days=44)
        (rule,) = module.RULES
        assert not list(rule.due(closes - timedelta(days=1)))
        assert list(rule.due(closes)) == [activity.id]
        assert rule.erase([activity.id]) == 1
        assert to_write(activity.id) is None
        assert Activity.objects.filter(id=activity.id).exists()

    def test_an_edition_that_is_over_takes_nothing(self, edition: UUID) -> None:
        with clock.at(BEFORE):
            activity = make_activity(edition)
        with clock.at(AFTER + timedelta(days=60)):
            with pytest.raises(EditionOver):
                make_activity(edition)
            with pytest.raises(EditionOver):
                say_met(activity, 3)

    def test_who_came_is_corrected_by_the_difference(self, edition: UUID) -> None:
        with clock.at(BEFORE):
            activity = make_activity(edition)
        with clock.at(AFTER):
            say_met(activity, 27)
            say_met(activity, 25)
        told = [(each["band"], each["amount"]) for each in facts("sid-activity.met")]
        assert told == [("11-14", 27), ("11-14", -2)]

    def test_what_is_taken_back_is_on_no_page_and_in_no_report(self, edition: UUID) -> None:
        with clock.at(BEFORE):
            activity = make_activity(edition)
            actions.show(
                activity_id=activity, read=words_of(activity), by=make_actor("coordinator")
            )
            actions.withdraw(activity_id=activity, by=ANYONE)
            row = Edition.objects.get(id=edition)
            assert (counters(row).activities, list(wall(row)[0])) == (0, [])
            with pytest.raises(ActivityGone):
                actions.correct(activity_id=activity, said=said(), by=ANYONE)
        assert len(facts("sid-activity.withdrawn")) == 1


class TestTheForecast:
    def test_hears_of_pupils_expected_then_of_those_who_came(self, edition: UUID) -> None:
        def told() -> list[int]:
            return [one.pupils for one in planned_lessons(since=DAY, until=DAY)]

        with clock.at(BEFORE):
            activity = make_activity(edition)
            make_activity(edition, sort=Sort.STRUCTURE)
        assert told() == [27]
        with clock.at(AFTER):
            say_met(activity, 25)
            assert told() == [25]
            actions.withdraw(activity_id=activity, by=ANYONE)
        assert told() == []

    def test_hears_of_the_visits_and_workshops_of_the_field_as_well(self, edition: UUID) -> None:
        with clock.at(BEFORE):
            make_activity(edition)
            make_planned(day=DAY, expected=54)
            make_workshop(day=DAY, is_planned=True, heads={"11-13": 20, "parents": 9})
        found = planned_lessons(since=DAY, until=DAY)
        assert sorted(one.pupils for one in found) == [20, 27, 54]


class TestTheWall:
    def test_nothing_is_shown_before_it_was_read(self, edition: UUID) -> None:
        by, row = make_actor("coordinator"), Edition.objects.get(id=edition)
        with clock.at(BEFORE):
            activity = make_activity(edition)
            assert list(wall(row)[0]) == []
            with pytest.raises(PermissionDenied):
                actions.show(activity_id=activity, read=words_of(activity), by=make_actor("editor"))
            actions.show(activity_id=activity, read=words_of(activity), by=by)
            assert [each.id for each in wall(row)[0]] == [activity]
            was = words_of(activity)
            actions.correct(activity_id=activity, said=said(says="Autre chose."), by=ANYONE)
            assert list(wall(row)[0]) == []
            with pytest.raises(MessageChanged):
                actions.show(activity_id=activity, read=was, by=by)
        assert [len(facts(f"sid-{what}")) for what in ("message.shown", "activity.corrected")] == [
            1,
            1,
        ]

    def test_a_name_that_changes_is_read_again_too(self, edition: UUID) -> None:
        by, row = make_actor("coordinator"), Edition.objects.get(id=edition)
        with clock.at(BEFORE):
            activity = make_activity(edition)
            actions.show(activity_id=activity, read=words_of(activity), by=by)
            was = words_of(activity)
            actions.correct(activity_id=activity, said=said(name="Autre nom"), by=ANYONE)
            assert list(wall(row)[0]) == []
            with pytest.raises(MessageChanged):
                actions.show(activity_id=activity, read=was, by=by)

    def test_one_that_is_refused_says_why_and_the_activity_counts(self, edition: UUID) -> None:
        by, row = make_actor("coordinator"), Edition.objects.get(id=edition)
        with clock.at(BEFORE):
            activity = make_activity(edition)
            actions.refuse(
                activity_id=activity, read=words_of(activity), reason=Reason.PERSON, by=by
            )
            assert Activity.objects.get(id=activity).on_the_wall is Wall.REFUSED
            assert counters(row).activities == 1
            actions.void(activity_id=activity, reason=Reason.TWICE, by=by)
            actions.void(activity_id=activity, reason=Reason.TWICE, by=by)
            assert counters(row).activities == 0
        assert facts("sid-message.refused") == [{"reason": "person"}]
        assert facts("sid-activity.voided") == [{"reason": "twice"}]
