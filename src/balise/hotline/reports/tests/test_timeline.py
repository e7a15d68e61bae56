"""What happened to a content and what comes, in one order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from balise.foundation.actors import ANYONE
from balise.hotline.reports.actions import claiming, correcting
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.timeline import Timeline, timeline
from balise.hotline.reports.rules.timeline import FLOOR, Coming, Step, What, comes, happened, usual
from balise.hotline.reports.rules.words import Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    give_verdict,
    make_content,
    make_decision,
    make_report,
)

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


class TestTheRule:
    """Without a database."""

    def test_sources_are_merged_by_their_moments(self) -> None:
        own = [Step(at=after(5), what=What.TAKEN), Step(at=NINE, what=What.REPORTED)]
        of_notices = [Step(at=after(3), what=What.NOTICE_SENT)]

        found = happened(own, of_notices)

        assert [one.what for one in found] == [What.REPORTED, What.NOTICE_SENT, What.TAKEN]
        assert happened([], ()) == []

    def test_things_of_one_moment_keep_the_order_of_their_sources(self) -> None:
        found = happened([Step(at=NINE, what=What.DECIDED)], [Step(at=NINE, what=What.NOTICE_SENT)])

        assert [one.what for one in found] == [What.DECIDED, What.NOTICE_SENT]

    def test_what_is_alike_in_a_row_is_one_step(self) -> None:
        looks = [
            Step(at=after(each), what=What.SEEN, says="Online", count=2, until=after(each + 5))
            for each in (0, 10)
        ]
        found = happened(looks, [Step(at=after(30), what=What.SEEN, says="Gone")])

        assert [(one.count, one.until) for one in found] == [(4, after(15)), (1, None)]

    def test_what_another_did_is_not_alike(self) -> None:
        found = happened(Step(at=NINE, what=What.TAKEN, who=who) for who in ("Alix", "Noé"))

        assert [one.who for one in found] == ["Alix", "Noé"]

    def test_what_has_a_moment_comes_last(self) -> None:
        later, sooner = Coming(words="later", at=after(9)), Coming(words="sooner", at=NINE)

        found = comes([later, sooner], [Coming(words="some day")])

        assert [one.words for one in found] == ["some day", "sooner", "later"]

    def test_a_usual_time_is_said_of_enough_alone(self) -> None:
        with override("en"):
            assert usual(3_600, of=FLOOR, in_words="1 h") == "half within 1 h"
        assert usual(3_600, of=FLOOR - 1, in_words="1 h") == ""


@pytest.mark.django_db
class TestAContent:
    def of(self, content_id: object) -> Timeline:
        row = listing.content(content_id=content_id, seen_by=ANALYST)  # type: ignore[arg-type]
        return timeline(row, about=[], police=None, watched=None, seen_by=ANALYST)

    def test_it_is_for_those_who_read_the_queue(self) -> None:
        row = listing.content(content_id=make_content().id, seen_by=ANALYST)

        with pytest.raises(PermissionDenied):
            timeline(row, about=[], police=None, watched=None, seen_by=ANYONE)

    def test_reports_then_the_work_then_what_comes(self) -> None:
        content = make_content(danger=True)
        make_report()
        claiming.claim(content_id=content.id, by=ANALYST)
        found = self.of(content.id)

        assert [one.what for one in found.happened] == [
            What.REPORTED,
            What.DANGER,
            What.REPORTED,
            What.TAKEN,
        ]
        assert len(found.comes) == 1

    def test_a_verdict_and_its_undoing(self) -> None:
        content = make_content()
        give_verdict(content.id, make_decision(Verdict.OUT_OF_SCOPE))
        assert self.of(content.id).comes == []
        correcting.reopen(content_id=content.id, by=ANALYST)

        found = self.of(content.id)

        assert [one.what for one in found.happened[-2:]] == [What.DECIDED, What.REOPENED]
        assert found.happened[-2].says == "Hors champ · J’ai regardé"
        assert found.earlier == []
