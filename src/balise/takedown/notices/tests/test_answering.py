"""What comes back is kept sealed; a person decides; two things alone happen by themselves."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.foundation.tasks.running import run_due
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import answering, contesting
from balise.takedown.notices.actions.answering import AlreadySettled, Decision, NotOfThisMail
from balise.takedown.notices.models import Answer, Contest, Mailing, Notice
from balise.takedown.notices.rules.inbound import MailKind, Said, Via
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.mails import MailingKind, message_id
from balise.takedown.notices.rules.redress import Contester, GroundsMissing, Ruling, SameEyes
from balise.takedown.notices.rules.states import Account, Failure, Impediment, NoticeState, Outcome
from balise.takedown.notices.tests.mails import make_bounce, make_mail, read_mail
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LISTENER,
    OUTSIDER,
    SECOND_ANALYST,
    another_contact,
    get,
    look_at_clocks,
    make_notice,
    make_sent,
    send,
    state_of,
    told,
    told_of,
    work,
)

pytestmark = pytest.mark.django_db


def receive(octets: bytes) -> UUID:
    """Let a mail come in, and return the answer that is kept of it."""
    answer_id = answering.receive_mail(inbound=read_mail(octets), by=SYSTEM)
    assert answer_id is not None
    return answer_id


def reply_to(mailing: Mailing, **given: str) -> bytes:
    """Return a mail that answers one of ours, as mail programs do."""
    ours = f"<{message_id(mailing.mailing_kind, mailing.id)}@centre.example>"
    return make_mail(**{"In-Reply-To": ours, "Message-ID": f"<{uuid4()}@host.example>"} | given)


def rule_for_the_author(notice_id: UUID) -> Mailing:
    """Let the author of a content object in vain, and return the mail that tells them why."""
    contest_id = contesting.contest(
        notice_id=notice_id,
        contester=Contester.AUTHOR,
        grounds="C'est une œuvre d'art, exposée dans un musée.",
        via=Via.PAGE,
        answer_to="author@mail.example",
        by=ANYONE,
    )
    contesting.rule(
        contest_id=contest_id,
        ruling=Ruling.REJECTED,
        reasons="L’infraction est bien constituée.",
        by=SECOND_ANALYST,
    )
    work()
    return Mailing.objects.get(kind=MailingKind.RULING)


class TestMail:
    def test_is_matched_by_what_it_answers_and_waits(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        answer_id = receive(reply_to(Mailing.objects.get(), text="The content has been removed."))
        answer = Answer.objects.get(id=answer_id)
        assert (answer.notice_id, answer.says, answer.settled_at) == (
            notice_id,
            Said.REMOVED,
            None,
        )
        assert state_of(notice_id) is NoticeState.SENT  # a proposal never acts
        assert b"removed" not in bytes(answer.sealed)
        (fact,) = told_of("received", "answer")
        assert (fact["kind"], fact["said"], fact["via"]) == ("answer", "removed", "mail")

    def test_is_matched_by_the_address_that_it_came_to(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        token = Mailing.objects.get().token
        answer_id = receive(make_mail(To=f"notifications+{token}@centre.example"))
        assert Answer.objects.get(id=answer_id).notice_id == notice_id

    def test_is_matched_by_the_number_in_its_subject(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        answer_id = receive(make_mail(subject=f"Re: {get(notice_id).number}"))
        answer = Answer.objects.get(id=answer_id)
        assert (answer.notice_id, answer.mailing_id) == (notice_id, get(notice_id).mailing_id)

    def test_about_several_is_matched_to_their_mail(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        first, second = (make_notice(contact_id=contact_id) for _ in range(2))
        send(first)
        send(second)
        work()
        answer_id = receive(reply_to(Mailing.objects.get()))
        answer = queries.answer(answer_id, seen_by=ANALYST)
        assert answer is not None
        assert answer.notice is None
        assert {one.id for one in queries.answered_notices(answer)} == {first, second}
        named = receive(reply_to(Mailing.objects.get(), subject=f"Re: {get(second).number}"))
        assert Answer.objects.get(id=named).notice_id == second

    def test_is_kept_once_however_often_it_is_read(self, office: Postmaster) -> None:
        make_sent(office)
        mail = reply_to(Mailing.objects.get())
        receive(mail)
        assert answering.receive_mail(inbound=read_mail(mail), by=SYSTEM) is None
        assert Answer.objects.count() == 1

    def test_that_nobody_recognises_is_kept_for_the_hotline(self) -> None:
        answer_id = receive(make_mail())
        answer = Answer.objects.get(id=answer_id)
        assert (answer.line, answer.notice_id, answer.mailing_id) == ("hotline", None, None)
        assert [one.id for one in queries.answers_that_wait(seen_by=ANALYST)] == [answer_id]
        assert queries.answers_that_wait(seen_by=LISTENER) == []

    def test_that_came_back_fails_its_notice(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        mailing = Mailing.objects.get()
        receive(make_bounce(message_id(MailingKind.NOTICES, mailing.id)))
        notice = get(notice_id)
        assert (notice.stands, notice.failed_for) == (NoticeState.FAILED, Failure.BOUNCED)
        assert told("failed")[0]["failure"] == "bounced"
        assert Answer.objects.get().settled_at is not None
        send(notice_id)
        work()
        assert state_of(notice_id) is NoticeState.SENT
        assert (len(told("sent")), len(told("sent-again"))) == (1, 1)

    def test_that_came_back_of_another_mail_fails_that_mail_alone(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        due_at = get(notice_id).due_at
        ruling = rule_for_the_author(notice_id)
        receive(make_bounce(message_id(MailingKind.RULING, ruling.id)))
        notice = get(notice_id)
        assert (notice.stands, notice.due_at, notice.failed_for) == (NoticeState.SENT, due_at, None)
        assert not told("failed")
        assert told_of("failed", "mail") == [{"for_line": "hotline", "failure": "bounced"}]
        assert queries.mails_that_failed(seen_by=ANALYST) == [ruling]

    def test_that_came_back_of_a_reminder_proposes_whom_to_tell_next(
        self, office: Postmaster
    ) -> None:
        notice_id = make_sent(office)
        Notice.objects.update(due_at=now())
        look_at_clocks()
        reminder = Mailing.objects.get(kind=MailingKind.REMINDER)
        receive(make_bounce(message_id(MailingKind.REMINDER, reminder.id)))
        notice = get(notice_id)
        assert (notice.stands, notice.failed_for) == (NoticeState.REMINDED, Failure.BOUNCED)
        assert (notice.proposed_rung, notice.due_at) == (Rung.UPSTREAM, None)
        assert notice.ran_out_at is not None

    def test_that_is_late_changes_nothing(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        named = message_id(MailingKind.NOTICES, Mailing.objects.get().id)
        receive(make_bounce(named, action="delayed", status="4.4.7"))
        assert state_of(notice_id) is NoticeState.SENT

    def test_that_came_back_of_an_answered_notice_changes_nothing(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        answer_id = receive(reply_to(Mailing.objects.get()))
        decisions = {notice_id: Decision(outcome=Outcome.REMOVED)}
        answering.settle(answer_id=answer_id, decisions=decisions, by=ANALYST)
        receive(make_bounce(message_id(MailingKind.NOTICES, Mailing.objects.get().id)))
        assert state_of(notice_id) is NoticeState.REMOVED

    def test_with_a_number_after_a_ruling_says_nothing_of_the_host(
        self, office: Postmaster
    ) -> None:
        notice_id = make_sent(office)
        ruling = rule_for_the_author(notice_id)
        receive(
            reply_to(ruling, subject="[#48151623] Received", **{"Auto-Submitted": "auto-replied"})
        )
        assert get(notice_id).acknowledged_at is None

    def test_with_a_desks_number_says_that_they_have_it(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        mail = reply_to(
            Mailing.objects.get(),
            subject="[#48151623] Received",
            **{"Auto-Submitted": "auto-replied"},
        )
        receive(mail)
        notice = get(notice_id)
        assert notice.acknowledged_at is not None
        assert notice.stands is NoticeState.SENT
        answer = Answer.objects.get()
        assert (answer.mail_kind, answer.settled_by) == (MailKind.TICKET, "")
        assert answer.settled_at is not None

    def test_that_is_automatic_waits_for_nobody(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        away = {"Auto-Submitted": "auto-replied"}
        receive(reply_to(Mailing.objects.get(), subject="Out of office", **away))
        assert queries.answers_that_wait(seen_by=ANALYST) == []
        assert get(notice_id).acknowledged_at is None


class TestSettle:
    @pytest.fixture
    def answered(self, office: Postmaster) -> tuple[UUID, UUID]:
        """A notice, and an answer to it that waits."""
        notice_id = make_sent(office)
        answer_id = receive(reply_to(Mailing.objects.get(), text="Removed, account closed."))
        return notice_id, answer_id

    def test_ends_a_notice_in_the_words_of_the_database(self, answered: tuple[UUID, UUID]) -> None:
        notice_id, answer_id = answered
        decision = Decision(outcome=Outcome.DISABLED, account=Account.TERMINATED)
        answering.settle(answer_id=answer_id, decisions={notice_id: decision}, by=ANALYST)
        notice = get(notice_id)
        assert (notice.came_of_it, notice.account_was) == (Outcome.DISABLED, Account.TERMINATED)
        (fact,) = told("outcome-recorded")
        assert (fact["outcome"], fact["account"]) == ("disabled", "terminated")
        with pytest.raises(AlreadySettled):
            answering.settle(answer_id=answer_id, decisions={}, by=ANALYST)

    @pytest.mark.parametrize(
        ("decision", "state"),
        [
            (Decision(acknowledges=True), NoticeState.SENT),
            (Decision(asks_information=True), NoticeState.INFO_ASKED),
            (Decision(pleads=Impediment.MANIFEST_ERROR), NoticeState.HINDERED),
            (Decision(outcome=Outcome.GEO_BLOCKED), NoticeState.ANSWERED),
            (Decision(outcome=Outcome.NOT_THEIRS), NoticeState.REFUSED),
        ],
    )
    def test_may_mean_anything(
        self, answered: tuple[UUID, UUID], decision: Decision, state: NoticeState
    ) -> None:
        notice_id, answer_id = answered
        answering.settle(answer_id=answer_id, decisions={notice_id: decision}, by=ANALYST)
        assert state_of(notice_id) is state

    def test_may_be_an_objection_which_its_settler_does_not_judge(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        text = "This page is a press review that criticises such words."
        answer_id = receive(reply_to(Mailing.objects.get(), text=text))
        decision = Decision(acknowledges=True, objects=True)
        answering.settle(answer_id=answer_id, decisions={notice_id: decision}, by=SECOND_ANALYST)
        objection = Contest.objects.get()
        assert (objection.contester, objection.via) == ("host", "mail")
        grounds = queries.grounds_of(objection)
        assert (grounds.grounds, grounds.answer_to) == (text, "desk@host.example")
        with pytest.raises(SameEyes):
            contesting.rule(
                contest_id=objection.id,
                ruling=Ruling.REJECTED,
                reasons="The notice says what the law forbids.",
                by=SECOND_ANALYST,
            )

    def test_can_set_it_aside(self, answered: tuple[UUID, UUID]) -> None:
        notice_id, answer_id = answered
        answering.settle(answer_id=answer_id, decisions={}, by=ANALYST)
        assert state_of(notice_id) is NoticeState.SENT
        (fact,) = told_of("settled", "answer")
        assert fact["notices"] == 0

    def test_is_the_lines_alone_and_of_its_own_notices(self, answered: tuple[UUID, UUID]) -> None:
        _notice_id, answer_id = answered
        for actor in (LISTENER, OUTSIDER):
            with pytest.raises(PermissionDenied):
                answering.settle(answer_id=answer_id, decisions={}, by=actor)
            with pytest.raises(PermissionDenied):
                answering.read_answer(answer_id=answer_id, by=actor)
            with pytest.raises(PermissionDenied):
                answering.attach(answer_id=answer_id, number="N-1", by=actor)
        theirs = make_notice(line="helpline", contact_id=another_contact(), by=LISTENER)
        with pytest.raises(NotOfThisMail):
            answering.settle(
                answer_id=answer_id,
                decisions={theirs: Decision(outcome=Outcome.REMOVED)},
                by=ANALYST,
            )

    def test_reading_is_written_down(self, answered: tuple[UUID, UUID]) -> None:
        message = answering.read_answer(answer_id=answered[1], by=ANALYST)
        assert message is not None
        assert message.text == "Removed, account closed."
        assert len(told_of("read", "answer")) == 1

    def test_of_a_stray_begins_with_its_number(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        answer_id = receive(make_mail())
        with pytest.raises(NotOfThisMail):
            answering.attach(answer_id=answer_id, number="N-00000000", by=ANALYST)
        answering.attach(answer_id=answer_id, number=get(notice_id).number, by=ANALYST)
        assert Answer.objects.get(id=answer_id).notice_id == notice_id


class TestPage:
    def answer(self, said: Said, *notice_ids: UUID, text: str = "") -> None:
        answering.answer_on_page(
            mailing_id=Mailing.objects.get().id,
            notice_ids=notice_ids,
            said=said,
            text=text,
            by=ANYONE,
        )
        clerk.tick()
        run_due()

    def test_that_says_removed_waits_for_a_person(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        self.answer(Said.REMOVED, notice_id)
        notice = get(notice_id)
        assert notice.stands is NoticeState.SENT
        assert notice.acknowledged_at is not None
        (waiting,) = queries.answers_that_wait(seen_by=ANALYST)
        assert waiting.says is Said.REMOVED
        entry = Entry.objects.get(event="takedown.answer.received")
        assert (entry.actor_kind, entry.actor_key) == ("public", "")

    def test_that_asks_or_pleads_stops_the_clock_at_once(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        self.answer(Said.NEEDS_INFORMATION, notice_id, text="Which of the pictures is it?")
        assert state_of(notice_id) is NoticeState.INFO_ASKED
        self.answer(Said.IMPOSSIBLE, notice_id, text="Our data centre is under water.")
        assert state_of(notice_id) is NoticeState.HINDERED
        assert get(notice_id).hindered_by is Impediment.IMPOSSIBLE
        assert len(queries.answers_that_wait(seen_by=ANALYST)) == 2

    def test_that_says_received_is_settled(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        self.answer(Said.RECEIVED, notice_id)
        assert queries.answers_that_wait(seen_by=ANALYST) == []
        assert get(notice_id).acknowledged_at is not None

    def test_needs_words_where_they_do_not_act(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        with pytest.raises(GroundsMissing):
            self.answer(Said.REFUSED, notice_id)

    def test_speaks_of_its_own_notices_alone(self, office: Postmaster) -> None:
        make_sent(office)
        other = make_notice(contact_id=another_contact())
        for notice_ids in ((), (other,), (uuid4(),)):
            with pytest.raises(NotOfThisMail):
                self.answer(Said.REMOVED, *notice_ids)

    def test_changes_nothing_that_has_ended(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        (answer_id,) = answering.answer_on_page(
            mailing_id=Mailing.objects.get().id,
            notice_ids=[notice_id],
            said=Said.TOO_LITTLE,
            text="The address gives an error.",
            by=ANYONE,
        )
        answering.settle(
            answer_id=answer_id,
            decisions={notice_id: Decision(outcome=Outcome.REMOVED)},
            by=ANALYST,
        )
        answering.hear(answer_id=answer_id, by=SYSTEM)
        assert state_of(notice_id) is NoticeState.REMOVED


class TestRetention:
    def test_forgets_answers_a_year_after_they_were_settled(self, office: Postmaster) -> None:
        make_sent(office)
        answer_id = receive(reply_to(Mailing.objects.get()))
        answering.settle(answer_id=answer_id, decisions={}, by=ANALYST)
        assert rows_due("takedown.notices.answers", now() + timedelta(days=364)) == []
        assert rows_due("takedown.notices.answers", now() + timedelta(days=366)) == [answer_id]
        assert erase_rows("takedown.notices.answers", [answer_id]) == 1
        assert answering.read_answer(answer_id=answer_id, by=ANALYST) is None
        assert Answer.objects.get(id=answer_id).is_forgotten

    def test_forgets_strays_and_robots_after_a_month(self) -> None:
        stray = receive(make_mail())
        assert rows_due("takedown.notices.answers", now() + timedelta(days=29)) == []
        assert rows_due("takedown.notices.answers", now() + timedelta(days=31)) == [stray]
