"""Look-ups against entries, as analysts and machines ask them."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.actions.looking import LookedUp, look_up
from balise.hotline.matching.banks.memory import searching
from balise.hotline.matching.banks.models import Bank, LookUp, Matches, Sighting
from balise.hotline.matching.banks.rules.asking import QuestionFaulty
from balise.hotline.matching.banks.rules.deciding import Rule
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    LEAD,
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
from balise.hotline.matching.index.segments import Answers
from balise.hotline.matching.signals.rules.kinds import Clip, HashKind, Signal, Turn

pytestmark = pytest.mark.django_db


def ask(*signals: Signal | Clip) -> LookedUp:
    return look_up(signals=signals, by=ANALYST)


def rule(*signals: Signal | Clip) -> str:
    said = ask(*signals).verdict
    return said.rule if said else ""


class TestWhatIsFound:
    def test_a_hash_within_distance_is_known(self) -> None:
        (entry,) = make_entry(make_signal(1))
        near = ask(Signal(HashKind.PDQ, moved(make_value(1), 31)))
        far = ask(Signal(HashKind.PDQ, moved(make_value(1), 32)))

        assert [(hit.entry, hit.distance, hit.turn) for hit in near.hits] == [(entry, 31, 0)]
        assert near.is_known
        assert (far.hits, far.verdict) == ((), None)

    def test_a_turned_picture_is_found_and_the_turn_said(self) -> None:
        asked = make_turned(1)
        make_entry(Signal(HashKind.PDQ, asked.turns[Turn.MIRRORED]))

        assert [hit.turn for hit in ask(asked).hits] == [Turn.MIRRORED]
        assert ask(asked._replace(turns=())).hits == (), "its turns are of another picture"

    @pytest.mark.parametrize("kind", [HashKind.SHA256, HashKind.SHA1, HashKind.MD5])
    def test_the_same_file_is_known(self, kind: HashKind) -> None:
        make_entry(make_signal(1, kind=kind))

        assert rule(make_signal(1, kind=kind)) == Rule.EXACT
        assert rule(make_signal(2, kind=kind)) == ""

    def test_no_bank_and_an_empty_bank_know_nothing(self) -> None:
        assert ask(make_signal(1)).hits == ()
        make_bank()
        assert ask(make_signal(1)).hits == ()
        assert ask().verdict is None

    def test_a_bank_s_own_distance_counts(self) -> None:
        make_entry(make_signal(1), bank=make_bank("strict", distance=4))
        make_entry(make_signal(2), bank=make_bank("wide", distance=40))

        assert rule(Signal(HashKind.PDQ, moved(make_value(1), 4))) == Rule.NEAR
        assert rule(Signal(HashKind.PDQ, moved(make_value(1), 5))) == ""
        assert rule(Signal(HashKind.PDQ, moved(make_value(2), 40))) == Rule.NEAR

    def test_a_bank_turned_off_is_not_asked_and_a_negative_one_wins(self) -> None:
        make_entry(make_signal(1))
        make_entry(make_signal(1), bank=make_bank("logos", is_negative=True))
        assert rule(make_signal(1)) == Rule.NEGATIVE

        logos = Bank.objects.get(code="logos").id
        keeping.change_bank(bank_id=logos, distance=31, is_negative=True, is_on=False, by=LEAD)
        assert rule(make_signal(1)) == Rule.NEAR

    def test_what_was_withdrawn_or_held_is_not_asked_at_once(self) -> None:
        kept, gone = make_entry(make_signal(1)), make_entry(make_signal(2), bank="known")
        keeping.hold(entries=kept, by=ANALYST)
        keeping.withdraw(entries=gone, by=ANALYST)
        assert ask(make_signal(1), make_signal(2)).hits == ()

        keeping.release(entries=kept, by=LEAD)
        assert rule(make_signal(1)) == Rule.NEAR

    def test_a_weak_hash_is_found_and_decides_nothing(self) -> None:
        make_entry(make_signal(1, quality=0))

        assert rule(make_signal(1)) == Rule.WEAK

    def test_a_quarantined_hash_is_found_and_decides_nothing(self) -> None:
        (entry,) = make_entry(make_signal(1))
        keeping.quarantine(entry=entry, many=51, by=LEAD)

        assert rule(make_signal(1)) == Rule.QUARANTINED


class TestFilms:
    def test_a_film_is_known_by_most_of_its_frames(self) -> None:
        make_entry(make_clip(range(10)))

        assert rule(make_clip([*range(8), *range(100, 102)])) == Rule.CLIP
        assert rule(make_clip([*range(7), *range(100, 103)])) == Rule.FRAME

    def test_a_film_that_stands_still_is_known(self) -> None:
        make_entry(make_clip([1] * 10))

        assert rule(make_clip([1] * 12)) == Rule.CLIP

    @pytest.mark.parametrize("turn", Turn)
    def test_a_film_that_was_turned_or_mirrored_is_known_and_the_turn_said(
        self, turn: Turn
    ) -> None:
        make_entry(make_turned_clip(make_clip(range(10)), turn))
        answer = ask(make_clip(range(10)))

        assert answer.verdict is not None
        assert answer.verdict.rule is Rule.CLIP
        assert [hit.turn for hit in answer.hits] == [turn]

    def test_a_mix_of_turns_is_no_film(self) -> None:
        make_entry(make_turned_clip(make_clip(range(10)), Turn.AS_IS, Turn.MIRRORED))

        assert rule(make_clip(range(10))) == Rule.FRAME

    def test_one_hit_for_a_film_and_the_second_of_its_nearest_frame(self) -> None:
        make_entry(make_clip(range(10)))
        (hit,) = ask(Signal(HashKind.PDQ, make_value(7))).hits

        assert (hit.second, rule(Signal(HashKind.PDQ, make_value(7)))) == (7, Rule.FRAME)

    def test_a_known_picture_within_a_film_is_known(self) -> None:
        make_entry(make_signal(3))

        assert rule(make_clip(range(10))) == Rule.NEAR


class TestWhatIsKept:
    def test_what_was_asked_is_written_down_without_the_hash(self) -> None:
        (entry,) = make_entry(make_signal(1))
        handle = uuid4()
        answer = look_up(signals=[make_signal(1)], handle=handle, by=ANALYST)

        row = LookUp.objects.get(id=answer.id)
        assert (row.subject, row.hits, row.rule) == (handle, 1, Rule.NEAR)
        assert make_value(1) not in bytes(row.sealed)
        fact = Fact.objects.get(event="hotline.match.found")
        assert (fact.subject, fact.facts["entry"], fact.facts["bank"]) == (handle, entry, "known")
        assert Fact.objects.filter(event="hotline.look-up.made", subject=answer.id).exists()
        assert make_value(1).hex() not in str(list(Fact.objects.values_list("facts_text")))

    def test_matches_are_counted_by_entry_and_day(self) -> None:
        (entry,) = make_entry(make_signal(1))
        ask(make_signal(1))
        ask(make_signal(1), make_signal(1))

        assert list(Matches.objects.values_list("entry", "many")) == [(entry, 2)]

    def test_what_passed_is_remembered_and_what_is_known_is_not(self) -> None:
        make_entry(make_signal(1))
        look_up(signals=[make_signal(1)], handle=uuid4(), by=ANALYST)
        assert not Sighting.objects.exists()

        handle = uuid4()
        for _time in range(2):
            look_up(signals=[make_signal(2)], handle=handle, by=ANALYST)
        assert Sighting.objects.get().handle == handle

    def test_what_is_alike_among_what_was_seen_is_found_in_every_turn(self) -> None:
        first, plain = make_turned(1), uuid4()
        look_up(signals=[first], handle=plain, by=ANALYST)
        turned = Signal(HashKind.PDQ, moved(first.turns[Turn.LEFT], 3))
        second = look_up(signals=[turned], handle=uuid4(), by=ANALYST)
        again = look_up(signals=[first], handle=plain, by=ANALYST)

        (near,) = second.near
        assert (near.handle, near.distance, near.turn) == (plain, 3, Turn.RIGHT)
        assert [(one.distance, one.turn) for one in again.near] == [(3, Turn.LEFT)]

    def test_films_seen_lately_are_found_as_films(self) -> None:
        handle = uuid4()
        look_up(signals=[make_clip(range(10))], handle=handle, by=ANALYST)
        film = make_turned_clip(make_clip(range(9)), Turn.LEFT)
        same = look_up(signals=[film], handle=uuid4(), by=ANALYST)
        other = look_up(signals=[make_clip(range(14, 30))], handle=uuid4(), by=ANALYST)
        picture = look_up(signals=[make_signal(2)], handle=uuid4(), by=ANALYST)

        assert [(one.handle, one.turn) for one in same.near] == [(handle, Turn.RIGHT)]
        assert (other.near, picture.near) == ((), ())


class TestWhoMayAsk:
    def test_someone_without_the_ability_is_refused(self) -> None:
        with pytest.raises(PermissionDenied):
            look_up(signals=[make_signal(1)], by=LISTENER)

    def test_what_is_no_hash_is_refused(self) -> None:
        with pytest.raises(QuestionFaulty):
            look_up(signals=[Signal(HashKind.PDQ, bytes(31))], by=SYSTEM)


class _Deaf:
    """An index one of whose segments does not answer."""

    def search(self, values: Sequence[bytes], *, within: int = 31) -> Answers:
        return searching._nothing(len(values))


def test_part_of_an_answer_is_never_no_match(monkeypatch: pytest.MonkeyPatch) -> None:
    make_entry(make_signal(1))
    monkeypatch.setattr(searching, "known", _Deaf)
    answer = ask(make_signal(2))

    assert answer.is_partial
    assert answer.verdict is not None
    assert (answer.verdict.rule, answer.is_known) == (Rule.PARTIAL, False)
    assert Fact.objects.filter(event="hotline.look-up.partial", subject=answer.id).exists()
