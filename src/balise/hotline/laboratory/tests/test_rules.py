"""What a device may send, and how many words of partners become one."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from balise.hotline.laboratory.rules.links import LinkUnreadable, read_links
from balise.hotline.laboratory.rules.prints import (
    MOST_FRAMES,
    MOST_ITEMS,
    NothingPrecise,
    Picture,
    Print,
    PrintsUnreadable,
    TooMany,
    band_of,
    count_of,
    from_fields,
    hashes_of,
    kind_of,
    read_prints,
    signals_of,
    to_fields,
)
from balise.hotline.laboratory.rules.standing import Band, ItemKind, Said, Word, followed, joined
from balise.hotline.matching.signals.rules.kinds import Clip, Frame, HashKind, Signal

HEX = "0f" * 32
PICTURE = {"kind": "picture", "pdq": HEX, "quality": 100}
INSIDE = {"pdq": "f0" * 32, "quality": 90}
BARRED = PICTURE | {"trimmed": INSIDE}
CLIP = {"kind": "clip", "seconds": 3, "frames": [[0, HEX, 90], [1, HEX, 10], [2, HEX, 60]]}
AT = datetime(2026, 11, 29, 9, tzinfo=UTC)


def _read(*given: object) -> tuple[Print, ...]:
    return read_prints(json.dumps(given))


def test_a_picture_is_one_hash_and_a_clip_one_a_good_second() -> None:
    picture, clip = _read(PICTURE, CLIP)
    value = bytes.fromhex(HEX)
    assert picture == Picture(Signal(HashKind.PDQ, value, 100))
    assert clip == Clip((Frame(0, value, 90), Frame(2, value, 60)), 3)
    assert (kind_of(picture), kind_of(clip)) == (ItemKind.PICTURE, ItemKind.CLIP)
    assert count_of((picture, clip)) == hashes_of(picture) + hashes_of(clip) == 3


def test_a_picture_with_bars_is_one_picture_of_two_hashes() -> None:
    (barred,) = _read(BARRED)
    whole, inside = (
        Signal(HashKind.PDQ, bytes.fromhex(one), n) for one, n in ((HEX, 100), ("f0" * 32, 90))
    )
    assert barred == Picture(whole, inside)
    assert signals_of(barred) == (whole, inside)
    assert (kind_of(barred), count_of((barred,)), hashes_of(barred)) == (ItemKind.PICTURE, 1, 2)
    assert from_fields(to_fields((barred,))) == (barred,)
    assert len(_read(*[BARRED] * MOST_ITEMS)) == MOST_ITEMS
    with pytest.raises(TooMany):
        _read(*[BARRED] * (MOST_ITEMS + 1))


def test_each_hash_of_a_picture_with_bars_has_to_be_precise() -> None:
    weak = INSIDE | {"quality": 49}
    assert _read(PICTURE | {"trimmed": weak}) == _read(PICTURE)
    assert _read(BARRED | {"quality": 49}) == _read({"kind": "picture", **INSIDE})
    assert _read(PICTURE | {"trimmed": INSIDE | {"pdq": HEX}}) == _read(PICTURE)
    with pytest.raises(NothingPrecise):
        _read(PICTURE | {"quality": 49, "trimmed": weak})


def test_what_is_sealed_is_read_again() -> None:
    prints = _read(PICTURE, CLIP)
    assert from_fields(to_fields(prints)) == prints


def test_a_band_says_how_surely_it_is_recognised() -> None:
    good, fair, clip = _read(PICTURE, PICTURE | {"quality": 79}, CLIP)
    assert (band_of(good), band_of(fair), band_of(clip)) == (Band.GOOD, Band.FAIR, Band.GOOD)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{}",
        "[3]",
        "[null]",
        '[{"kind": "picture"}]',
        json.dumps([PICTURE | {"name": "holiday.jpg"}]),
        json.dumps([PICTURE | {"pdq": HEX[:-1]}]),
        json.dumps([PICTURE | {"pdq": f"0x{HEX[2:]}"}]),
        json.dumps([PICTURE | {"pdq": f" {HEX[1:]}"}]),
        json.dumps([PICTURE | {"quality": 101}]),
        json.dumps([PICTURE | {"quality": True}]),
        json.dumps([PICTURE | {"quality": 99.5}]),
        json.dumps([PICTURE | {"trimmed": None}]),
        json.dumps([PICTURE | {"trimmed": HEX}]),
        json.dumps([PICTURE | {"trimmed": [INSIDE]}]),
        json.dumps([PICTURE | {"trimmed": INSIDE | {"trimmed": INSIDE}}]),
        json.dumps([PICTURE | {"trimmed": {"pdq": HEX}}]),
        json.dumps([PICTURE | {"trimmed": INSIDE | {"pdq": HEX[1:]}}]),
        json.dumps([PICTURE | {"trimmed": INSIDE | {"quality": 101}}]),
        json.dumps([CLIP | {"trimmed": INSIDE}]),
        json.dumps([CLIP | {"frames": [[0, HEX, 90], [0, HEX, 90]]}]),
        json.dumps([CLIP | {"frames": [[9, HEX, 90]]}]),
        json.dumps([CLIP | {"frames": 3}]),
        json.dumps([CLIP | {"seconds": MOST_FRAMES + 1}]),
        '[{"kind": "picture", "kind": "clip"}]',
        "[" * 90_000,
        '["\ud800"]',
    ],
)
def test_anything_else_is_refused_whole(given: str) -> None:
    with pytest.raises(PrintsUnreadable):
        read_prints(given)


def test_a_sending_has_bounds() -> None:
    assert len(_read(*[PICTURE] * MOST_ITEMS)) == MOST_ITEMS
    with pytest.raises(TooMany):
        _read(*[PICTURE] * (MOST_ITEMS + 1))
    long = {"kind": "clip", "seconds": 2_000, "frames": [[n, HEX, 90] for n in range(2_000)]}
    with pytest.raises(TooMany):
        _read(long, long)
    with pytest.raises(TooMany):
        read_prints(" " * 400_001)


def test_a_weak_hash_stays_home() -> None:
    assert _read(PICTURE | {"quality": 49}, PICTURE) == _read(PICTURE)
    with pytest.raises(NothingPrecise):
        _read(PICTURE | {"quality": 49})
    with pytest.raises(NothingPrecise):
        _read(CLIP | {"frames": [[0, HEX, 49]]})


def _word(
    said: Said,
    *,
    minutes: int = 0,
    blocked: bool = False,
    turn: int | None = None,
    copies: int = 0,
) -> Word:
    at = AT + timedelta(minutes=minutes)
    return Word(said, turn, copies, at, at if blocked else None)


def test_a_block_is_said_whatever_the_other_frames_say() -> None:
    first = _word(Said.BLOCKED, minutes=5, blocked=True, turn=4, copies=2)
    later = _word(Said.BLOCKED, minutes=9, blocked=True, turn=0, copies=1)
    word = joined([_word(Said.RECEIVED), later, first, _word(Said.NOT_FOUND, minutes=20)])
    assert (word.said, word.turn, word.copies) == (Said.BLOCKED, 4, 2)
    assert word.blocked_at == AT + timedelta(minutes=5)
    assert word.at == AT + timedelta(minutes=20)


def test_it_is_withdrawn_once_all_is() -> None:
    gone = _word(Said.WITHDRAWN)
    assert joined([gone, gone]).said is Said.WITHDRAWN
    assert joined([gone, _word(Said.RECEIVED)]).said is Said.RECEIVED
    assert joined([_word(Said.RECEIVED), _word(Said.NOT_FOUND)]).said is Said.NOT_FOUND


def test_a_later_word_takes_nothing_back() -> None:
    blocked = _word(Said.BLOCKED, blocked=True, turn=4, copies=2)
    gone = followed(blocked, _word(Said.WITHDRAWN, minutes=9), is_off=True)
    assert (gone.said, gone.turn, gone.copies) == (Said.WITHDRAWN, 4, 2)
    assert (gone.at, gone.blocked_at) == (AT + timedelta(minutes=9), AT)
    late = _word(Said.BLOCKED, minutes=20, blocked=True, turn=0, copies=3)
    assert followed(gone, late, is_off=True) == gone
    back = followed(gone, late, is_off=False)
    assert (back.said, back.turn, back.copies, back.blocked_at) == (Said.BLOCKED, 4, 3, AT)


@pytest.mark.parametrize("between", [",", ", ", ";", " ;", "\n", ",\n"])
def test_each_address_of_a_line_is_one(between: str) -> None:
    places = read_links(f"https://a.example/1{between}https://b.example/2?a=1,2;3")
    found = [place.canonical for place in places]
    assert found == ["https://a.example/1", "https://b.example/2?a=1,2;3"]


def test_a_long_line_is_named_by_its_beginning() -> None:
    with pytest.raises(LinkUnreadable) as refused:
        read_links("chez lui " * 400)
    assert "chez lui" in refused.value.message
    assert len(refused.value.message) < 300
