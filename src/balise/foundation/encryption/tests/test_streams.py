import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, strategies as st

from balise.foundation.encryption.sealing import RecordKey, SealBroken
from balise.foundation.encryption.streams import PIECE, StreamSealer, opened_stream

SEALED_PIECE = PIECE + 16
HEADER = 2
FROZEN = json.loads(Path(__file__).with_name("frozen_v1.json").read_text())


def _sealed(octets: bytes) -> tuple[RecordKey, bytes]:
    sealer = StreamSealer(uuid4())
    return sealer.key_for("hotline"), sealer.seal(octets) + sealer.finish()


def _opened(key: RecordKey, sealed: bytes) -> bytes:
    return b"".join(opened_stream(key, BytesIO(sealed)))


def _three_pieces() -> bytes:
    return b"a" * PIECE + b"b" * PIECE + b"c" * 1_000


class TestStream:
    @pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
    def test_opens_to_what_was_sealed(self, size: int) -> None:
        octets = bytes(range(256)) * (size // 256 + 1)
        key, sealed = _sealed(octets[:size])
        assert _opened(key, sealed) == octets[:size]

    @given(st.lists(st.integers(0, PIECE + 500), max_size=6))
    def test_does_not_depend_on_how_the_file_arrives(self, sizes: list[int]) -> None:
        sealer = StreamSealer(uuid4())
        parts = [bytes([65 + at]) * size for at, size in enumerate(sizes)]
        sealed = b"".join(sealer.seal(part) for part in parts) + sealer.finish()
        assert _opened(sealer.key_for("hotline"), sealed) == b"".join(parts)

    def test_gives_out_a_piece_as_soon_as_it_is_full(self) -> None:
        sealer = StreamSealer(uuid4())
        assert sealer.seal(b"a" * PIECE) == b""
        assert len(sealer.seal(b"b")) == HEADER + SEALED_PIECE

    def test_shows_nothing_of_the_file(self) -> None:
        _, sealed = _sealed(b"canary" * 1_000)
        assert b"canary" not in sealed

    def test_is_sealed_once_only(self) -> None:
        sealer = StreamSealer(uuid4())
        sealer.finish()
        with pytest.raises(ValueError, match="finished"):
            sealer.seal(b"more")
        with pytest.raises(ValueError, match="finished"):
            sealer.finish()

    def test_two_streams_never_share_a_key(self) -> None:
        file = uuid4()
        one, other = StreamSealer(file), StreamSealer(file)
        with pytest.raises(SealBroken):
            _opened(other.key_for("hotline"), one.finish())


class TestTampered:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda s: s[: HEADER + 2 * SEALED_PIECE], id="last piece gone"),
            pytest.param(lambda s: s[: HEADER + SEALED_PIECE], id="two pieces gone"),
            pytest.param(lambda s: s[:-1], id="last byte gone"),
            pytest.param(lambda s: s[:HEADER], id="only the header"),
            pytest.param(lambda _: b"", id="nothing"),
            pytest.param(lambda s: s[:HEADER] + s[HEADER + SEALED_PIECE :], id="first piece gone"),
            pytest.param(
                lambda s: (
                    s[:HEADER]
                    + s[HEADER + SEALED_PIECE : HEADER + 2 * SEALED_PIECE]
                    + s[HEADER : HEADER + SEALED_PIECE]
                    + s[HEADER + 2 * SEALED_PIECE :]
                ),
                id="two pieces swapped",
            ),
            pytest.param(
                lambda s: s[: HEADER + SEALED_PIECE] + s[HEADER:], id="first piece doubled"
            ),
            pytest.param(lambda s: s + s[HEADER:], id="file doubled"),
            pytest.param(lambda s: s + b"x", id="a byte added"),
            pytest.param(lambda s: b"\x02" + s[1:], id="another version"),
            pytest.param(lambda s: s[:1] + b"\x02" + s[2:], id="another algorithm"),
            pytest.param(lambda s: s[:500] + bytes([s[500] ^ 1]) + s[501:], id="a bit flipped"),
        ],
    )
    def test_is_refused(self, change: Callable[[bytes], bytes]) -> None:
        key, sealed = _sealed(_three_pieces())
        with pytest.raises(SealBroken):
            _opened(key, change(sealed))

    def test_a_piece_of_another_file_is_refused(self) -> None:
        key, sealed = _sealed(_three_pieces())
        _, other = _sealed(_three_pieces())
        spliced = sealed[: HEADER + SEALED_PIECE] + other[HEADER + SEALED_PIECE :]
        with pytest.raises(SealBroken):
            _opened(key, spliced)

    def test_a_file_under_another_name_is_refused(self) -> None:
        key, sealed = _sealed(b"stays where it is")
        with pytest.raises(SealBroken):
            _opened(RecordKey("hotline", uuid4(), key._secret), sealed)

    def test_pieces_before_the_damage_are_genuine(self) -> None:
        key, sealed = _sealed(_three_pieces())
        pieces = opened_stream(key, BytesIO(sealed[: HEADER + 2 * SEALED_PIECE]))
        assert next(pieces) == b"a" * PIECE
        with pytest.raises(SealBroken):
            next(pieces)


class TestFirstRelease:
    def test_files_open(self) -> None:
        key = RecordKey("hotline", UUID(FROZEN["record"]), bytes.fromhex(FROZEN["secret"]))
        assert _opened(key, bytes.fromhex(FROZEN["file"])) == FROZEN["file_text"].encode()
