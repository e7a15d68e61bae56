"""Prepare, send, ask: what each one changes, writes down and refuses."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_partner
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.foundation.statistics import queries as statistics
from balise.hotline.desk import tasks
from balise.hotline.desk.actions import preparing, reading, sending
from balise.hotline.desk.models import Batch, Draft, Followed
from balise.hotline.desk.queries import drafts, own
from balise.hotline.desk.queries.own import Filters
from balise.hotline.desk.rules.files import FileRefused
from balise.hotline.desk.rules.words import DraftSent, DraftState, NothingToSend, Stage
from balise.hotline.desk.tests.makers import (
    make_cells,
    make_csv,
    make_draft,
    make_member,
    make_sent,
)
from balise.hotline.reports.actions import claiming, dialogue
from balise.hotline.reports.models import Content, Message, Report
from balise.hotline.reports.rules.completeness import Element
from balise.hotline.reports.rules.words import Channel, Verdict
from balise.hotline.reports.tests.makers import ANALYST, give_verdict, make_content, make_decision

pytestmark = pytest.mark.django_db

_READS = frozenset({"hotline.desk.answer", "hotline.welfare.look"})
READER = Actor(ActorKind.STAFF, str(UUID(int=7)), _READS)


def told(name: str) -> list[dict[str, Any]]:
    return [entry.facts for entry in Entry.objects.filter(event=f"hotline.{name}").order_by("id")]


def decide(content: Content, verdict: Verdict = Verdict.HARMFUL) -> None:
    claiming.claim(content_id=content.id, by=ANALYST)
    give_verdict(content.id, make_decision(verdict))


class TestPreparing:
    def test_keeps_what_is_written_sealed(self) -> None:
        member = make_member()
        draft_id = make_draft(member, description="canary words that nobody may read in the table")

        draft = Draft.objects.get(id=draft_id)
        assert b"canary" not in bytes(draft.sealed)
        opened = drafts.draft(draft_id, seen_by=member)
        assert opened is not None
        assert opened.cells["description"].startswith("canary")
        assert (opened.state, opened.completeness.score) == (DraftState.READY, 100)
        (fact,) = told("batch.prepared")
        assert fact == {
            "faulty": 0,
            "form": "form",
            "lines": 1,
            "partner": str(member.organisation),
        }

    def test_what_cannot_be_sent_is_kept_as_it_was_written(self) -> None:
        member = make_member()
        draft_id = make_draft(member, met_on="hier", address="nowhere at all")

        opened = drafts.draft(draft_id, seen_by=member)

        assert opened is not None
        assert opened.state == DraftState.FAULTY
        assert (opened.cells["met_on"], opened.cells["address"]) == ("hier", "nowhere at all")
        assert {fault.field for fault in opened.faults} == {"met_on", "address"}
        with pytest.raises(NothingToSend):
            sending.send_one(draft_id=draft_id, by=member)

    def test_is_written_anew(self) -> None:
        member = make_member()
        draft_id = make_draft(member, met_on="hier")

        state = preparing.revise(draft_id=draft_id, cells=make_cells(context=""), by=member)

        assert state == DraftState.READY
        opened = drafts.draft(draft_id, seen_by=member)
        assert opened is not None
        assert opened.completeness.missing == (Element.CONTEXT,)

    def test_is_given_up_with_its_key(self) -> None:
        member = make_member()
        draft_id = make_draft(member)
        before = KeyWrap.objects.count()

        preparing.drop(draft_id=draft_id, by=member)

        assert not Draft.objects.exists()
        assert not Batch.objects.exists()
        assert KeyWrap.objects.count() == before - 1
        assert len(told("draft.dropped")) == 1

    def test_another_partner_sees_and_changes_nothing(self) -> None:
        draft_id = make_draft(make_member())
        stranger = make_member()

        assert drafts.draft(draft_id, seen_by=stranger) is None
        for act in (
            lambda: preparing.revise(draft_id=draft_id, cells={}, by=stranger),
            lambda: preparing.drop(draft_id=draft_id, by=stranger),
            lambda: sending.send_one(draft_id=draft_id, by=stranger),
        ):
            with pytest.raises(ObjectDoesNotExist):
                act()

    def test_a_colleague_goes_on(self) -> None:
        partner = make_partner()
        draft_id = make_draft(make_member(partner))

        sending.send_one(draft_id=draft_id, by=make_member(partner))

        assert Report.objects.filter(partner=partner.id).count() == 1

    @pytest.mark.parametrize(
        "who", [ANALYST, READER, Actor(ActorKind.STAFF, "x", frozenset({"hotline.desk.use"}))]
    )
    def test_asks_for_the_right_and_an_organisation(self, who: Actor) -> None:
        with pytest.raises(PermissionDenied):
            make_draft(who)
        with pytest.raises(PermissionDenied):
            preparing.prepare_file(content=b"adresse\nx\n", by=who)


class TestBatches:
    def test_each_line_gets_its_answer(self) -> None:
        member = make_member()
        make_sent(member, address="https://a.example/sent")
        content = make_csv(
            make_cells(address="https://a.example/1"),
            make_cells(address="https://a.example/1"),
            make_cells(address="https://a.example/sent"),
            make_cells(address="https://a.example/2", met_time="soir"),
            make_cells(address="https://a.example/3", identities="", context=""),
        )

        batch_id = preparing.prepare_file(content=content, by=member)

        found = drafts.batch(batch_id, seen_by=member)
        assert found is not None
        assert [one.state for one in found.drafts] == [
            DraftState.READY,
            DraftState.SAME,
            DraftState.KNOWN,
            DraftState.FAULTY,
            DraftState.READY,
        ]
        assert [one.number for one in found.drafts] == [2, 3, 4, 5, 6]
        assert [one.same_as for one in found.drafts] == [None, 2, None, None, None]
        assert found.drafts[4].completeness.score == 80
        assert (found.standing.to_send, found.standing.incomplete) == (2, 1)

    def test_sends_what_is_ready_and_keeps_the_rest(self) -> None:
        member = make_member()
        make_content("https://a.example/known")
        content = make_csv(
            make_cells(address="https://a.example/known"),
            make_cells(address="https://a.example/2"),
            make_cells(address="nowhere at all"),
        )
        batch_id = preparing.prepare_file(content=content, by=member)

        sent = sending.send_batch(batch_id=batch_id, by=member)

        assert (sent.sent, sent.known, sent.incomplete) == (2, 1, 0)
        reports = Report.objects.filter(partner=member.organisation)
        assert {report.channel for report in reports} == {Channel.API}
        assert reports.count() == 2
        states = list(Draft.objects.order_by("number").values_list("state", flat=True))
        assert states == ["sent", "sent", "faulty"]
        assert told("batch.sent")[0]["sent"] == 2
        with pytest.raises(NothingToSend):
            sending.send_batch(batch_id=batch_id, by=member)

    def test_a_line_is_one_report_however_often_it_is_sent(self) -> None:
        member = make_member()
        draft_id = make_draft(member)
        report_id = sending.send_one(draft_id=draft_id, by=member)

        with pytest.raises(DraftSent):
            sending.send_one(draft_id=draft_id, by=member)
        with pytest.raises(DraftSent):
            preparing.revise(draft_id=draft_id, cells=make_cells(), by=member)
        with pytest.raises(DraftSent):
            preparing.drop(draft_id=draft_id, by=member)
        assert Report.objects.filter(partner=member.organisation).get().id == report_id

    def test_the_same_words_are_news_once_the_first_are_settled(self) -> None:
        member = make_member()
        make_sent(member)
        decide(Content.objects.get())

        again = drafts.draft(make_draft(member), seen_by=member)

        assert again is not None
        assert again.state == DraftState.READY

    def test_anothers_words_are_not_known(self) -> None:
        make_sent(make_member())
        member = make_member()

        again = drafts.draft(make_draft(member), seen_by=member)

        assert again is not None
        assert again.state == DraftState.READY

    def test_faulty_lines_are_given_back_with_their_cells(self) -> None:
        member = make_member()
        content = make_csv(make_cells(), make_cells(met_on="hier", reference="A-9"))
        batch_id = preparing.prepare_file(content=content, by=member)

        (one,) = drafts.faulty(batch_id, seen_by=member)

        assert (one.number, one.cells["met_on"], one.cells["reference"]) == (3, "hier", "A-9")
        assert drafts.faulty(batch_id, seen_by=make_member()) == []

    def test_a_file_that_cannot_be_read_leaves_nothing(self) -> None:
        with pytest.raises(FileRefused):
            preparing.prepare_file(content=b"a;b\n1;2\n", by=make_member())
        assert not Batch.objects.exists()


class TestFollowing:
    def test_what_was_told_reaches_the_report(self) -> None:
        member = make_member()
        report_id = make_sent(member, context="Un parent nous l'a signalé.", met_time="8h05")

        opened = reading.open_own(report_id=report_id, by=member)

        assert opened.answers.context == "Un parent nous l'a signalé."
        assert f"{opened.answers.met_time:%H:%M}" == "08:05"
        assert [str(one.label) for one in opened.standings]
        assert told("own-report.read") == [{"partner": str(member.organisation)}]

    def test_another_partners_report_does_not_exist(self) -> None:
        report_id = make_sent(make_member())
        stranger = make_member()

        assert own.own_report(report_id, seen_by=stranger) is None
        assert own.own_page(filters=Filters(), page=1, seen_by=stranger).count == 0
        with pytest.raises(ObjectDoesNotExist):
            reading.open_own(report_id=report_id, by=stranger)
        with pytest.raises(ObjectDoesNotExist):
            dialogue.write_as_partner(
                report_id=report_id, text="x", message_id=uuid4(), by=stranger
            )
        assert reading.take_own(filters=Filters(), by=stranger) == []

    def test_filters(self) -> None:
        member = make_member()
        make_sent(member, address="https://a.example/1", category="hate")
        make_sent(member, address="https://a.example/2", category="csam")
        decide(Content.objects.get(category="hate"))

        def count(**given: Any) -> int:
            return own.own_page(filters=Filters(**given), page=1, seen_by=member).count

        today = clock.today()
        assert count() == 2
        assert count(stage=Stage.RECEIVED) == 1
        assert count(stage=Stage.CLOSED) == 1
        assert count(stage=Stage.REMOVED) == 0
        assert count(category="csam") == 1
        assert count(since=today, until=today) == 2
        assert count(since=today + timedelta(days=1)) == 0
        assert count(asks=True) == 0

    def test_the_list_has_references_and_no_address(self) -> None:
        member = make_member()
        make_sent(member, reference="REF-7")

        (one,) = reading.take_own(filters=Filters(), by=member)

        assert one.reference == "REF-7"
        assert told("own-reports.taken") == [{"count": 1, "partner": str(member.organisation)}]


class TestQuestions:
    def test_go_both_ways(self) -> None:
        member = make_member()
        report_id = make_sent(member)
        dialogue.write_as_hotline(report_id=report_id, text="À quelle heure ?", by=ANALYST)

        assert own.asking_count(seen_by=member) == 1
        page = own.own_page(filters=Filters(asks=True), page=1, seen_by=member)
        assert page.reports[0].asks
        assert own.waiting(seen_by=READER) == []

        dialogue.write_as_partner(
            report_id=report_id, text="Vers midi.", message_id=uuid4(), by=member
        )

        assert own.asking_count(seen_by=member) == 0
        (question,) = own.waiting(seen_by=READER)
        assert question.report == report_id
        opened = reading.open_thread(report_id=report_id, by=READER)
        assert [message.text for message in opened.messages] == ["À quelle heure ?", "Vers midi."]
        assert told("partner-thread.read") == [{"partner": str(member.organisation)}]

    def test_a_message_sent_twice_is_there_once(self) -> None:
        member = make_member()
        report_id, message_id = make_sent(member), uuid4()
        for _again in range(2):
            dialogue.write_as_partner(
                report_id=report_id, text="Bonjour", message_id=message_id, by=member
            )

        assert Message.objects.count() == 1

    def test_ask_for_the_right(self) -> None:
        member = make_member()
        report_id = make_sent(member)

        with pytest.raises(PermissionDenied):
            own.waiting(seen_by=member)
        with pytest.raises(PermissionDenied):
            reading.open_thread(report_id=report_id, by=member)
        with pytest.raises(PermissionDenied):
            reading.open_own(report_id=report_id, by=READER)


class TestProcessed:
    def test_is_counted_once_by_partner(self) -> None:
        member = make_member()
        make_sent(member, address="https://a.example/1\nhttps://a.example/2")
        clerk.tick()
        first, second = Content.objects.order_by("id")

        decide(first)
        clerk.tick()
        assert told("partner-report.processed") == []
        decide(second)
        for _again in range(3):
            clerk.tick()

        (fact,) = told("partner-report.processed")
        assert fact["partner"] == str(member.organisation)
        day = clock.today()
        rows = statistics.totals(
            "hotline.partners.processed",
            day.replace(year=2020),
            day.replace(year=2040),
            by=("partner",),
        )
        assert [(row.codes, row.count) for row in rows] == [
            ({"partner": str(member.organisation)}, 1)
        ]

    def test_a_report_of_what_is_decided_is_processed_as_it_comes(self) -> None:
        decide(make_content("https://a.example/old"))
        member = make_member()

        make_sent(member, address="https://a.example/old")
        clerk.tick()

        assert Followed.objects.get().processed_at is not None
        assert told("partner-report.received")[0]["partner"] == str(member.organisation)

    def test_the_publics_reports_are_not_partners(self) -> None:
        decide(make_content())
        clerk.tick()

        assert not Followed.objects.exists()

    def test_hears_twice_and_counts_once(self) -> None:
        make_sent(make_member())
        entries = list(Entry.objects.filter(event="hotline.report.received"))

        tasks.follow_received(entries)
        tasks.follow_received(entries)

        assert len(told("partner-report.received")) == 1


class TestRetention:
    def test_forgets_what_was_left_for_a_month(self) -> None:
        make_draft(make_member())
        moment = now()
        assert rows_due("hotline.desk.drafts", moment) == []

        due = rows_due("hotline.desk.drafts", moment + timedelta(days=366))

        assert erase_rows("hotline.desk.drafts", due) == 1
        assert not Draft.objects.exists()
        assert not KeyWrap.objects.filter(record__in=due).exists()
