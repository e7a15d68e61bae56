"""What a host answers when nobody expects it any more, or decides anew, is written down."""

from datetime import timedelta
from html import unescape
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.tasks.running import run_due
from balise.takedown.notices import queries
from balise.takedown.notices.actions import answering, ending
from balise.takedown.notices.actions.answering import Decision, NotOfThisMail
from balise.takedown.notices.actions.drafting import AlreadyNotified
from balise.takedown.notices.models import Answer, Mailing
from balise.takedown.notices.rules.inbound import Said
from balise.takedown.notices.rules.states import NoticeState, Outcome
from balise.takedown.notices.tests.mails import make_mail, read_mail
from balise.takedown.notices.tests.makers import (
    ANALYST,
    get,
    make_notice,
    make_sent,
    state_of,
    told,
)

pytestmark = pytest.mark.django_db

DESK = "/staff/takedown/notices/"


class TestOutcome:
    @pytest.mark.parametrize("closed_as", [Outcome.NO_ANSWER, Outcome.REFUSED])
    def test_may_come_late_or_change(self, office: Postmaster, closed_as: Outcome) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=closed_as, by=ANALYST)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        notice = get(notice_id)
        assert (notice.stands, notice.came_of_it) == (NoticeState.REMOVED, Outcome.REMOVED)
        assert (notice.ran_out_at, notice.proposed) == (None, "")
        assert [fact["outcome"] for fact in told("outcome-recorded")] == [closed_as, "removed"]

    def test_that_comes_late_and_ends_nothing_starts_the_clock_once_more(
        self, office: Postmaster
    ) -> None:
        notice_id = make_sent(office)
        with clock.at(now() + timedelta(days=30)):
            ending.record_outcome(notice_id=notice_id, outcome=Outcome.NO_ANSWER, by=ANALYST)
            ending.record_outcome(notice_id=notice_id, outcome=Outcome.GEO_BLOCKED, by=ANALYST)
            notice = get(notice_id)
            assert (notice.stands, notice.closed_at) == (NoticeState.ANSWERED, None)
            assert notice.due_at is not None
            assert notice.due_at > now()

    def test_that_comes_late_opens_no_second_notice_to_the_same_contact(
        self, office: Postmaster
    ) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.NO_ANSWER, by=ANALYST)
        first = get(notice_id)
        make_notice(subject=first.subject, contact_id=first.contact_id)
        with pytest.raises(AlreadyNotified):
            ending.record_outcome(notice_id=notice_id, outcome=Outcome.GEO_BLOCKED, by=ANALYST)
        assert state_of(notice_id) is NoticeState.UNANSWERED
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        assert state_of(notice_id) is NoticeState.REMOVED


def answer(said: Said, *notice_ids: UUID, text: str = "") -> None:
    """Answer on the page of the only mail, and let it be heard."""
    answering.answer_on_page(
        mailing_id=Mailing.objects.get().id,
        notice_ids=notice_ids,
        said=said,
        text=text,
        by=ANYONE,
    )
    clerk.tick()
    run_due()


class TestAnswer:
    def test_may_come_after_the_notice_was_closed(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.NO_ANSWER, by=ANALYST)
        answer(Said.REMOVED, notice_id)
        answer(Said.NEEDS_INFORMATION, notice_id, text="Which of the pictures is it?")
        assert state_of(notice_id) is NoticeState.UNANSWERED  # no clock runs that could stop
        removed, asked = queries.answers_that_wait(seen_by=ANALYST)
        assert (removed.says, asked.says) == (Said.REMOVED, Said.NEEDS_INFORMATION)
        decision = Decision(outcome=Outcome.REMOVED)
        answering.settle(answer_id=removed.id, decisions={notice_id: decision}, by=ANALYST)
        assert state_of(notice_id) is NoticeState.REMOVED
        with pytest.raises(NotOfThisMail):
            answer(Said.REMOVED, notice_id)


class TestTheDesk:
    @pytest.fixture
    def analyst(self, client: Client) -> Client:
        sign_in(client, make_account("analyst"))
        return client

    def page(self, client: Client, address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        return unescape(answer.content.decode())

    def test_takes_an_answer_that_comes_late(self, analyst: Client, office: Postmaster) -> None:
        sent = make_sent(office)
        address = f"{DESK}{sent}/"
        given = {"outcome": "no-answer", "account": "", "impediment": "", "at": ""}
        analyst.post(f"{address}outcome/", given)
        found = self.page(analyst, address)
        assert 'name="outcome"' in found
        assert 'name="says"' not in found
        analyst.post(f"{address}outcome/", given | {"outcome": "removed"})
        assert state_of(sent) is NoticeState.REMOVED
        assert 'name="outcome"' not in self.page(analyst, address)

    @pytest.mark.parametrize(
        ("means", "state"),
        [
            ("", NoticeState.UNANSWERED),
            ("objects", NoticeState.UNANSWERED),
            ("removed", NoticeState.REMOVED),
        ],
    )
    def test_may_come_late(
        self, analyst: Client, office: Postmaster, means: str, state: NoticeState
    ) -> None:
        sent = make_sent(office)
        ending.record_outcome(notice_id=sent, outcome=Outcome.NO_ANSWER, by=ANALYST)
        inbound = read_mail(
            make_mail(subject=f"Re: {get(sent).number}", text="We have removed the page.")
        )
        answer_id = answering.receive_mail(inbound=inbound, by=SYSTEM)
        address = f"{DESK}answers/{answer_id}/"
        assert 'value="information"' not in self.page(analyst, address)
        analyst.post(address, {f"{sent}-means": means})
        assert state_of(sent) is state
        assert Answer.objects.get().settled_at is not None
