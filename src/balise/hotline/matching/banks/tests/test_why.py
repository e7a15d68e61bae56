"""Why a look-up matched or not: as it was answered, and as of its day."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import keeping, reviewing
from balise.hotline.matching.banks.actions.looking import LookedUp, look_up
from balise.hotline.matching.banks.models import Bank
from balise.hotline.matching.banks.queries import banks, why
from balise.hotline.matching.banks.rules.deciding import (
    EntryState,
    Opinion,
    Reason,
    Rule,
    reason_of,
)
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    make_bank,
    make_clip,
    make_entry,
    make_signal,
    make_turned,
    make_value,
    moved,
)
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn


@pytest.mark.parametrize(
    ("state", "is_bank_on", "distance", "reason"),
    [
        (EntryState.ON, True, 31, None),
        (EntryState.QUARANTINED, True, 0, None),
        (EntryState.ON, True, 32, Reason.TOO_FAR),
        (EntryState.ON, False, 0, Reason.BANK_OFF),
        (EntryState.OFF, True, 0, Reason.HELD),
        (EntryState.WITHDRAWN, True, 0, Reason.WITHDRAWN),
        (None, True, 0, Reason.LATER),
    ],
)
def test_each_reason(
    state: EntryState | None,
    is_bank_on: bool,
    distance: int,
    reason: Reason | None,
) -> None:
    assert reason_of(state, is_bank_on=is_bank_on, distance=distance, within=31) is reason


NOBODY = UUID(int=0)


def ask(*signals: Signal) -> LookedUp:
    return look_up(signals=signals, by=ANALYST)


def again(asked: LookedUp) -> why.AsOf:
    with clock.at(clock.now() + timedelta(hours=1)):
        return reviewing.ask_again(look_up_id=asked.id, by=ANALYST)


@pytest.mark.django_db
class TestWhy:
    def test_a_hit_says_bank_opinion_distance_turn_quality_and_rule(self) -> None:
        picture = make_turned(1)
        make_entry(Signal(HashKind.PDQ, moved(picture.turns[Turn.RIGHT], 7), 88))
        said = why.answered(ask(picture).id, seen_by=ANALYST)

        (told,) = said.hits
        hit = told.hit
        assert (hit.bank, hit.opinion, hit.distance, hit.turn, hit.quality, told.rule) == (
            "known",
            Opinion.POSITIVE,
            7,
            Turn.RIGHT,
            88,
            Rule.NEAR,
        )
        assert said.verdict is not None
        assert said.verdict.rule is Rule.NEAR
        assert said.marks == (why.Mark("pdq", 1, 8),)

    def test_a_hit_says_whether_the_picture_without_its_bars_had_it(self) -> None:
        whole, inside = make_turned(1), make_turned(2)._replace(is_trimmed=True)
        first = make_entry(make_signal(9))
        entries = keeping.add(
            bank="known",
            signals=[Signal(HashKind.PDQ, inside.turns[Turn.MIRRORED])],
            opinion=Opinion.POSITIVE,
            by=ANALYST,
        )
        asked = ask(whole, inside, make_signal(9))
        for said in (why.answered(asked.id, seen_by=ANALYST), again(asked)):
            found = {told.hit.entry: told.is_trimmed for told in said.hits}
            assert found == {entries[0]: True, first[0]: False}

    def test_it_is_asked_again_as_of_its_day_and_written_down(self) -> None:
        entries = make_entry(make_signal(1))
        asked = ask(make_signal(1))
        keeping.withdraw(entries=entries, by=ANALYST)
        bank = Bank.objects.get().id
        keeping.change_bank(bank_id=bank, distance=0, is_negative=True, is_on=False, by=LEAD)
        make_entry(make_signal(1), bank=make_bank("later"))
        found = again(asked)

        assert found.is_the_same
        assert [(told.hit.entry, told.rule) for told in found.hits] == [(entries[0], Rule.NEAR)]
        assert [(miss.bank, miss.reason) for miss in found.misses] == [("later", Reason.LATER)]
        fact = Fact.objects.get(event="hotline.look-up.reviewed")
        assert (fact.subject, fact.actor_key) == (asked.id, ANALYST.key)

    def test_what_was_no_hit_says_why(self) -> None:
        make_entry(make_signal(1))
        held = make_entry(make_signal(2), bank="known")
        gone = make_entry(make_signal(3), bank="known")
        make_entry(make_signal(4), bank=make_bank("off"))
        off = Bank.objects.get(code="off").id
        keeping.hold(entries=held, by=ANALYST)
        keeping.withdraw(entries=gone, by=ANALYST)
        keeping.change_bank(bank_id=off, distance=31, is_negative=False, is_on=False, by=LEAD)
        asked = ask(
            Signal(HashKind.PDQ, moved(make_value(1), 40)),
            *(make_signal(seed) for seed in (2, 3, 4)),
        )
        found = again(asked)

        assert found.verdict is None
        assert {(miss.distance, miss.reason) for miss in found.misses} == {
            (40, Reason.TOO_FAR),
            (0, Reason.HELD),
            (0, Reason.WITHDRAWN),
            (0, Reason.BANK_OFF),
        }

    def test_files_and_films_are_asked_again_as_well(self) -> None:
        make_entry(make_signal(1, kind=HashKind.SHA1))
        film = make_clip(range(6))
        make_entry(film, bank="known")
        asked = look_up(signals=[make_signal(1, kind=HashKind.SHA1), film], by=ANALYST)
        found = again(asked)

        assert {told.rule for told in found.hits} == {Rule.EXACT, Rule.CLIP}
        assert found.is_the_same
        marks = why.answered(asked.id, seen_by=ANALYST).marks
        assert marks == (why.Mark("sha1", 1, 1), why.Mark("clip", 1, 6))

    def test_an_unknown_one_is_not_here(self) -> None:
        with pytest.raises(NotHere):
            why.answered(NOBODY, seen_by=ANALYST)


REFUSED: dict[str, Callable[[Actor], object]] = {
    "answered": lambda by: why.answered(NOBODY, seen_by=by),
    "as of": lambda by: why.as_of_its_day(NOBODY, seen_by=by),
    "again": lambda by: reviewing.ask_again(look_up_id=NOBODY, by=by),
    "banks": lambda by: banks.banks(seen_by=by),
    "bank": lambda by: banks.bank(NOBODY, seen_by=by),
    "opinions": lambda by: banks.opinions(NOBODY, seen_by=by),
    "reference": lambda by: banks.with_reference(NOBODY, "x", seen_by=by),
    "entry": lambda by: banks.entry(1, seen_by=by),
    "stopped": lambda by: banks.stopped(seen_by=by),
    "count": lambda by: banks.count_stopped(seen_by=by),
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_someone_without_the_ability_is_refused(attempt: Callable[[Actor], object]) -> None:
    with pytest.raises(PermissionDenied):
        attempt(LISTENER)
