"""What is taken back while it is being sent is either not sent, or not taken back."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.waiting import PATIENCE

from balise.foundation.actors import ANYONE, SYSTEM
from balise.takedown.notices.actions import contesting, ending, mailing
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.rules.redress import Contester, Ruling
from balise.takedown.notices.rules.states import NoticeState, WrongState
from balise.takedown.notices.tests.makers import (
    ANALYST,
    SECOND_ANALYST,
    another_contact,
    get,
    make_notice,
    send,
    state_of,
)

pytestmark = pytest.mark.sqlite

WORDS = "C'est une œuvre d'art, exposée dans un musée."


def gathered() -> tuple[UUID, UUID]:
    """Return a notice and the mail that it is in, which waits to be sent."""
    notice_id = make_notice()
    send(notice_id)
    (mailing_id,) = mailing.gather(contact_id=get(notice_id).contact_id, line="hotline", by=SYSTEM)
    return notice_id, mailing_id


def contested_beside(notice_id: UUID) -> UUID:
    """Return an objection to another notice about the same content."""
    other = make_notice(subject=get(notice_id).subject, contact_id=another_contact())
    send(other)
    for mailing_id in mailing.gather(contact_id=get(other).contact_id, line="hotline", by=SYSTEM):
        mailing.hand_over(mailing_id=mailing_id, by=SYSTEM)
        mailing.note_taken(mailing_id=mailing_id, by=SYSTEM)
    return contesting.contest(
        notice_id=other, contester=Contester.AUTHOR, grounds=WORDS, via=Via.PAGE, by=ANYONE
    )


def submitted(pool: ThreadPoolExecutor, take_back: Callable[[], None]) -> Future[None]:
    """Take back on a connection of its own, and return once that waits for ours."""

    def apart() -> None:
        try:
            take_back()
        finally:
            connection.close()

    taken_back = pool.submit(apart)
    with suppress(TimeoutError):
        taken_back.result(timeout=1)
    assert not taken_back.done()
    return taken_back


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: one comes after the other")
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_ruled", [False, True])
def test_whoever_takes_back_waits_for_whoever_sends(
    pool: ThreadPoolExecutor, *, is_ruled: bool
) -> None:
    notice_id, mailing_id = gathered()
    take_back: Callable[[], None] = partial(ending.withdraw, notice_id=notice_id, by=ANALYST)
    if is_ruled:
        take_back = partial(
            contesting.rule,
            contest_id=contested_beside(notice_id),
            ruling=Ruling.UPHELD,
            reasons=WORDS,
            by=SECOND_ANALYST,
        )
    with transaction.atomic():
        mailing.hand_over(mailing_id=mailing_id, by=SYSTEM)
        taken_back = submitted(pool, take_back)
    with pytest.raises(WrongState):
        taken_back.result(PATIENCE)
    mailing.note_taken(mailing_id=mailing_id, by=SYSTEM)
    assert state_of(notice_id) is NoticeState.SENT


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_back_tries_again_when_a_mail_was_made_meanwhile(
    pool: ThreadPoolExecutor,
) -> None:
    notice_id = make_notice()
    send(notice_id)
    with transaction.atomic():
        assert mailing.gather(contact_id=get(notice_id).contact_id, line="hotline", by=SYSTEM)
        withdraw = partial(ending.withdraw, notice_id=notice_id, by=ANALYST)
        taken_back = submitted(pool, withdraw)
    with pytest.raises(WrongState):
        taken_back.result(PATIENCE)
    assert state_of(notice_id) is NoticeState.QUEUED
    withdraw()
    assert state_of(notice_id) is NoticeState.WITHDRAWN
