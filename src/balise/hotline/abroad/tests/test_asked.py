"""A removal is asked for once a hotline abroad or ICCAM has the content."""

from uuid import uuid4

import pytest

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.hotline.abroad import tasks
from balise.hotline.reports.models import Content
from balise.hotline.reports.tests.makers import make_decided
from balise.takedown.onward.exchange.events import IccamMoved, TransferMoved
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    Outcome,
    Reason,
    TransferState,
)


def transfer_fact(content: Content, state: TransferState, direction: Direction) -> None:
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
    events = (TransferMoved.name, IccamMoved.name)
    tasks.note_asked(list(Entry.objects.filter(event__in=events).order_by("id")))
    return Content.objects.get().removal_asked_at is not None


@pytest.mark.django_db
class TestTheRemovalWasAskedFor:
    def test_once_a_hotline_abroad_has_the_letter(self) -> None:
        content = make_decided()
        transfer_fact(content, TransferState.QUEUED, Direction.OUT)
        transfer_fact(content, TransferState.ACCEPTED, Direction.IN)
        assert not hear()
        transfer_fact(content, TransferState.SENT, Direction.OUT)
        assert hear()

    def test_once_iccam_has_it(self) -> None:
        content = make_decided()
        iccam_fact(content, CaseState.QUEUED)
        assert not hear()
        iccam_fact(content, CaseState.EXPORTED)
        assert hear()
