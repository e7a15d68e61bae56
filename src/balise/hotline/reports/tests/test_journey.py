"""What a reporter reads of the way of one content, and what is noted for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.statistics.models import UsualDelay
from balise.foundation.web.timeline import Mark, Step
from balise.hotline.reports.actions import removal
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.journey import REMOVAL, VERDICT, journey
from balise.hotline.reports.rules.status import Status
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tests.makers import give_verdict, make_decision, make_report

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def way(
    state: ContentState,
    verdict: Verdict | None = None,
    *,
    asked: bool = False,
    refused: bool = False,
    danger: bool = False,
) -> list[Step]:
    status = Status(
        place="https://a.example/",
        state=state,
        verdict=verdict,
        decided_at=NOON + HOUR if verdict else None,
        removed_at=NOON + 4 * HOUR if state is ContentState.REMOVED else None,
        is_asked=asked,
        known_before=False,
        asked_at=NOON + 2 * HOUR if asked else None,
        refused_at=NOON + 3 * HOUR if refused else None,
    )
    with override("en"):
        return list(journey(status, received_at=NOON, danger=danger))


def said(steps: list[Step]) -> list[tuple[str, Mark]]:
    with override("en"):
        return [(str(step.label), step.mark) for step in steps]


class TestSteps:
    def test_what_waits_is_being_examined_and_has_the_rest_to_come(self) -> None:
        steps = way(ContentState.WAITING)

        assert [mark for _label, mark in said(steps)] == [
            Mark.DONE,
            Mark.NOW,
            *[Mark.TO_COME] * 3,
        ]
        assert [step.measure for step in steps if step.measure] == [VERDICT, REMOVAL]

    def test_a_danger_is_first_in_line(self) -> None:
        assert ("First in line", Mark.DONE) in said(way(ContentState.WAITING, danger=True))
        assert ("First in line", Mark.DONE) not in said(way(ContentState.WAITING))

    def test_a_second_review_is_the_same_step(self) -> None:
        first, second = way(ContentState.WAITING), way(ContentState.SECOND_LOOK)

        assert said(first) == said(second)
        assert first[1].says != second[1].says

    @pytest.mark.parametrize(
        ("verdict", "label"),
        [
            (Verdict.HARMFUL, "It is not against the law"),
            (Verdict.OUT_OF_SCOPE, "Another service handles this"),
            (Verdict.GONE, "It was already gone"),
            (Verdict.UNVERIFIABLE, "We could not find it"),
        ],
    )
    def test_what_is_answered_is_done_and_nothing_is_to_come(
        self, verdict: Verdict, label: str
    ) -> None:
        steps = way(ContentState.CLOSED, verdict)

        assert said(steps)[-1] == (label, Mark.DONE)
        assert {mark for _label, mark in said(steps)} == {Mark.DONE}

    def test_an_illegal_one_is_not_said_to_be_asked_before_it_is(self) -> None:
        labels = [label for label, _mark in said(way(ContentState.REMOVING, Verdict.ILLEGAL))]

        assert "We asked for its removal" not in labels
        assert labels[-2:] == ["Removal request", "We check that it is gone"]

    def test_what_is_asked_is_not_removed_yet(self) -> None:
        steps = way(ContentState.REMOVING, Verdict.ILLEGAL, asked=True)

        assert said(steps)[-2:] == [
            ("We asked for its removal", Mark.DONE),
            ("Not removed yet", Mark.NOW),
        ]

    def test_a_refusal_is_said_with_what_we_do(self) -> None:
        steps = way(ContentState.REMOVING, Verdict.ILLEGAL, asked=True, refused=True)

        assert said(steps)[-2:] == [
            ("They refused to remove it", Mark.DONE),
            ("Not removed yet", Mark.NOW),
        ]
        with override("en"):
            assert "Here is what we do" in str(steps[-1].says)

    def test_what_is_gone_is_gone(self) -> None:
        steps = way(ContentState.REMOVED, Verdict.ILLEGAL, asked=True, refused=True)

        assert said(steps)[-1] == ("It is gone", Mark.DONE)
        assert steps[-1].at == NOON + 4 * HOUR

    def test_what_is_given_up_has_stopped(self) -> None:
        steps = way(ContentState.CLOSED, Verdict.ILLEGAL, asked=True)

        assert said(steps)[-1] == ("It is not removed", Mark.STOPPED)


@pytest.mark.django_db
class TestRefused:
    def test_a_refusal_is_kept_until_it_is_elsewhere(self) -> None:
        report, receipt = make_report()
        content = report.contents.get()
        removal.note_refused(content_id=content.id, at=NOON, by=SYSTEM)
        assert Content.objects.get().removal_refused_at is None

        give_verdict(content.id, make_decision())
        removal.note_refused(content_id=content.id, at=NOON, by=SYSTEM)
        ((status, _steps),) = receipts.followed(receipt).journeys
        assert status.refused_at == NOON

        removal.note_nobody_asked(content_id=content.id, by=SYSTEM)
        assert Content.objects.get().removal_refused_at is None


@pytest.mark.django_db
class TestPages:
    def test_tells_the_usual_delay_where_it_is_known(self, client: Client) -> None:
        _report, receipt = make_report()
        headers = {"accept-language": "en"}

        page = client.post("/en/follow/", {"code": receipt}, follow=True, headers=headers).text
        assert "An analyst examines it" in page
        assert "usually" not in page

        UsualDelay.objects.create(measure=VERDICT, half="4h", most="3d", on=today())
        page = client.get("/en/follow/", headers=headers).text
        assert "usually within 4 hours, almost always within 3 days" in page
