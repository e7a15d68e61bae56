"""Several contents for one recipient leave in one mail, and each keeps its own outcome."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import ending, mailing, sending
from balise.takedown.notices.actions.sending import CustomsFaulty
from balise.takedown.notices.models import Introduction, Mailing, Notice
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.customs import customs_of
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.states import NoticeState, Outcome
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    get,
    make_letter,
    make_notice,
    send,
    state_of,
    told_of,
    work,
)

pytestmark = pytest.mark.django_db

# A Tuesday, by day.
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


def place(number: int) -> str:
    return f"https://images.example/album/{number}"


def make_some(count: int, contact_id: UUID, **given: object) -> list[UUID]:
    return [
        make_notice(
            contact_id=contact_id,
            letter=make_letter(locations=(place(number),)),
            **given,  # type: ignore[arg-type]
        )
        for number in range(count)
    ]


class TestOneMail:
    def test_holds_what_waits_for_one_recipient(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        ids = make_some(3, contact_id)
        for notice_id in ids:
            send(notice_id)
        work()
        (mail,) = office.mails
        text = mail.get_content()
        assert "3 " in mail["Subject"]
        assert all(place(number) in text for number in range(3))
        assert all(get(notice_id).number in text for notice_id in ids)
        assert text.count("/fr/contest/") == 3
        assert text.count("/fr/notice/") == 1
        assert {state_of(notice_id) for notice_id in ids} == {NoticeState.SENT}

    def test_leaves_each_notice_its_own_outcome(self, office: Postmaster) -> None:
        first, second = make_some(2, make_contact(make_host()))
        send(first)
        send(second)
        work()
        ending.record_outcome(notice_id=first, outcome=Outcome.REMOVED, by=ANALYST)
        assert (state_of(first), state_of(second)) == (NoticeState.REMOVED, NoticeState.SENT)

    def test_holds_as_many_as_the_contact_takes(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        sending.set_customs(contact_id=contact_id, most_items=2, by=LEAD)
        for notice_id in make_some(5, contact_id):
            send(notice_id)
        work()
        assert sorted(mail.items.count() for mail in Mailing.objects.all()) == [1, 2, 2]
        assert len(office.kept) == 3

    def test_is_of_one_line_and_one_contact(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        other = make_contact(make_host("Other", domains=()), "abuse@other.example")
        send(make_notice(contact_id=contact_id))
        send(make_notice(contact_id=other))
        helpline = make_notice(contact_id=contact_id, line="helpline", by=LISTENER)
        sending.send(notice_id=helpline, at_once=True, by=LISTENER)
        work()
        assert len(office.kept) == 3

    def test_takes_the_others_along(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        waiting, pressing = make_some(2, contact_id, offence="hate-incitement")
        with clock.at(NOON):
            sending.send(notice_id=waiting, by=ANALYST)
            assert get(waiting).leave_at == NOON + timedelta(minutes=10)
            work()
            assert not office.kept
            sending.send(notice_id=pressing, at_once=True, by=ANALYST)
            work()
        assert len(office.kept) == 1
        assert state_of(waiting) is NoticeState.SENT

    def test_fails_as_one_and_is_sent_again_in_parts(self, office: Postmaster) -> None:
        ids = make_some(2, make_contact(make_host()))
        for notice_id in ids:
            send(notice_id)
        office.content_answer = "550 no"
        work()
        assert {state_of(notice_id) for notice_id in ids} == {NoticeState.FAILED}
        office.content_answer = "250 OK"
        send(ids[0])
        work()
        assert [state_of(notice_id) for notice_id in ids] == [NoticeState.SENT, NoticeState.FAILED]


class TestWindow:
    def test_of_an_ordinary_notice_is_the_countrys(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        first, second = make_some(2, contact_id, offence="hate-incitement")
        with clock.at(NOON):
            sending.send(notice_id=first, by=ANALYST)
        with clock.at(NOON + timedelta(minutes=4)):
            sending.send(notice_id=second, by=ANALYST)
            assert get(second).leave_at == NOON + timedelta(minutes=10)
            work()
        with clock.at(NOON + timedelta(minutes=10)):
            work()
        assert len(office.kept) == 1
        assert Mailing.objects.get().items.count() == 2

    def test_is_none_for_what_is_immediate(self, office: Postmaster) -> None:
        notice_id = make_notice(offence="terrorism")
        night = NOON.replace(hour=3)
        with clock.at(night):
            sending.send(notice_id=notice_id, by=ANALYST)
            assert get(notice_id).leave_at == night
            work()
        assert state_of(notice_id) is NoticeState.SENT

    def test_waits_for_the_morning(self, office: Postmaster) -> None:
        notice_id = make_notice(offence="hate-incitement")
        with clock.at(NOON.replace(hour=23)):
            sending.send(notice_id=notice_id, by=ANALYST)
            work()
        assert not office.kept
        morning = NOON.replace(day=25, hour=8)
        assert get(notice_id).leave_at == morning
        with clock.at(morning):
            work()
        assert len(office.kept) == 1

    def test_of_a_contact_may_be_its_own(self) -> None:
        contact_id = make_contact(make_host())
        notice_id = make_notice(contact_id=contact_id, offence="hate-incitement")
        sending.set_customs(contact_id=contact_id, group_minutes=60, always_open=True, by=LEAD)
        with clock.at(NOON.replace(hour=23)):
            sending.send(notice_id=notice_id, by=ANALYST)
            assert get(notice_id).leave_at == NOON.replace(day=25, hour=0)

    def test_is_set_by_the_head_alone_and_within_bounds(self) -> None:
        contact_id = make_contact(make_host())
        with pytest.raises(PermissionDenied):
            sending.set_customs(contact_id=contact_id, most_items=2, by=ANALYST)
        with pytest.raises(CustomsFaulty):
            sending.set_customs(contact_id=contact_id, most_items=0, by=LEAD)
        with pytest.raises(CustomsFaulty):
            sending.set_customs(contact_id=contact_id, quiet_begins=NOON.time(), by=LEAD)
        sending.set_customs(contact_id=contact_id, most_items=2, by=LEAD)
        sending.set_customs(contact_id=contact_id, by=LEAD)
        assert queries.customs_for(contact_id) == queries.country_customs()
        assert len(told_of("customs-set", "contact")) == 2


class TestFirstContact:
    def test_is_introduced_once_and_its_clock_starts_twelve_hours_later(
        self, office: Postmaster
    ) -> None:
        contact_id = make_contact(make_host())
        first, second = make_some(2, contact_id)
        send(first)
        work()
        send(second)
        work()
        one, two = (mail.get_content() for mail in office.mails)
        assert "première fois" in one
        assert "première fois" not in two
        informed_at = Introduction.objects.get().informed_at
        starts = informed_at + timedelta(hours=12)
        assert [get(notice_id).counts_from for notice_id in (first, second)] == [starts, starts]
        assert len(told_of("introduced", "host")) == 1
        assert get(first).due_at == starts + timedelta(hours=2)

    @pytest.fixture
    def waiting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A country whose ordinary notices wait until the recipient was informed."""
        changed = replace(customs_of("fr"), waits_first=frozenset({Urgency.STEADY}))
        monkeypatch.setattr(
            "balise.takedown.notices.queries.standing.customs_of", lambda _country: changed
        )

    def test_is_informed_ahead_where_notices_wait_for_that(
        self, office: Postmaster, waiting: None
    ) -> None:
        contact_id = make_contact(make_host())
        steady = make_notice(contact_id=contact_id, offence="hate-incitement")
        with clock.at(NOON):
            send(steady)
            work()
            work()
            (mail,) = office.mails
            assert Mailing.objects.get().kind == MailingKind.INTRODUCTION
            assert "avant" in mail["Subject"].lower()
            assert state_of(steady) is NoticeState.QUEUED
            assert get(steady).leave_at == NOON + timedelta(hours=12)
        with clock.at(NOON + timedelta(hours=12)):
            work()
        assert state_of(steady) is NoticeState.SENT
        assert get(steady).counts_from == NOON + timedelta(hours=12)

    def test_never_holds_up_what_is_urgent(self, office: Postmaster, waiting: None) -> None:
        contact_id = make_contact(make_host())
        steady = make_notice(contact_id=contact_id, offence="hate-incitement")
        urgent = make_notice(contact_id=contact_id)
        with clock.at(NOON):
            send(steady)
            send(urgent)
            work()
        assert (state_of(urgent), state_of(steady)) == (NoticeState.SENT, NoticeState.QUEUED)


def test_two_workers_put_no_notice_into_two_mails() -> None:
    notice_id = make_notice()
    send(notice_id)
    contact_id = get(notice_id).contact_id
    made = [mailing.gather(contact_id=contact_id, line="hotline", by=SYSTEM) for _ in range(2)]
    assert [len(ids) for ids in made] == [1, 0]
    assert Notice.objects.get().mailing_id == made[0][0]
