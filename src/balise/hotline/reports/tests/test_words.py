"""What reporters wrote reaches an analyst: a list, one report opened at a time, an end to it."""

import re
from datetime import timedelta
from importlib import import_module
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_partner, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import consulting, dialogue, intake
from balise.hotline.reports.models import Content, Message, Report
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.dialogues import waiting_words, words_to_read
from balise.hotline.reports.rules.words import Channel, ContentState, ToRead, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    make_answers,
    make_content,
    make_decided,
    make_incoming,
    make_report,
)
from balise.hotline.welfare.models import Exposure

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

WORDS = "/staff/hotline/words/"


def say(receipt: Receipt, text: str = "Are you there?") -> None:
    dialogue.write_as_reporter(receipt=receipt, text=text, message_id=uuid4(), by=ANYONE)


def joined(**given: object) -> Report:
    """Return a report that joined a content whose verdict stands."""
    if not Content.objects.exists():
        make_decided(Verdict.HARMFUL)
    return make_report(**given)[0]


def waiting() -> list[tuple[UUID, ToRead]]:
    return [(one.report, one.why) for one in waiting_words(seen_by=ANALYST)]


class TestTheList:
    def test_has_danger_first_then_a_child_a_message_and_words(self) -> None:
        worded = joined(description="words")
        _silent = joined()
        child = joined(age_band="under-13")
        grave = joined(danger=True)
        writer, receipt = make_report("https://other.example/")
        say(receipt)

        assert waiting() == [
            (grave.id, ToRead.DANGER),
            (child.id, ToRead.CHILD),
            (writer.id, ToRead.MESSAGE),
            (worded.id, ToRead.WORDS),
        ]
        assert words_to_read(ANALYST) == 4

    def test_puts_a_message_where_its_report_puts_it(self) -> None:
        report, receipt = make_report(danger=True)
        say(receipt)

        assert waiting() == [(report.id, ToRead.DANGER)]
        assert waiting_words(seen_by=ANALYST)[0].has_message

    def test_leaves_partners_messages_to_their_own_list(self) -> None:
        member = actor_of(make_account("partner_member", partner=(partner := make_partner())))
        report, _ = make_report()
        Report.objects.update(partner=partner.id)

        dialogue.write_as_partner(report_id=report.id, text="And?", message_id=uuid4(), by=member)

        assert waiting() == []

    def test_is_not_for_who_may_not_answer(self) -> None:
        with pytest.raises(PermissionDenied):
            waiting_words(seen_by=LISTENER)
        with pytest.raises(PermissionDenied):
            words_to_read(LISTENER)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads few rows at once")
    def test_is_read_from_its_index_alone(self) -> None:
        found = Report.objects.filter(to_read__gt=ToRead.NOTHING)
        assert "reports_to_read" in found.order_by("-to_read", "received_at", "id").explain()


class TestBefore:
    def test_what_was_written_before_there_was_a_list_is_on_it(self) -> None:
        answered, receipt = make_report("https://answered.example/")
        say(receipt)
        dialogue.write_as_hotline(report_id=answered.id, text="Yes.", by=ANALYST)
        waits, receipt = make_report("https://waits.example/")
        say(receipt)
        Report.objects.update(to_read=ToRead.NOTHING)

        before = import_module("balise.hotline.reports.migrations.0003_to_read_and_reopened")
        before.let_messages_be_read(apps, None)

        assert waiting() == [(waits.id, ToRead.MESSAGE)]


class TestReading:
    def test_opens_and_waits_no_more(self) -> None:
        report = joined(danger=True, description="their words")

        opened = consulting.read(report_id=report.id, by=ANALYST)

        assert opened.answers.description == "their words"
        assert waiting() == []
        assert Entry.objects.filter(event="hotline.report.read", subject=report.id).count() == 1
        assert Entry.objects.filter(event="hotline.content.revealed").exists()
        assert sum(Exposure.objects.values_list("items", flat=True)) == 1

    def test_leaves_a_message_waiting_until_it_is_answered(self) -> None:
        report, receipt = make_report(danger=True)
        say(receipt)

        consulting.read(report_id=report.id, by=ANALYST)
        assert waiting() == [(report.id, ToRead.MESSAGE)]

        dialogue.write_as_hotline(report_id=report.id, text="Yes.", by=ANALYST)
        assert waiting() == []

    def test_reading_with_the_content_counts_too(self) -> None:
        report = joined(danger=True)

        consulting.consult(content_id=report.contents.get().id, by=ANALYST)

        assert waiting() == []

    def test_refuses_who_may_not_read(self) -> None:
        report = joined(danger=True)

        with pytest.raises(PermissionDenied):
            consulting.read(report_id=report.id, by=LISTENER)
        assert waiting()

    def test_an_answer_to_something_else_leaves_what_was_not_read(self) -> None:
        report = joined(danger=True)

        dialogue.write_as_hotline(report_id=report.id, text="Thank you.", by=ANALYST)

        assert waiting() == [(report.id, ToRead.DANGER)]


class TestSettingAside:
    def test_ends_what_asks_for_no_answer(self) -> None:
        report, receipt = make_report()
        say(receipt, "Thank you!")

        dialogue.set_aside(report_id=report.id, messages=1, by=ANALYST)

        assert waiting() == []
        assert Entry.objects.filter(event="hotline.message.set-aside", subject=report.id).exists()
        say(receipt, "One more thing")
        assert waiting() == [(report.id, ToRead.MESSAGE)]

    def test_refuses_when_they_wrote_again(self) -> None:
        report, receipt = make_report()
        say(receipt)
        say(receipt)

        with pytest.raises(dialogue.NewWords):
            dialogue.set_aside(report_id=report.id, messages=1, by=ANALYST)
        assert waiting()

    def test_refuses_who_may_not_answer(self) -> None:
        report, receipt = make_report()
        say(receipt)

        with pytest.raises(PermissionDenied):
            dialogue.set_aside(report_id=report.id, messages=1, by=LISTENER)

    def test_leaves_what_was_not_read(self) -> None:
        report = joined(danger=True)

        dialogue.set_aside(report_id=report.id, messages=0, by=ANALYST)

        assert waiting() == [(report.id, ToRead.DANGER)]
        assert not Entry.objects.filter(event="hotline.message.set-aside").exists()


class TestWhoReadsAnAnswer:
    def test_a_partner_with_people_here_does(self) -> None:
        partner = make_partner()
        report, _ = make_report()
        Report.objects.update(partner=partner.id, follow_up=False)

        with pytest.raises(dialogue.NobodyReads):
            dialogue.write_as_hotline(report_id=report.id, text="Where?", by=ANALYST)
        assert not listing.reporters(content_id=report.contents.get().id, seen_by=ANALYST)[
            0
        ].may_answer

        make_account("partner_member", partner=partner)
        dialogue.write_as_hotline(report_id=report.id, text="Where?", by=ANALYST)

        assert Message.objects.count() == 1
        assert listing.reporters(content_id=report.contents.get().id, seen_by=ANALYST)[0].may_answer


class TestManyReporters:
    def test_the_first_and_the_newest_are_shown(self) -> None:
        content = make_content()
        batch = [
            make_incoming(channel=Channel.IMPORT, received_at=now() + timedelta(minutes=n))
            for n in range(1, 40)
        ]
        intake.receive_many(incoming=batch, by=ANYONE)
        newest, _receipt = make_report(description="the newest words")
        Report.objects.filter(id=newest.id).update(received_at=now() + timedelta(days=1))

        opened = consulting.consult(content_id=content.id, by=ANALYST)

        shown = listing.reporters(content_id=content.id, seen_by=ANALYST)
        assert len(shown) == listing.FIRST_REPORTERS + listing.NEWEST_REPORTERS
        assert [one.report for one in shown] == [one.report.id for one in opened.reports]
        assert [one.received_at for one in shown] == sorted(one.received_at for one in shown)
        assert opened.reports[-1].answers.description == "the newest words"

    @pytest.mark.parametrize("count", [1, 9, 10, 11, 30])
    def test_few_are_shown_once_each(self, count: int) -> None:
        batch = [make_incoming(channel=Channel.IMPORT) for _ in range(count)]
        intake.receive_many(incoming=batch, by=ANYONE)

        shown = listing.reporters(content_id=Content.objects.get().id, seen_by=ANALYST)

        assert len({one.report for one in shown}) == len(shown) == count


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


class TestTheWalk:
    """anyone → another role → the right role."""

    @pytest.mark.parametrize("role", ["", "listener", "steering", "partner_member"])
    def test_others_see_and_change_nothing(self, client: Client, role: str) -> None:
        report = joined(danger=True, description="canary words")
        content = report.contents.get()
        if role:
            sign_in(client, make_account(role))
        status = 403 if role else 302

        one = f"{WORDS}{report.id}/"
        assert client.get(WORDS).status_code == client.get(one).status_code == status
        acts = ("open/", "answer/", "aside/", f"contents/{content.id}/reopen/")
        for act in acts:
            answer = client.post(f"{one}{act}", {"text": "Hello"})
            assert answer.status_code == status, act
            assert "canary" not in answer.text
        put_back = f"/staff/hotline/contents/{content.id}/reopen/"
        assert client.post(put_back).status_code == status
        assert Content.objects.get().state == ContentState.CLOSED
        assert Report.objects.get(id=report.id).to_read == ToRead.DANGER

    def test_an_analyst_reads_and_answers(self, client: Client, analyst: Account) -> None:
        report = joined(danger=True, description="canary words")
        one = f"{WORDS}{report.id}/"

        assert one in client.get(WORDS).text
        assert "canary" not in client.get(WORDS).text + client.get(one).text
        assert "canary words" in client.post(f"{one}open/").text
        assert one not in client.get(WORDS).text
        assert client.post(f"{one}answer/", {"text": "We look again."}).status_code == 302
        assert Message.objects.count() == 1

    def test_an_analyst_puts_the_content_back(self, client: Client, analyst: Account) -> None:
        report = joined(danger=True)
        content = report.contents.get()
        page = client.get(f"{WORDS}{report.id}/").text
        address = f"{WORDS}{report.id}/contents/{content.id}/reopen/"
        assert address in page

        assert client.post(address).status_code == 302
        assert client.post(address, follow=True).status_code == 200  # a second press says why not

        after = Content.objects.get()
        assert (after.state, after.danger) == (ContentState.WAITING, True)
        shown = client.get(f"/staff/hotline/contents/{content.id}/").text
        assert "Qualification précédente" in shown

    def test_a_closed_content_is_put_back_from_its_own_page(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_decided(Verdict.OUT_OF_SCOPE)
        address = f"/staff/hotline/contents/{content.id}/reopen/"
        assert address in client.get(f"/staff/hotline/contents/{content.id}/").text

        client.post(address)

        assert Content.objects.get().state == ContentState.WAITING
        assert (
            client.post("/staff/hotline/contents/" + str(uuid4()) + "/reopen/").status_code == 404
        )

    def test_what_was_typed_is_kept_when_nobody_reads(
        self, client: Client, analyst: Account
    ) -> None:
        report, _ = make_report()
        Report.objects.update(follow_up=False)

        answer = client.post(f"{WORDS}{report.id}/answer/", {"text": "what I wrote"})

        assert answer.status_code == 422
        assert "what I wrote" in answer.text

    def test_a_message_is_set_aside(self, client: Client, analyst: Account) -> None:
        report, receipt = make_report()
        say(receipt, "Merci !")
        one = f"{WORDS}{report.id}/"
        opened = client.post(f"{one}open/").text
        count = re.search(r'name="messages" value="(\d+)"', opened)
        assert count

        client.post(f"{one}aside/", {"messages": "x"})
        assert words_to_read(ANALYST) == 1
        client.post(f"{one}aside/", {"messages": count[1]})

        assert words_to_read(ANALYST) == 0

    def test_says_kindly_when_it_is_enough(
        self, client: Client, analyst: Account, settings: Settings
    ) -> None:
        settings.LOOKING_HOURS = "00:00-00:01"
        report = joined(danger=True, description="canary words")

        answer = client.post(f"{WORDS}{report.id}/open/")

        assert answer.status_code == 422
        assert "canary" not in answer.text
        assert Report.objects.get(id=report.id).to_read == ToRead.DANGER

    def test_what_is_unknown_or_erased_is_not_found(
        self, client: Client, analyst: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nowhere = f"{WORDS}{uuid4()}/"
        assert client.get(nowhere).status_code == 404
        for act in ("open/", "answer/", "aside/", f"contents/{uuid4()}/reopen/"):
            assert client.post(f"{nowhere}{act}", {"text": "x"}).status_code == 404, act

    def test_the_content_s_page_marks_who_waits(self, client: Client, analyst: Account) -> None:
        report = joined(danger=True)

        page = client.get(f"/staff/hotline/contents/{report.contents.get().id}/").text

        assert f"{WORDS}{report.id}/" in page

    def test_a_report_of_several_contents_names_each_once(
        self, client: Client, analyst: Account
    ) -> None:
        places = make_answers("https://a.example/1", "https://b.example/2").places
        make_report(places=places)
        report, _ = make_report(places=places)

        rows = listing.contents_of(report_id=report.id, seen_by=ANALYST)

        assert len(rows) == 2

    def test_the_count_stands_in_the_navigation(self, client: Client, analyst: Account) -> None:
        assert 'class="count"' not in client.get("/staff/").text
        joined(danger=True)

        page = client.get("/staff/").text

        assert re.search(r'class="count">\s*1\s*<', page)
