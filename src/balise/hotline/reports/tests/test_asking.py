"""When a removal was really asked for: what left the house, and what had to be asked for anew."""

from typing import Any
from uuid import uuid4

import pytest

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code, Event
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import removal
from balise.hotline.reports.models import Content
from balise.hotline.reports.tasks import asking
from balise.hotline.reports.tests.makers import make_decided
from balise.takedown.notices.events import NoticeFailed, NoticeSentAgain
from balise.takedown.notices.rules.states import Failure


def notice_fact(kind: type[Event], content: Content, **facts: object) -> None:
    about: dict[str, Any] = {
        "subject": uuid4(),
        "content": content.id,
        "for_line": Code("hotline"),
        "host": uuid4(),
        "offence": Code("hate-incitement"),
    }
    record(kind(**about | facts), by=SYSTEM)


def hear() -> bool:
    """Let the worker hear every fact in order; return whether the content's removal was asked."""
    heard = Entry.objects.filter(event__startswith="takedown.") | Entry.objects.filter(
        event__in=("hotline.content.reappeared", "hotline.content.host-moved")
    )
    asking.note_asked(list(heard.exclude(event="takedown.law.frozen").order_by("id")))
    return Content.objects.get().removal_asked_at is not None


@pytest.mark.django_db
class TestTheRemovalWasAskedFor:
    def test_once_a_notice_left_and_until_it_came_back(self) -> None:
        content = make_decided()
        assert not hear()
        notice_fact(NoticeSentAgain, content)
        assert hear()
        notice_fact(NoticeFailed, content, failure=Failure.BOUNCED)
        assert not hear()

    def test_not_by_a_notice_of_another_line(self) -> None:
        content = make_decided()
        notice_fact(NoticeSentAgain, content, for_line=Code("helpline"))

        assert not hear()

    def test_anew_where_it_is_back_or_elsewhere(self) -> None:
        content = make_decided()
        notice_fact(NoticeSentAgain, content)
        removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)
        removal.note_reappeared(content_id=content.id, by=SYSTEM)
        assert not hear()
        notice_fact(NoticeSentAgain, content)
        assert hear()
        removal.note_host_moved(content_id=content.id, country="DE", network=1, by=SYSTEM)
        assert not hear()
