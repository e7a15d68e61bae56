"""What any index does, kept on this machine or on several: each kind runs these tests."""

import numpy as np
import pytest

from balise.hotline.matching.index.local import LocalIndex
from balise.hotline.matching.index.segments import Ids
from balise.hotline.matching.index.tests import hashes as made

BASE = made.drawn(300)


def ids(*names: int) -> Ids:
    """Return ids as the index reads them."""
    return np.array(names, np.uint32)


def found(index: LocalIndex, place: int, within: int = 31) -> list[tuple[int, int]]:
    """Return what is found of the hash in this place, and that all was asked."""
    answers = index.search(BASE[place : place + 1], within=within)
    assert answers.missing == ()
    return made.listed(answers)[0]


class AnyIndex:
    """Tests of the fixture `index`: one without any hash."""

    @pytest.mark.parametrize("is_merged", [False, True])
    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_banks_of_no_hash_of_one_and_of_two(
        self, index: LocalIndex, count: int, is_merged: bool
    ) -> None:
        index.add(made.numbered(count), BASE[:count])
        if is_merged:
            assert index.merge()
        assert len(index) == count
        assert [len(one) for one in made.listed(index.search(BASE[:3]))] == [1] * count + [0] * (
            3 - count
        )
        assert made.listed(index.search(BASE[:0])) == []

    def test_a_bank_that_is_emptied(self, index: LocalIndex) -> None:
        index.add(ids(1, 2), BASE[:2])
        index.merge()
        index.remove(ids(1, 2))
        assert len(index) == 0
        index.merge()
        assert (len(index), found(index, 0)) == (0, [])

    @pytest.mark.parametrize("is_merged", [False, True])
    def test_what_is_removed_is_found_no_longer_and_can_come_back(
        self, index: LocalIndex, is_merged: bool
    ) -> None:
        index.add(ids(1, 2, 3), BASE[:3])
        if is_merged:
            index.merge()
        index.remove(ids(2, 99))
        assert (found(index, 1), len(index)) == ([], 2)
        index.add(ids(2), BASE[1:2])
        assert (found(index, 1), len(index)) == ([(2, 0)], 3)

    @pytest.mark.parametrize("is_merged", [False, True])
    def test_another_hash_under_an_id_takes_its_place(
        self, index: LocalIndex, is_merged: bool
    ) -> None:
        index.add(ids(1), BASE[:1])
        if is_merged:
            index.merge()
        index.add(ids(1), BASE[1:2])
        assert (found(index, 0), found(index, 1), len(index)) == ([], [(1, 0)], 1)
        index.merge()
        assert (found(index, 0), found(index, 1), len(index)) == ([], [(1, 0)], 1)

    def test_beyond_31_bits_the_flat_scan_answers_and_says_so(self, index: LocalIndex) -> None:
        index.add(ids(5), BASE[:1])
        index.merge()
        index.add(ids(6), BASE[1:2])
        index.remove(ids(5))
        index.add(ids(7), BASE[:1])
        asked = made.neighbour(BASE[0], 40)[None]
        assert not index.search(asked).is_flat
        answers = index.search(asked, within=40)
        assert answers.is_flat
        assert made.listed(answers) == [[(7, 40)]]

    @pytest.mark.parametrize("within", [-1, 256])
    def test_a_distance_that_is_none(self, index: LocalIndex, within: int) -> None:
        with pytest.raises(ValueError, match="distance"):
            index.search(BASE[:1], within=within)

    def test_as_many_ids_as_hashes(self, index: LocalIndex) -> None:
        with pytest.raises(ValueError, match="own"):
            index.add(ids(1), BASE[:2])
