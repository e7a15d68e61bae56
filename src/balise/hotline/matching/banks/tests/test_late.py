"""A hash banked today finds yesterday's content; one that matches too often is stopped."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks import tasks
from balise.hotline.matching.banks.actions import finding, keeping, seeing
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.memory import searching
from balise.hotline.matching.banks.models import Entry, Matches
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.banks.rules.floods import FLOOR
from balise.hotline.matching.banks.tests.makers import (
    LISTENER,
    make_bank,
    make_clip,
    make_entry,
    make_signal,
    make_turned,
    make_turned_clip,
    make_value,
    moved,
)
from balise.hotline.matching.signals.rules.kinds import Clip, HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import nearly_turned

pytestmark = pytest.mark.django_db


def seen(*signals: Signal | Clip) -> UUID:
    handle = uuid4()
    look_up(signals=signals, handle=handle, by=SYSTEM)
    return handle


def late() -> list[tuple[UUID, object, object]]:
    tasks.find_late(list(Fact.objects.filter(event="hotline.entry.added").order_by("id")))
    found = Fact.objects.filter(event="hotline.match.found").order_by("id")
    return [(one.subject, one.facts["entry"], one.facts["turn"]) for one in found]


class TestLate:
    def test_a_turned_copy_that_passed_yesterday_is_found(self) -> None:
        picture = make_turned(1)
        handle = seen(picture)
        (entry,) = make_entry(Signal(HashKind.PDQ, moved(picture.turns[Turn.MIRRORED], 9)))

        assert late() == [(handle, entry, Turn.MIRRORED)]
        fact = Fact.objects.get(event="hotline.match.found")
        assert (fact.facts["is_late"], fact.facts["rule"], fact.facts["distance"]) == (
            True,
            "near",
            9,
        )

    @pytest.mark.parametrize("few", [finding._FEW, 0])
    def test_a_mirrored_copy_of_which_one_hash_was_brought_is_found(
        self, few: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "_FEW", few)
        handle = seen(make_signal(1))
        mirrored = nearly_turned(make_value(1))[Turn.MIRRORED]
        (entry,) = make_entry(Signal(HashKind.PDQ, moved(mirrored, 6)))

        assert late() == [(handle, entry, Turn.MIRRORED)]

    @pytest.mark.parametrize("one", [make_signal(1, kind=HashKind.SHA256), make_clip(range(9))])
    def test_a_file_and_a_film_are_found(self, one: Signal | Clip) -> None:
        handle = seen(one)
        entries = make_entry(one)

        assert [(who, entry) for who, entry, _turn in late()] == [(handle, entries[0])]

    @pytest.mark.parametrize("few", [finding._FEW, 0])
    def test_a_mirrored_film_is_found(self, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(finding, "_FEW", few)
        handle = seen(make_clip(range(9)))
        entries = make_entry(make_turned_clip(make_clip(range(9)), Turn.MIRRORED))

        assert late() == [(handle, entries[0], Turn.MIRRORED)]

    def test_what_does_not_decide_is_not_told(self) -> None:
        seen(make_signal(1))
        make_bank()
        make_entry(make_signal(1), bank="known", opinion=Opinion.SEED)
        make_entry(make_signal(1, quality=30), bank=make_bank("weak"))
        assert late() == []

        make_entry(make_signal(1), bank=make_bank("logos", is_negative=True))
        make_entry(make_signal(1), bank=make_bank("other"))
        assert late() == []

    def test_of_a_large_import_what_was_seen_is_asked_of_the_index(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handle = seen(make_turned(3))
        monkeypatch.setattr(finding, "_FEW", 0)
        (entry,) = make_entry(Signal(HashKind.PDQ, make_turned(3).turns[Turn.HALF]))

        assert late() == [(handle, entry, Turn.HALF)]

    def test_a_part_of_an_answer_is_asked_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen(make_signal(1))
        make_entry(make_signal(1))
        monkeypatch.setattr(
            searching.Known,
            "search",
            lambda _self, values, **_within: searching._nothing(len(values)),
        )
        with pytest.raises(finding.IndexNotWhole):
            late()

    def test_someone_without_the_ability_is_refused(self) -> None:
        with pytest.raises(PermissionDenied):
            finding.find_late(first=1, last=2, by=LISTENER)


class TestFloods:
    def test_a_flood_is_stopped_and_a_person_reviews_it(self) -> None:
        often, seldom = make_entry(make_signal(1)) + make_entry(make_signal(2), bank="known")
        yesterday = clock.now() - timedelta(days=1)
        with clock.at(yesterday):
            for _time in range(FLOOR):
                seeing.count(entries=[seldom], by=SYSTEM)
        Matches.objects.create(entry_id=often, day=clock.today(), many=FLOOR + 1)
        Matches.objects.create(entry_id=seldom, day=clock.today(), many=4 * FLOOR)
        tasks.stop_floods.func()

        assert Entry.objects.get(id=often).stands is EntryState.QUARANTINED
        assert Entry.objects.get(id=seldom).stands is EntryState.ON
        fact = Fact.objects.get(event="hotline.entry.quarantined")
        assert (fact.facts["entry"], fact.facts["many"]) == (often, FLOOR + 1)
        assert not look_up(signals=[make_signal(1)], by=SYSTEM).is_known

    def test_what_was_reviewed_is_left_alone_until_tomorrow(self) -> None:
        (entry,) = make_entry(make_signal(1))
        Matches.objects.create(entry_id=entry, day=clock.today(), many=FLOOR + 1)
        assert finding.quarantine_floods() == 1
        keeping.release(entries=[entry], by=SYSTEM)

        assert finding.quarantine_floods() == 0

    def test_someone_without_the_ability_is_refused(self) -> None:
        with pytest.raises(PermissionDenied):
            finding.quarantine_floods(by=LISTENER)
        with pytest.raises(PermissionDenied):
            seeing.count(entries=[1], by=LISTENER)
        with pytest.raises(PermissionDenied):
            seeing.remember(signals=[], handle=uuid4(), by=LISTENER)
