"""A content comes back to the queue: by a new report, or because an analyst puts it back."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, claiming, intake, notifying, removal
from balise.hotline.reports.actions.correcting import NotToReopen, reopen
from balise.hotline.reports.models import Assessment, Content, Report
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.joining import comes_back, to_read, to_read_of_message
from balise.hotline.reports.rules.places import elsewhere
from balise.hotline.reports.rules.words import Channel, ContentState, PlaceKind, ToRead, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    give_verdict,
    make_answers,
    make_content,
    make_decided,
    make_decision,
    make_incoming,
    make_report,
)

PASSING = (Verdict.GONE, Verdict.UNVERIFIABLE, Verdict.OUT_OF_SCOPE)
REOPENED = "hotline.content.reopened"


class TestRules:
    @pytest.mark.parametrize("verdict", Verdict)
    def test_only_a_verdict_that_may_have_passed_comes_back(self, verdict: Verdict) -> None:
        assert comes_back(ContentState.CLOSED, verdict) is (verdict in PASSING)
        assert not comes_back(ContentState.WAITING, verdict)
        assert not comes_back(ContentState.REMOVED, verdict)

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({}, ToRead.NOTHING),
            ({"category": "csam", "age_band": "adult", "reference": "R-1"}, ToRead.NOTHING),
            ({"description": "  \n"}, ToRead.NOTHING),
            ({"description": "She is still there"}, ToRead.WORDS),
            ({"contact": "someone@mail.example"}, ToRead.WORDS),
            ({"age_band": "under-13"}, ToRead.CHILD),
            ({"concern": "known", "description": "words"}, ToRead.CHILD),
            ({"danger": True, "age_band": "13-15"}, ToRead.DANGER),
        ],
    )
    def test_the_gravest_reason_to_read_is_said(
        self, given: dict[str, object], expected: ToRead
    ) -> None:
        assert to_read(make_answers(**given)) is expected
        assert to_read_of_message(make_answers(**given)) == max(expected, ToRead.MESSAGE)

    @pytest.mark.parametrize(
        ("kind", "service", "text", "is_one"),
        [
            (PlaceKind.APP, "Some App", "player one", True),
            (PlaceKind.APP, "Some App", " some  APP", False),
            (PlaceKind.APP, "Some App", "", False),
            (PlaceKind.APP, "", "player one", False),
            (PlaceKind.PHONE, "", "+33 1 99 00 00 00", True),
            (PlaceKind.PHONE, "SMS 1", "SMS 1", False),
            (PlaceKind.PHONE, "", "hidden number", False),
        ],
    )
    def test_a_service_alone_is_each_report_s_own(
        self, kind: PlaceKind, service: str, text: str, *, is_one: bool
    ) -> None:
        place = elsewhere(kind=kind, text=text, service=service)
        mine, theirs = place.identity_in(UUID(int=1)), place.identity_in(UUID(int=2))

        assert place.names_one is is_one
        assert (mine == theirs) is is_one
        assert place.identity_in(UUID(int=1)) == mine


@pytest.mark.django_db
class TestANewReport:
    @pytest.mark.parametrize("verdict", PASSING)
    def test_puts_back_what_may_have_changed_and_keeps_its_file(self, verdict: Verdict) -> None:
        decided = make_decided(verdict)

        report, receipt = make_report(danger=True, age_band="under-13", description="It is back")

        content = Content.objects.get()
        assert (content.id, content.state, content.verdict) == (
            decided.id,
            ContentState.WAITING,
            verdict,
        )
        assert (content.report_count, content.danger, content.minor) == (2, True, True)
        assert content.priority > decided.priority
        assert content.decided_at is None
        assert content.reopened_at == report.received_at
        assert Assessment.objects.get().verdict == verdict
        assert Entry.objects.get(event=REOPENED).facts["verdict"] == verdict
        assert claiming.claim_next(by=ANALYST) == content.id
        assert receipts.followed(receipt).standings[0].state is ContentState.WAITING
        assert Report.objects.get(id=report.id).to_read == ToRead.NOTHING  # the queue brings it

    @pytest.mark.parametrize("verdict", [Verdict.ILLEGAL, Verdict.HARMFUL])
    def test_leaves_what_the_law_says(self, verdict: Verdict) -> None:
        decided = make_decided(verdict)

        make_report(danger=True)

        assert Content.objects.get().state == decided.state
        assert not Entry.objects.filter(event=REOPENED).exists()

    def test_puts_back_once_for_a_batch(self) -> None:
        make_decided(Verdict.GONE)
        batch = [make_incoming(channel=Channel.IMPORT) for _ in range(3)]

        intake.receive_many(incoming=batch, by=SYSTEM)

        assert Content.objects.get().report_count == 4
        assert Entry.objects.filter(event=REOPENED).count() == 1

    def test_puts_back_by_a_corrected_address_too(self) -> None:
        decided = make_decided(Verdict.GONE)
        receipt = new_receipt()
        wrong = make_answers("https://wrong.example/")
        intake.receive(incoming=make_incoming(wrong, receipt=receipt, is_finished=False), by=ANYONE)

        right = make_answers().places
        answering.answer(receipt=receipt, given={"places": right}, finish=True, by=ANYONE)
        clerk.tick()

        assert Content.objects.get().id == decided.id
        assert Content.objects.get().state == ContentState.WAITING
        assert Entry.objects.filter(event=REOPENED, subject=decided.id).count() == 1

    def test_of_what_was_removed_has_the_watch_look_at_once(self) -> None:
        removed = make_decided(Verdict.ILLEGAL)
        notifying.watch_unnotified(content_id=removed.id, by=SYSTEM)
        removal.note_removed(content_id=removed.id, at=now(), by=SYSTEM)
        make_report()
        make_report()
        clerk.tick()

        assert Entry.objects.filter(event="takedown.watch.look-asked", subject=removed.id).exists()
        assert Content.objects.get().state == ContentState.REMOVED
        assert Entry.objects.filter(event="hotline.content.removed-reported").count() == 2

    def test_takes_a_put_back_content_from_nobody_when_it_is_corrected(self) -> None:
        decided = make_decided(Verdict.GONE)
        receipt = new_receipt()
        intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)
        Content.objects.update(report_count=1)  # the earlier report was erased since

        other = make_answers("https://other.example/").places
        answering.answer(receipt=receipt, given={"places": other}, finish=True, by=ANYONE)
        clerk.tick()

        assert Content.objects.filter(id=decided.id).exists()

    def test_is_decided_again_and_only_the_last_verdict_is_final(self) -> None:
        decided = make_decided(Verdict.GONE)
        Content.objects.update(first_reported_at=now() - timedelta(days=30))
        make_report()

        give_verdict(decided.id, make_decision())

        finals = Assessment.objects.order_by("at").values_list("verdict", "is_final")
        assert list(finals) == [(Verdict.GONE, False), (Verdict.ILLEGAL, True)]
        # How long it took counts from the day it came back, not from the first report ever.
        again = Entry.objects.filter(event="hotline.content.decided").order_by("id").last()
        assert again is not None
        assert again.facts["band"] == "1h"

    def test_waits_from_the_day_it_came_back(self) -> None:
        make_decided(Verdict.GONE)
        Content.objects.update(first_reported_at=now() - timedelta(days=30))
        make_report()

        assert answering.raise_waiting(at=now(), by=SYSTEM) == 0
        assert answering.raise_waiting(at=now() + timedelta(hours=25), by=SYSTEM) == 1

    def test_raises_what_waits_for_its_second_look(self) -> None:
        content = make_content()
        grave = make_decision(category="csam", offence="csam-sharing")
        give_verdict(content.id, grave)
        before = Content.objects.get()

        make_report(danger=True, category="hate")

        after = Content.objects.get()
        assert (after.state, after.category, after.danger) == (
            ContentState.SECOND_LOOK,
            "hate",
            True,
        )
        assert after.priority > before.priority

    def test_costs_no_question_for_each_report(self) -> None:
        for n in range(6):
            content = make_content(f"https://site{n}.example/")
            verdict = Verdict.GONE if n % 2 else Verdict.HARMFUL
            give_verdict(content.id, make_decision(verdict))

        def asked(*numbers: int) -> int:
            batch = [
                make_incoming(make_answers(f"https://site{n}.example/", danger=True))
                for n in numbers
            ]
            with CaptureQueriesContext(
                connection,
            ) as queries:
                intake.receive_many(incoming=batch, by=SYSTEM)
            return len(queries)

        assert asked(0, 1) == asked(2, 3, 4, 5)


@pytest.mark.django_db
class TestAServiceAlone:
    PLACE = elsewhere(kind=PlaceKind.APP, text="Some App", service="Some App")

    def test_of_two_children_is_two_contents(self) -> None:
        (one, _), (other, receipt) = (make_report(places=(self.PLACE,)) for _ in range(2))

        assert one.contents.get() != other.contents.get()
        assert receipts.followed(receipt).standings[0].place == "Some App · Some App"

    def test_stays_one_content_however_often_it_is_saved(self) -> None:
        receipt = new_receipt()
        first = make_incoming(
            make_answers(places=(self.PLACE,)), receipt=receipt, is_finished=False
        )
        intake.receive(incoming=first, by=ANYONE)
        before = Content.objects.get()

        answering.answer(
            receipt=receipt, given={"places": (self.PLACE,), "danger": True}, finish=True, by=ANYONE
        )

        after = Content.objects.get()
        assert (after.id, after.danger, after.report_count) == (before.id, True, 1)

    def test_is_taken_back_when_the_account_is_named(self) -> None:
        receipt = new_receipt()
        first = make_incoming(
            make_answers(places=(self.PLACE,)), receipt=receipt, is_finished=False
        )
        intake.receive(incoming=first, by=ANYONE)

        named = elsewhere(kind=PlaceKind.APP, text="player one", service="Some App")
        answering.answer(receipt=receipt, given={"places": (named,)}, finish=True, by=ANYONE)
        clerk.tick()

        assert Content.objects.count() == 1
        assert receipts.followed(receipt).standings[0].place == "Some App · player one"


@pytest.mark.django_db
class TestToBeRead:
    def test_a_report_that_joined_a_verdict_says_why(self) -> None:
        make_decided(Verdict.HARMFUL)

        silent, _ = make_report()
        worded, _ = make_report(description="He wrote to my sister")
        grave, _ = make_report(danger=True)

        levels = dict(Report.objects.values_list("id", "to_read"))
        assert levels[silent.id] == ToRead.NOTHING
        assert levels[worded.id] == ToRead.WORDS
        assert levels[grave.id] == ToRead.DANGER

    def test_what_is_answered_later_counts(self) -> None:
        make_decided(Verdict.HARMFUL)
        receipt = new_receipt()
        intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)
        assert not Report.objects.filter(to_read__gt=0).exists()

        answering.answer(receipt=receipt, given={"danger": True}, finish=False, by=ANYONE)

        assert Report.objects.get(to_read=ToRead.DANGER).intake_key

    def test_a_report_of_what_waits_is_in_the_queue_and_not_here(self) -> None:
        make_report(danger=True, description="words")

        assert Report.objects.get().to_read == ToRead.NOTHING


@pytest.mark.django_db
class TestReopen:
    def test_puts_back_with_what_the_report_says(self) -> None:
        decided = make_decided(Verdict.HARMFUL)
        report, _ = make_report(danger=True, category="grooming")

        reopen(content_id=decided.id, because_of=report.id, by=ANALYST)

        content = Content.objects.get()
        assert (content.state, content.danger) == (ContentState.WAITING, True)
        assert content.priority > decided.priority
        entry = Entry.objects.get(event=REOPENED)
        assert (entry.subject, entry.facts["verdict"]) == (content.id, Verdict.HARMFUL)

    def test_puts_back_what_was_removed(self) -> None:
        content = make_decided()
        removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)

        reopen(content_id=content.id, by=ANALYST)

        after = Content.objects.get()
        assert (after.state, after.removed_at) == (ContentState.WAITING, None)

    def test_refuses_what_waits_or_is_being_removed(self) -> None:
        waits, removing = make_content("https://waits.example/"), make_decided()

        # Who undoes what a colleague has just undone reads that it is done.
        for content, says in ((waits, "déjà dans la file"), (removing, "clos ou retiré")):
            with pytest.raises(NotToReopen, match=says):
                reopen(content_id=content.id, by=ANALYST)
        assert not Entry.objects.filter(event=REOPENED).exists()

    def test_refuses_a_report_that_speaks_of_something_else(self) -> None:
        decided = make_decided(Verdict.HARMFUL)
        other, _ = make_report("https://other.example/")

        with pytest.raises(ObjectDoesNotExist):
            reopen(content_id=decided.id, because_of=other.id, by=ANALYST)

    def test_refuses_who_may_not_assess(self) -> None:
        decided = make_decided(Verdict.HARMFUL)

        with pytest.raises(PermissionDenied):
            reopen(content_id=decided.id, by=LISTENER)
