"""What happened to the notices of one content, told in one question whatever their number."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balise.takedown.notices import queries
from balise.takedown.notices.events import NoticeDrafted, NoticeSent
from balise.takedown.notices.tests.makers import ANALYST, OUTSIDER, another_contact, make_notice

pytestmark = pytest.mark.django_db


def test_the_events_asked_for_are_told_by_notice_the_first_first() -> None:
    subject = uuid4()
    drafted = [
        make_notice(subject=subject),
        make_notice(subject=subject, contact_id=another_contact()),
    ]
    make_notice(contact_id=another_contact("Third", "abuse@third.example"))
    found = queries.about(line="hotline", subject=subject, seen_by=ANALYST)

    with CaptureQueriesContext(connection) as asked:
        told = queries.history_of(found, events=(NoticeDrafted,), seen_by=ANALYST)

    assert [one.subject for one in told] == drafted
    assert {one.event for one in told} == {NoticeDrafted.name}
    assert len(asked) == 1
    assert queries.history_of(found, events=(NoticeSent,), seen_by=ANALYST) == []


def test_nothing_is_asked_of_no_notice_and_nothing_told_to_another_line() -> None:
    subject = uuid4()
    make_notice(subject=subject)
    found = queries.about(line="hotline", subject=subject, seen_by=ANALYST)

    with CaptureQueriesContext(connection) as asked:
        assert queries.history_of([], events=(NoticeDrafted,), seen_by=OUTSIDER) == []
    assert not asked.captured_queries
    with pytest.raises(PermissionDenied):
        queries.history_of(found, events=(NoticeDrafted,), seen_by=OUTSIDER)
