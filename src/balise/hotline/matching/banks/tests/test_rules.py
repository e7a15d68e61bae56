from typing import Any
from uuid import uuid4

import pytest

from balise.hotline.matching.banks.rules import asking, deciding
from balise.hotline.matching.banks.rules.asking import QuestionFaulty
from balise.hotline.matching.banks.rules.deciding import (
    EntryState,
    Hit,
    Opinion,
    Rule,
    Settled,
    decide,
)
from balise.hotline.matching.banks.rules.floods import FLOOR, is_flood
from balise.hotline.matching.banks.rules.seeing import back
from balise.hotline.matching.banks.tests.makers import make_clip, make_signal, make_turned
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import nearly_turned


def _is_known(said: Settled | None) -> bool:
    return said is not None and said.is_known


def a_hit(entry: int = 1, **given: Any) -> Hit:
    hit = Hit(
        entry=entry,
        bank="known",
        opinion=Opinion.POSITIVE,
        labels=(),
        distance=12,
        turn=Turn.AS_IS,
        quality=90,
    )
    return hit._replace(**given)


class TestDecide:
    def test_a_near_hit_makes_a_content_known(self) -> None:
        said = decide([a_hit()], is_partial=False)

        assert said == Settled(a_hit(), Rule.NEAR)
        assert _is_known(said)

    def test_nothing_comes_of_nothing(self) -> None:
        assert decide([], is_partial=False) is None

    def test_the_same_file_decides_before_a_near_one(self) -> None:
        near, same = a_hit(1, distance=0), a_hit(2, kind=HashKind.SHA256, distance=0)

        assert decide([near, same], is_partial=False) == Settled(same, Rule.EXACT)

    def test_a_negative_entry_wins_over_the_same_file(self) -> None:
        same, logo = a_hit(1, kind=HashKind.MD5), a_hit(2, opinion=Opinion.NEGATIVE, distance=31)
        said = decide([same, logo], is_partial=False)

        assert said == Settled(logo, Rule.NEGATIVE)
        assert not _is_known(said)

    def test_a_weak_negative_does_not_save_anything(self) -> None:
        same, flat = a_hit(1, kind=HashKind.MD5), a_hit(2, opinion=Opinion.NEGATIVE, quality=0)

        assert decide([same, flat], is_partial=False) == Settled(same, Rule.EXACT)

    @pytest.mark.parametrize(
        ("given", "rule"),
        [
            ({"quality": 49}, Rule.WEAK),
            ({"quality": 0}, Rule.WEAK),
            ({"asked_quality": 49}, Rule.WEAK),
            ({"state": EntryState.QUARANTINED}, Rule.QUARANTINED),
            ({"is_planted": True}, Rule.PLANTED),
            ({"opinion": Opinion.DISPUTED}, Rule.DISPUTED),
            ({"opinion": Opinion.SEED}, Rule.SEED),
        ],
    )
    def test_says_why_a_hit_does_not_decide(self, given: dict[str, Any], rule: Rule) -> None:
        said = decide([a_hit(**given)], is_partial=False)

        assert said == Settled(a_hit(**given), rule)
        assert not _is_known(said)

    def test_what_does_not_decide_does_not_hinder_what_does(self) -> None:
        weak, good = a_hit(1, quality=10, distance=0), a_hit(2, distance=30)

        assert decide([weak, good], is_partial=False) == Settled(good, Rule.NEAR)

    def test_part_of_an_answer_decides_nothing(self) -> None:
        known = decide([a_hit()], is_partial=True)

        assert known == Settled(a_hit(), Rule.PARTIAL)
        assert decide([], is_partial=True) == Settled(None, Rule.PARTIAL)
        assert not _is_known(known)

    def test_one_frame_of_a_film_does_not_decide_and_the_film_does(self) -> None:
        frame = a_hit(clip=uuid4(), second=4)

        assert decide([frame], is_partial=False) == Settled(frame, Rule.FRAME)
        whole = frame._replace(is_whole=True)
        assert decide([whole], is_partial=False) == Settled(whole, Rule.CLIP)


class TestFloods:
    def test_few_matches_are_never_a_flood(self) -> None:
        assert not is_flood(FLOOR, [])
        assert is_flood(FLOOR + 1, [])

    def test_a_hash_is_measured_by_its_own_past(self) -> None:
        assert not is_flood(400, [3, 100, 7])
        assert is_flood(401, [3, 100, 7])


class TestAsking:
    def test_every_turn_is_asked_whether_all_were_brought_or_one(self) -> None:
        turned, plain = make_turned(1), make_signal(2)
        asked = asking.questions([turned, plain])

        assert [one.value for one in asked] == [*turned.turns, *nearly_turned(plain.value)]
        assert [one.turn for one in asked] == [*Turn, *Turn]
        assert [one.asked for one in asked] == [0] * 8 + [1] * 8

    def test_a_frame_that_stands_still_is_asked_once_in_each_turn(self) -> None:
        asked = asking.questions([make_clip([5, 5, 5, 6])])
        assert [one.second for one in asked] == [0] * 8 + [3] * 8
        assert [one.turn for one in asked] == [*Turn, *Turn]
        assert [one.value for one in asked if one.turn is Turn.AS_IS] == [
            asked[0].frame,
            asked[8].frame,
        ]

    def test_a_long_film_is_asked_as_it_is(self) -> None:
        assert len(asking.questions([make_clip(range(asking.TURNED))])) == 8 * asking.TURNED
        assert len(asking.questions([make_clip(range(asking.TURNED + 1))])) == asking.TURNED + 1

    def test_files_are_not_asked_of_the_index(self) -> None:
        assert asking.questions([make_signal(1, kind=HashKind.SHA1)]) == []

    @pytest.mark.parametrize(
        "signal",
        [
            Signal(HashKind.PDQ, bytes(31)),
            Signal(HashKind.MD5, bytes(32)),
            Signal(HashKind.PDQ, b""),
            Signal(HashKind.PDQ, bytes(32), 101),
            Signal(HashKind.PDQ, bytes(32), -1),
            Signal(HashKind.PDQ, bytes(32), 100, (bytes(32),)),
            Signal(HashKind.PDQ, bytes(32), 100, (bytes(31),) * 8),
            Signal(HashKind.MD5, bytes(16), 100, (bytes(16),) * 8),
        ],
    )
    def test_what_is_no_hash_is_refused(self, signal: Signal) -> None:
        with pytest.raises(QuestionFaulty):
            asking.check([signal])

    def test_films_are_the_same_by_most_of_each(self) -> None:
        film = make_clip(range(10))
        near = [(one, one.second or 0) for one in asking.questions([film]) if one.turn == Turn.HALF]

        assert asking.turn_of_same(film, near[:8], known=10) is Turn.HALF
        assert asking.turn_of_same(film, near[:7], known=10) is None
        assert asking.turn_of_same(film, near, known=13) is None
        assert asking.turn_of_same(film, [], known=10) is None

    def test_a_film_of_one_good_frame_is_a_picture(self) -> None:
        film = make_clip([1])
        near = [(one, 1) for one in asking.questions([film])]

        assert asking.turn_of_same(film, near, known=1) is None
        assert asking.turn_of_same(make_clip([1, 2], quality=49), near, known=2) is None

    def test_turns_are_counted_apart(self) -> None:
        film = make_clip(range(10))
        mixed = [
            (one, one.second)
            for one in asking.questions([film])
            if one.second is not None
            and one.turn == (Turn.MIRRORED if one.second % 2 else Turn.AS_IS)
        ]
        assert len(mixed) == 10
        assert asking.turn_of_same(film, mixed, known=10) is None

    def test_every_turn_has_one_that_undoes_it(self) -> None:
        assert [back(back(turn)) for turn in Turn] == list(Turn)
        assert back(Turn.LEFT) is Turn.RIGHT


def test_what_is_sealed_is_read_again_as_it_was() -> None:
    asked = (make_turned(1), make_signal(2, kind=HashKind.MD5), make_clip([1, 2]))
    hits = (a_hit(labels=("a", "b"), turn=Turn.HALF),)
    payload = deciding.said(asked, hits, is_partial=False)

    assert deciding.asked_of(payload) == asked
    assert deciding.hits_of(payload) == hits
