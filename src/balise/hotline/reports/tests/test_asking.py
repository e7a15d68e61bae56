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
from balise.takedown.onward.exchange.events import IccamMoved, TransferMoved
from balise.takedown.onward.exchange.rules.iccam.conduct import CaseState
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    Outcome,
    Reason,
    State,
)


def notice_fact(kind: type[Event], content: Content, **facts: object) -> None:
    about: dict[str, Any] = {
        "subject": uuid4(),
        "content": content.id,
        "for_line": Code("hotline"),
        "host": uuid4(),
        "offence": Code("hate-incitement"),
    }
    record(kind(**about | facts), by=SYSTEM)


def transfer_fact(content: Content, state: State, direction: Direction) -> None:
    fact = TransferMoved(
        subject=uuid4(),
        for_line=Code("hotline"),
        content=content.id,
        peer=uuid4(),
        direction=direction,
        country=Code("NL"),
        state=state,
        outcome=Outcome.NONE,
        reason=Reason.NONE,
        fault=Fault.NONE,
    )
    record(fact, by=SYSTEM)


def iccam_fact(content: Content, state: CaseState) -> None:
    fact = IccamMoved(
        subject=uuid4(),
        for_line=Code("hotline"),
        content=content.id,
        direction=Direction.OUT,
        country=Code("NL"),
        state=state,
    )
    record(fact, by=SYSTEM)


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

    def test_once_a_hotline_abroad_has_the_letter(self) -> None:
        content = make_decided()
        transfer_fact(content, State.QUEUED, Direction.OUT)
        transfer_fact(content, State.ACCEPTED, Direction.IN)
        assert not hear()
        transfer_fact(content, State.SENT, Direction.OUT)
        assert hear()

    def test_once_iccam_has_it(self) -> None:
        content = make_decided()
        iccam_fact(content, CaseState.QUEUED)
        assert not hear()
        iccam_fact(content, CaseState.EXPORTED)
        assert hear()

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
