"""Reports that meet: written by several at once, or in a group that the database refuses."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction
from tests.waiting import PATIENCE, let_pass

from balise.foundation.actors import ANYONE
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.group_commit import company
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, intake
from balise.hotline.reports.models import Content, Mention, Report
from balise.hotline.reports.rules.given import Incoming
from balise.hotline.reports.rules.words import ToRead
from balise.hotline.reports.tests.makers import (
    give_verdict,
    make_answers,
    make_decision,
    make_incoming,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

AT_ONCE = 6


def brought(reports: list[Incoming], *, alone: bool) -> list[intake.Received | Exception]:
    """Bring reports at the same moment, each in its own transaction or as they come together."""
    ready = threading.Barrier(len(reports))

    def bring(incoming: Incoming) -> intake.Received | Exception:
        try:
            with company:
                ready.wait(PATIENCE)
                if alone:
                    return intake._receive_all([(incoming, ANYONE)])[0]
                return intake.receive(incoming=incoming, by=ANYONE)
        except Exception as error:  # noqa: BLE001 - it is what we ask for
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(reports)) as threads:
        return list(threads.map(bring, reports))


@pytest.mark.parametrize("alone", [True, False])
def test_those_who_report_the_same_at_the_same_moment_are_all_counted(alone: bool) -> None:
    for again in range(1, 4):
        address = f"https://same{again}.example/"
        outcomes = brought(
            [make_incoming(make_answers(address)) for _ in range(AT_ONCE)], alone=alone
        )
        assert all(isinstance(one, intake.Received) and one.is_new for one in outcomes), outcomes
        assert Report.objects.count() == Mention.objects.count() == again * AT_ONCE
        assert set(Content.objects.values_list("report_count", flat=True)) == {AT_ONCE}
        # Each report and each content can be opened, and each is in the journal.
        records = {*Report.objects.values_list("id", flat=True)}
        records |= {*Content.objects.values_list("id", flat=True)}
        assert records <= {*KeyWrap.objects.values_list("record", flat=True)}
        entries = Entry.objects.filter(event="hotline.report.received")
        assert entries.count() == again * AT_ONCE


def test_batches_of_a_file_that_speak_of_the_same_contents_never_meet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two at a time, as the import's processes; each shares most of its contents with the next."""
    monkeypatch.setattr(intake, "_MEETINGS", 0)

    def bring(number: int) -> int:
        many = [
            make_incoming(make_answers(f"https://site{number * 5 + at}.example/"))
            for at in range(intake._MANY)
        ]
        try:
            return sum(one.is_new for one in intake.receive_many(incoming=many, by=ANYONE))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(bring, range(24))) == [intake._MANY] * 24
    assert Content.objects.count() == 23 * 5 + intake._MANY
    assert Report.objects.count() == 24 * intake._MANY


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_two_that_wait_for_each_other_are_both_written() -> None:
    """One holds what the other wants next: PostgreSQL ends one of them, which writes again."""
    both_hold_one = threading.Barrier(2)
    tries: list[int] = []

    def bring(first: int) -> int:
        mine: list[int] = []

        def write() -> int:
            tries.append(first)
            mine.append(first)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (first,))
                if len(mine) == 1:
                    both_hold_one.wait(PATIENCE)
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (3 - first,))
            return first

        try:
            return intake._and_again(write)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(bring, [1, 2])) == [1, 2]
    assert len(tries) == 3


def test_an_outage_is_not_tried_again() -> None:
    tries: list[int] = []

    def write() -> None:
        tries.append(1)
        raise OperationalError

    with pytest.raises(OperationalError):
        intake._and_again(write)
    assert len(tries) == 1


def while_it_is_open(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Do the second thing while the first one's transaction is still open."""
    begun = threading.Event()

    def do_first() -> None:
        try:
            with transaction.atomic():
                first()
                begun.set()
                let_pass(0.5)
        finally:
            connection.close()

    def do_second() -> None:
        try:
            assert begun.wait(PATIENCE)
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(do_first), threads.submit(do_second)]:
            done.result()


def test_a_corrected_address_takes_nobody_else_s_report_along() -> None:
    receipt = new_receipt()
    intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)
    places = make_answers("https://right.example/").places
    same = make_incoming()

    while_it_is_open(
        lambda: intake.receive_many(incoming=[same], by=ANYONE),
        lambda: answering.answer(receipt=receipt, given={"places": places}, finish=True, by=ANYONE),
    )

    theirs = Report.objects.get(intake_key=same.key)
    assert theirs.contents.get().report_count == 1
    assert Content.objects.count() == 2


def test_a_late_answer_leaves_the_verdict_as_it_was_given() -> None:
    receipt = new_receipt()
    intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)
    content = Content.objects.get()

    while_it_is_open(
        lambda: give_verdict(content.id, make_decision()),
        lambda: answering.answer(
            receipt=receipt, given={"category": "csam", "danger": True}, finish=True, by=ANYONE
        ),
    )

    assert Content.objects.get().category == "hate"
    assert Report.objects.get().to_read == ToRead.DANGER


@contextmanager
def refused() -> Iterator[None]:
    """Let the database give up after the first rows of a batch were written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # What other tests left free would do for a while: it is taken first.
            cursor.execute("CREATE TABLE filler (words BLOB)")
            cursor.execute("PRAGMA freelist_count")
            free = cursor.fetchone()[0] * 4_096
            cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [free])
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 2}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")
            return
        other = connection.copy()
        try:
            other.set_autocommit(False)
            with other.cursor() as elsewhere:
                elsewhere.execute(f"LOCK {Entry._meta.db_table} IN EXCLUSIVE MODE")
            cursor.execute("SET lock_timeout = '200ms'")
            yield
            cursor.execute("RESET lock_timeout")
        finally:
            other.rollback()
            other.close()


def test_a_group_that_the_database_refuses_leaves_nothing_and_can_come_again() -> None:
    group = [
        (make_incoming(make_answers(f"https://site{at}.example/")), ANYONE) for at in range(30)
    ]
    with refused(), pytest.raises(OperationalError):
        intake._receive_all(group)
    for kept in (Report, Content, Mention, KeyWrap, Entry):
        assert not kept.objects.exists()

    assert all(one.is_new for one in intake._receive_all(group))
    assert Report.objects.count() == len(group)
