"""The index behind the banks: what processes of one home see of each other, and its repair."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import keeping, seeing
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.memory import searching, seen
from balise.hotline.matching.banks.memory.searching import Known
from balise.hotline.matching.banks.models import Change, Counter
from balise.hotline.matching.banks.tests.makers import (
    make_bank,
    make_entry,
    make_signal,
    make_turned,
    make_value,
)
from balise.hotline.matching.index.local import LocalIndex
from balise.hotline.matching.index.segments import words_of
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn

really = pytest.mark.django_db(transaction=True)


def finds(known: Known, seed: int) -> list[int]:
    known.refresh(at_once=True)
    (found,) = known.search([make_value(seed)]).found
    return [int(one) for one in found.ids]


def rebuilt() -> list[str]:
    return [str(fact.facts["why"]) for fact in Fact.objects.filter(event="hotline.index.rebuilt")]


@really
class TestProcesses:
    def test_each_finds_what_another_added_and_not_what_it_took_out(self, tmp_path: Path) -> None:
        apart, first, second = Known(tmp_path / "a"), Known(tmp_path / "b"), Known(tmp_path / "b")
        make_bank()
        everyone = (apart, first, second)
        assert [finds(one, 1) for one in everyone] == [[], [], []]

        entries = make_entry(make_signal(1), bank="known")
        assert [finds(one, 1) for one in everyone] == [entries] * 3
        keeping.hold(entries=entries, by=SYSTEM)
        assert [finds(one, 1) for one in everyone] == [[], [], []]
        keeping.release(entries=entries, by=SYSTEM)
        assert [finds(one, 1) for one in everyone] == [entries] * 3
        assert [len(one) for one in everyone] == [1, 1, 1]
        assert rebuilt() == []

    def test_a_process_that_starts_has_no_need_to_read_the_tables(self, tmp_path: Path) -> None:
        entries = make_entry(make_signal(1))
        finds(Known(tmp_path), 1)
        index = LocalIndex(tmp_path)

        (found,) = index.search(words_of([make_value(1)])).found
        assert found.ids.tolist() == entries
        assert index.reached == Counter.objects.get().seq

    def test_two_that_add_at_once_lose_nothing(self, tmp_path: Path) -> None:
        make_bank()

        def bring(seeds: range) -> None:
            for seed in seeds:
                make_entry(make_signal(seed), bank="known")
            connection.close()

        threads = [threading.Thread(target=bring, args=(range(at, at + 10),)) for at in (0, 100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        known = Known(tmp_path)
        assert all(finds(known, seed) for seed in (*range(10), *range(100, 110)))
        assert list(Change.objects.values_list("seq", flat=True)) == list(range(1, 21))

    def test_an_open_transaction_finds_what_it_added_and_tells_no_other(
        self, tmp_path: Path
    ) -> None:
        known = Known(tmp_path)
        kept = make_entry(make_signal(1))
        assert finds(known, 1) == kept
        with transaction.atomic():
            mine = make_entry(make_signal(2), bank="known")
            keeping.withdraw(entries=kept, by=SYSTEM)
            (of_mine, of_kept) = known.search([make_value(2), make_value(1)]).found
            assert (of_mine.ids.tolist(), of_kept.ids.tolist()) == (mine, [])
            transaction.set_rollback(True)

        assert (finds(known, 1), finds(known, 2)) == (kept, [])
        assert rebuilt() == []


def cut_short(folder: Path) -> None:
    (segment,) = folder.glob("*.segment")
    segment.write_bytes(segment.read_bytes()[:-8])


def of_another_version(folder: Path) -> None:
    manifest = folder / "index.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"version":1', b'"version":9'))


def of_another_byte_order(folder: Path) -> None:
    manifest = folder / "index.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"little"', b'"big"'))


@really
class TestRepair:
    @pytest.mark.parametrize(
        ("spoil", "why"),
        [
            (cut_short, "cut-short"),
            (of_another_version, "version"),
            (of_another_byte_order, "byte-order"),
        ],
    )
    def test_an_index_that_is_refused_is_made_again_and_said(
        self, tmp_path: Path, spoil: Callable[[Path], None], why: str
    ) -> None:
        entries = make_entry(make_signal(1))
        finds(Known(tmp_path), 1)
        LocalIndex(tmp_path).merge()
        spoil(tmp_path)

        assert finds(Known(tmp_path), 1) == entries
        assert rebuilt() == [why]

    def test_a_restored_copy_of_the_tables_is_noticed(self, tmp_path: Path) -> None:
        known = Known(tmp_path)
        make_bank()
        finds(known, 1)
        (entry,) = make_entry(make_signal(1), bank="known")
        assert finds(known, 1) == [entry]

        Change.objects.update(mark=uuid4())  # the same numbers say something else
        Counter.objects.update(mark=uuid4())
        assert finds(known, 1) == [entry]
        assert rebuilt() == ["other-tables"]

    def test_while_a_large_one_is_made_again_an_answer_is_not_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entries = make_entry(make_signal(1))
        finds(Known(tmp_path), 1)
        (tmp_path / "mark").unlink()
        monkeypatch.setattr(searching, "AT_ONCE", 0)
        may_go_on = threading.Event()
        whole = searching._all
        monkeypatch.setattr(searching, "_all", lambda: (may_go_on.wait(), whole())[1])
        known = Known(tmp_path)
        before = set(threading.enumerate())
        meanwhile = known.search([make_value(1)])
        may_go_on.set()
        for thread in set(threading.enumerate()) - before:
            thread.join()

        assert meanwhile.missing == ("index",)
        assert finds(known, 1) == entries

    def test_the_index_is_merged_where_that_is_worth_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = Known(tmp_path)
        entries = make_entry(make_signal(1))
        assert finds(known, 1) == entries
        assert known.merge() is False

        monkeypatch.setattr("balise.hotline.matching.index.local.MERGE_AT", 1)
        assert known.merge() is True
        assert len(LocalIndex(tmp_path).segments) == 1
        assert finds(known, 1) == entries


class TestSeenLately:
    @pytest.mark.django_db
    def test_every_turn_is_found_and_what_is_rolled_back_is_not(self) -> None:
        lately = seen.Lately()
        first, second = make_turned(1), make_turned(2)
        seeing.remember(signals=[first], handle=uuid4(), by=SYSTEM)
        (found,) = lately.search([first.turns[Turn.HALF]]).found
        assert [int(one) % 8 for one in found.ids] == [Turn.HALF]

        with transaction.atomic():
            seeing.remember(signals=[second], handle=uuid4(), by=SYSTEM)
            assert len(lately.table()[0]) == 16
            transaction.set_rollback(True)
        assert len(lately.table()[0]) == 8

    @pytest.mark.django_db
    def test_a_hash_stays_thirty_days(self) -> None:
        now = clock.now()
        look_up(signals=[make_signal(1)], handle=uuid4(), by=SYSTEM)
        with clock.at(now + timedelta(days=30)):
            assert look_up(signals=[make_signal(1)], handle=uuid4(), by=SYSTEM).near
        with clock.at(now + timedelta(days=31)):
            assert not look_up(signals=[Signal(HashKind.PDQ, make_value(1))], by=SYSTEM).near
