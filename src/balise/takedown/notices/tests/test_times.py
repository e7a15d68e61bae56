"""How recipients answer is counted from the events themselves: exactly, and line by line."""

from datetime import timedelta

import pytest

from balise.foundation.clock import today
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import clocking, ending
from balise.takedown.notices.rules.states import Outcome
from balise.takedown.notices.tests.makers import ANALYST, LISTENER, get, make_notice, send, work

pytestmark = pytest.mark.django_db


def test_percentiles_are_those_of_the_notices(office: Postmaster) -> None:
    contact_id = make_contact(make_host())
    outcomes = [Outcome.REMOVED] * 8 + [Outcome.REFUSED, Outcome.NO_ANSWER]
    ids = [make_notice(contact_id=contact_id) for _ in outcomes]
    for notice_id in ids:
        send(notice_id)
    work()
    for hours, (notice_id, outcome) in enumerate(zip(ids, outcomes, strict=True), start=1):
        sent_at = get(notice_id).sent_at
        assert sent_at is not None
        clocking.acknowledge(notice_id=notice_id, at=sent_at + timedelta(minutes=1), by=ANALYST)
        ending.record_outcome(
            notice_id=notice_id, outcome=outcome, at=sent_at + timedelta(hours=hours), by=ANALYST
        )
    (found,) = queries.by_recipient(since=today(), until=today(), seen_by=ANALYST)
    assert (found.sent, found.reminded, found.contested) == (10, 0, 0)
    assert dict(found.outcomes) == {Outcome.REMOVED: 8, Outcome.REFUSED: 1, Outcome.NO_ANSWER: 1}
    assert found.acknowledged is not None
    assert (found.acknowledged.count, found.acknowledged.median) == (10, 60)
    assert found.decided is not None
    assert (found.decided.count, found.decided.median, found.decided.longest) == (
        9,
        5 * 3_600,
        9 * 3_600,
    )
    assert found.gone is not None
    assert (found.gone.count, found.gone.median, found.gone.ninety) == (8, 4 * 3_600, 8 * 3_600)


def test_a_line_sees_its_own_alone(office: Postmaster) -> None:
    contact_id = make_contact(make_host())
    send(make_notice(contact_id=contact_id))
    helpline = make_notice(contact_id=contact_id, line="helpline", by=LISTENER)
    send(helpline, by=LISTENER)
    work()
    period = {"since": today(), "until": today()}
    assert [one.sent for one in queries.by_recipient(**period, seen_by=ANALYST)] == [1]
    assert [one.sent for one in queries.by_recipient(**period, seen_by=LISTENER)] == [1]


def test_other_days_are_left_out(office: Postmaster) -> None:
    send(make_notice())
    work()
    yesterday = today() - timedelta(days=1)
    assert queries.by_recipient(since=yesterday, until=yesterday, seen_by=ANALYST) == []
