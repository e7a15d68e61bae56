"""Against a double that checks every field: exported once, acted on in order, taken in once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.takedown.onward.exchange.actions.iccam import exporting, stepping
from balise.takedown.onward.exchange.actions.iccam.exporting import AlreadyExported
from balise.takedown.onward.exchange.models import IccamCase, IccamCursor, IccamStep
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.iccam.bodies import (
    SETTLES_IN,
    CaseState,
    IccamOff,
    NotInDoubt,
    Receipt,
    StepState,
)
from balise.takedown.onward.exchange.rules.iccam.fields import (
    ActionReason,
    ActionType,
    read_assessment,
    write_assessment,
)
from balise.takedown.onward.exchange.tasks.iccam import client, working
from balise.takedown.onward.exchange.tasks.iccam.client import Rejected
from balise.takedown.onward.exchange.tests.iccam.double import IccamDouble
from balise.takedown.onward.exchange.tests.iccam.makers import (
    BASELINE,
    NATIONAL,
    fresh,
    make_case,
    make_exported,
    the_step,
)
from balise.takedown.onward.exchange.tests.makers import ANALYST, LISTENER, OUTSIDER, work

pytestmark = pytest.mark.django_db

LATER = SETTLES_IN + timedelta(minutes=1)


def later(wait: timedelta = LATER) -> None:
    """Do what the worker does some time from now."""
    with clock.at(now() + wait):
        working.work_due.func()
        run_due()


class TestExport:
    def test_brings_every_field(self, double: IccamDouble) -> None:
        case = make_case(network=64_500)
        assert b"pictures.example" not in bytes(case.sealed)
        work()
        (held,) = double.contents.values()
        assert (fresh(case).stands, fresh(case).content) == (CaseState.EXPORTED, 1)
        assert held["hotlineReference"] == str(case.id)
        assert read_assessment(held["assessment"]) == NATIONAL
        assert double.faults == []
        states = [e.facts["state"] for e in Entry.objects.filter(event="takedown.iccam.moved")]
        assert states == ["queued", "exported"]

    def test_is_off_by_default(self) -> None:
        with pytest.raises(IccamOff):
            make_case()
        assert not queries.is_on()
        for job in (working.work_due, working.take_in_assigned):
            job.func()
        working.export.func(case_id=str(uuid4()))
        working.take_step.func(step_id=str(uuid4()))

    def test_happens_once_for_a_content(self, double: IccamDouble) -> None:
        subject = uuid4()
        case = make_case(subject=subject)
        with pytest.raises(AlreadyExported):
            make_case(subject=subject)
        for _ in range(3):
            working.export.func(case_id=str(case.id))
        work()
        assert len(double.contents) == 1

    def test_waits_while_iccam_is_down(self, double: IccamDouble, settings: Settings) -> None:
        case = make_case()
        double.fails = [503, 429]
        work()
        assert (fresh(case).stands, fresh(case).fault) == (CaseState.QUEUED, "HTTP 503")
        later(timedelta(minutes=5))
        later(timedelta(minutes=20))
        assert fresh(case).stands is CaseState.EXPORTED
        settings.ICCAM_URL = "http://127.0.0.1:9"
        other = make_case()
        work()
        assert (fresh(other).stands, fresh(other).fault) == (CaseState.QUEUED, "ConnectError")

    @pytest.mark.parametrize("how", ["silent", "500", "504"])
    def test_is_never_sent_again_on_a_guess(self, double: IccamDouble, how: str) -> None:
        case = make_case()
        if how == "silent":
            double.drops = [True]
        else:
            double.fails = [int(how)]
        work()
        assert fresh(case).stands is CaseState.IN_DOUBT
        later(timedelta(days=3))
        assert len(double.contents) <= 1
        assert [path for _method, path in double.calls].count("/rest/reports") <= 1

    def test_a_person_says_what_is_there(self, double: IccamDouble) -> None:
        taken, lost = make_case(), make_case()
        double.drops = [True]
        working.export.func(case_id=str(taken.id))
        double.fails = [500]
        working.export.func(case_id=str(lost.id))
        exporting.settle_doubt(case_id=taken.id, found=Receipt(1_001, 1), by=ANALYST)
        exporting.settle_doubt(case_id=lost.id, found=None, by=ANALYST)
        work()
        assert {fresh(each).stands for each in (taken, lost)} == {CaseState.EXPORTED}
        assert len(double.contents) == 2
        with pytest.raises(NotInDoubt):
            exporting.settle_doubt(case_id=lost.id, found=None, by=ANALYST)

    def test_a_worker_that_died_leaves_it_in_doubt(self, double: IccamDouble) -> None:
        case = make_case()
        assert exporting.hand_over(case_id=case.id, by=SYSTEM) is not None  # and here it dies
        assert exporting.hand_over(case_id=case.id, by=SYSTEM) is None
        later(exporting.HANDED_FOR_AT_MOST + timedelta(minutes=2))
        assert fresh(case).stands is CaseState.IN_DOUBT
        assert not double.contents

    def test_that_iccam_refuses_waits_for_a_person(self, double: IccamDouble) -> None:
        case = make_case(country="nl")
        work()
        assert (fresh(case).stands, fresh(case).fault) == (CaseState.REFUSED, "HTTP 400")
        assert double.faults == ["hostingCountryCode"]
        exporting.withdraw(case_id=case.id, by=ANALYST)
        assert case.subject is not None
        make_case(subject=case.subject)

    def test_that_was_erased_is_given_up(self, double: IccamDouble) -> None:
        case = make_case()
        forget([case.id])
        work()
        assert fresh(case).stands is CaseState.WITHDRAWN

    def test_is_for_who_may(self, double: IccamDouble) -> None:
        case = make_case()
        for actor in (OUTSIDER, LISTENER):
            with pytest.raises(PermissionDenied):
                exporting.export(
                    line="hotline", subject=uuid4(), exported=make_exported(), by=actor
                )
            with pytest.raises(PermissionDenied):
                exporting.settle_doubt(case_id=case.id, found=None, by=actor)
            with pytest.raises(PermissionDenied):
                exporting.withdraw(case_id=case.id, by=actor)
        assert queries.cases(seen_by=LISTENER) == []
        with pytest.raises(PermissionDenied):
            queries.cases(seen_by=OUTSIDER)


class TestSignIn:
    def test_lasts_and_is_renewed(self, double: IccamDouble) -> None:
        double.token_lasts = timedelta(seconds=30)
        iccam = client.connection()
        for _ in range(3):
            assert iccam.look_up("action-types")
        assert double.sign_ins == 3  # less than a minute is left each time
        double.token_lasts = timedelta(hours=1)
        for _ in range(3):
            iccam.look_up("classifications")
        assert double.sign_ins == 4

    def test_begins_anew_where_nobody_knows_us(self, double: IccamDouble) -> None:
        iccam = client.connection()
        iccam.look_up("countries")
        double.forget_sessions()
        assert iccam.look_up("countries")
        double.token_lasts = timedelta(seconds=1)
        double.forget_sessions()
        iccam.look_up("countries")
        double.forget_sessions()  # the refresh token too
        assert iccam.look_up("countries")

    def test_that_is_refused_sends_nothing(self, double: IccamDouble, settings: Settings) -> None:
        settings.ICCAM_PASSWORD = "wrong"
        client.disconnect()
        case = make_case()
        work()
        assert (fresh(case).stands, fresh(case).fault) == (CaseState.QUEUED, "sign-in: HTTP 401")

    def test_every_code_list_can_be_looked_up(self, double: IccamDouble) -> None:
        for name in client._LOOK_UPS:
            assert client.connection().look_up(name)
        with pytest.raises(ValueError, match="passwords"):
            client.connection().look_up("passwords")


class TestSteps:
    def test_wait_until_a_report_has_settled(self, double: IccamDouble) -> None:
        subject = uuid4()
        double.settles_in = SETTLES_IN / 2
        make_case(subject=subject)
        queued = stepping.act(
            line="hotline", subject=subject, action=ActionType.REPORTED_TO_LEA, by=ANALYST
        )
        assert queued == 1
        work()
        assert the_step("act").stands is StepState.WAITING
        for content in double.contents.values():
            content["reported_at"] -= SETTLES_IN
        later()
        assert the_step("act").stands is StepState.DONE
        assert double.contents[1]["actions"][0]["actionType"] == 1

    def test_are_taken_once_in_order(self, double: IccamDouble) -> None:
        subject = uuid4()
        make_case(subject=subject)
        work()
        for action in (ActionType.REPORTED_TO_ISP, ActionType.REMOVED, ActionType.REMOVED):
            stepping.act(line="hotline", subject=subject, action=action, by=ANALYST)
        later()
        later()
        assert [each["actionType"] for each in double.contents[1]["actions"]] == [2, 3]

    def test_are_looked_at_before_they_are_taken_again(self, double: IccamDouble) -> None:
        subject = uuid4()
        make_case(subject=subject)
        work()
        stepping.act(
            line="hotline",
            subject=subject,
            action=ActionType.UNAVAILABLE,
            reason=ActionReason.NOT_FOUND_OR_DOWN,
            by=ANALYST,
        )
        double.drops = [False, True]  # it is done, and we never hear of it
        later()
        assert the_step("act").stands is StepState.WAITING
        later(LATER * 2)
        assert the_step("act").stands is StepState.NEEDLESS
        assert len(double.contents[1]["actions"]) == 1
        assert double.contents[1]["actions"][0]["actionReason"] == 9

    def test_that_iccam_refuses_are_not_tried_again(self, double: IccamDouble) -> None:
        subject = uuid4()
        make_case(subject=subject)
        work()
        stepping.act(line="hotline", subject=subject, action=ActionType.REMOVED, by=ANALYST)
        double.fails = [404]
        later()
        assert (the_step("act").stands, the_step("act").fault) == (StepState.REFUSED, "HTTP 404")

    def test_move_a_content_to_the_country_that_hosts_it(self, double: IccamDouble) -> None:
        subject = uuid4()
        make_case(subject=subject)
        work()
        stepping.move(line="hotline", subject=subject, country="DE", by=ANALYST)
        later()
        assert double.contents[1]["assignedCountryCode"] == "DE"
        assert the_step("move").stands is StepState.DONE

    def test_are_for_who_may(self, double: IccamDouble) -> None:
        subject = make_case().subject or uuid4()
        for actor in (OUTSIDER, LISTENER):
            with pytest.raises(PermissionDenied):
                stepping.act(line="hotline", subject=subject, action=ActionType.REMOVED, by=actor)
            with pytest.raises(PermissionDenied):
                stepping.assess(line="hotline", subject=subject, classified=NATIONAL, by=actor)
            with pytest.raises(PermissionDenied):
                stepping.move(line="hotline", subject=subject, country="DE", by=actor)


class TestAssessments:
    def assigned(self, double: IccamDouble, **given: object) -> IccamCase:
        double.assign("https://pictures.example/album/9", **given)
        working.take_in_assigned.func()
        return IccamCase.objects.get(direction="in")

    def assess(self, case: IccamCase, by: object = ANALYST) -> None:
        assert case.subject is not None
        stepping.assess(line="hotline", subject=case.subject, classified=BASELINE, by=ANALYST)
        later()

    def test_are_written_where_there_is_none(self, double: IccamDouble) -> None:
        self.assess(self.assigned(double))
        assert read_assessment(double.contents[1]["assessment"]) == BASELINE

    def test_overrule_national_and_never_baseline(self, double: IccamDouble) -> None:
        national = write_assessment(NATIONAL, analyst="")
        self.assess(self.assigned(double, assessment=national))
        assert read_assessment(double.contents[1]["assessment"]) == BASELINE
        IccamCase.objects.all().delete()
        double.contents.clear()
        baseline = write_assessment(BASELINE, analyst="other")
        self.assess(self.assigned(double, assessment=baseline))
        assert the_step("assess").stands is StepState.NEEDLESS

    def test_come_no_more_once_there_are_actions_or_it_is_not_ours(
        self, double: IccamDouble
    ) -> None:
        case = self.assigned(double)
        double.contents[1]["actions"].append({"actionType": 1})
        self.assess(case)
        assert the_step("assess").stands is StepState.NEEDLESS
        assert double.contents[1]["assessment"] is None
        IccamStep.objects.all().delete()
        double.contents[1] |= {"actions": [], "assignedCountryCode": "DE"}
        self.assess(case)
        assert the_step("assess").stands is StepState.NEEDLESS


class TestTakeIn:
    def test_brings_what_is_assigned_into_the_queue_once(self, double: IccamDouble) -> None:
        double.assign("https://pictures.example/album/9")
        for _ in range(2):
            working.take_in_assigned.func()
        (received,) = Entry.objects.filter(event="hotline.report.received")
        assert received.facts["channel"] == "network"
        case = IccamCase.objects.get()
        assert (case.stands, case.content, case.line) == (CaseState.TAKEN_IN, 1, "hotline")
        later()
        assert double.contents[1]["hotlineReference"] == str(case.id)
        assert the_step("refer").stands is StepState.DONE

    def test_passes_over_what_cannot_be_read_and_says_so(self, double: IccamDouble) -> None:
        double.assign("nowhere at all")
        double.assign("https://pictures.example/a", assessment={"classification": 3})
        double.assign("https://pictures.example/album/9")
        working.take_in_assigned.func()
        assert Entry.objects.filter(event="hotline.report.received").count() == 1
        told = Entry.objects.filter(event="takedown.iccam.unreadable")
        assert [entry.facts["number"] for entry in told] == [1, 2]

    def test_moves_on_only_after_the_whole_of_the_list(self, double: IccamDouble) -> None:
        double.assign("https://pictures.example/album/9")
        double.fails = [503]
        working.take_in_assigned.func()
        assert not IccamCursor.objects.exists()
        double.drops = [False, True]
        working.take_in_assigned.func()
        assert not IccamCursor.objects.exists()
        working.take_in_assigned.func()
        assert Entry.objects.filter(event="hotline.report.received").count() == 1
        assert queries.since("assigned", default=datetime.now(UTC)) < now()

    def test_what_is_here_already_is_no_news(self, double: IccamDouble) -> None:
        number = double.assign("https://pictures.example/album/9")
        held = client.connection().content(number)
        assert stepping.take_in(held=held, by=SYSTEM)
        assert not stepping.take_in(held=held, by=SYSTEM)
        with pytest.raises(Rejected):
            client.connection().content(99)
