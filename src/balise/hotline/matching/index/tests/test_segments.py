"""A segment says what it is; one that is cut short, changed or foreign is refused."""

from pathlib import Path

import numpy as np
import pytest

from balise.hotline.matching.index import segments
from balise.hotline.matching.index.segments import IndexRefused, Segment, write_segment
from balise.hotline.matching.index.tests import hashes as made


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return the path of a segment of a hundred hashes."""
    return tmp_path / write_segment(made.numbered(100), made.drawn(100), tmp_path)


def changed(path: Path, at: int, octets: bytes) -> None:
    whole = bytearray(path.read_bytes())
    whole[at : at + len(octets)] = octets
    path.write_bytes(whole)


def test_the_same_hashes_have_the_same_name_in_any_order(written: Path) -> None:
    order = np.random.default_rng(3).permutation(100)
    name = write_segment(made.numbered(100)[order], made.drawn(100)[order], written.parent)
    assert name == written.name
    Segment(written).verify()


def test_ids_and_hashes_are_in_it(written: Path) -> None:
    segment = Segment(written)
    assert segment.ids.tolist() == made.numbered(100).tolist()
    assert (segment.hashes == made.drawn(100)).all()
    assert segment.has(np.array([1, 2, 298, 299], np.uint32)).tolist() == [True, False, True, False]


def test_each_hash_has_an_id_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="own"):
        write_segment(np.array([4, 4], np.uint32), made.drawn(2), tmp_path)
    with pytest.raises(ValueError, match="own"):
        write_segment(np.array([4], np.uint32), made.drawn(2), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("at", "octets", "code"),
    [
        (0, b"BALISEIY", "foreign"),
        (8, (2).to_bytes(4, "little"), "version"),
        (12, bytes.fromhex("01020304"), "byte_order"),  # written on a machine of the other order
        (16, (99).to_bytes(8, "little"), "cut_short"),
        (40, b"\0", "checksum"),
    ],
)
def test_another_make_is_refused(written: Path, at: int, octets: bytes, code: str) -> None:
    changed(written, at, octets)
    with pytest.raises(IndexRefused, match=code):
        Segment(written)


@pytest.mark.parametrize("length", [0, 50, 128, 5000, -1])
def test_one_that_is_cut_short_is_refused(written: Path, length: int) -> None:
    written.write_bytes(written.read_bytes()[:length])
    with pytest.raises(IndexRefused, match="cut_short"):
        Segment(written)


def test_a_changed_octet_is_found_by_reading_it_all(written: Path) -> None:
    changed(written, 4_200_000, b"\x5a\xa5")
    with pytest.raises(IndexRefused, match="checksum"):
        Segment(written).verify()


class TestAnswers:
    def test_octets_become_words_highest_first(self) -> None:
        words = segments.words_of([bytes(range(32))])
        assert words.tolist()[0][0] == 0x0001020304050607
        with pytest.raises(ValueError, match="32"):
            segments.words_of([bytes(31)])
        assert segments.words_of([]).shape == (0, 4)

    @pytest.mark.parametrize("wrong", [np.zeros(4, np.uint64), np.zeros((1, 4), np.int64)])
    def test_another_shape_or_type_is_refused(self, wrong: segments.Hashes) -> None:
        with pytest.raises(ValueError, match="four"):
            segments.search(made.numbered(0), made.drawn(0), wrong, within=1)

    def test_the_flat_scan_finds_by_distance_then_id(self) -> None:
        base = made.drawn(1)[0]
        hashes = np.array(
            [made.neighbour(base, far, seed=place) for place, far in enumerate((9, 3, 3))]
        )
        found = segments.search(np.array([5, 8, 2], np.uint32), hashes, base[None], within=9)
        assert made.listed(found) == [[(2, 3), (8, 3), (5, 9)]]
        assert found.is_flat
