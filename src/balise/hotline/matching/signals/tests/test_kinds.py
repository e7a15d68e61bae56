"""How a hash is written."""

import pytest

from balise.hotline.matching.signals.rules.kinds import LENGTHS, HashKind, Unreadable, read

PDQ = "0f" * 32


@pytest.mark.parametrize("kind", HashKind)
def test_hexadecimal_digits_are_read_in_either_case(kind: HashKind) -> None:
    text = "aB" * LENGTHS[kind]
    assert read(kind, text) == read(kind, text.upper()) == bytes([0xAB]) * LENGTHS[kind]


@pytest.mark.parametrize(
    "text",
    [
        "",
        PDQ[:-1],  # 252 bits
        "1" * 255,  # 255 bits, one a letter
        PDQ + "0",
        PDQ + "00",
        f"0x{PDQ}",
        f"0x{PDQ[2:]}",
        f" {PDQ}",
        f"{PDQ}\n",
        f"{PDQ[:31]} {PDQ[32:]}",
        " ".join(["0f"] * 32),
        "0g" + PDQ[2:],
        "٣٣" + PDQ[2:],
        "é" * 64,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(HashKind.PDQ, text)
