"""`balise pdq`: a line a file, and a distance."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from balise.hotline.matching.signals.documents import apart
from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.tests import files

ZEROS = "00" * 32


def answered(*words: str) -> str:
    """Return what a command answers."""
    out = StringIO()
    call_command("pdq", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    file = tmp_path / "drawing.png"
    file.write_bytes(files.file())
    return file


def lines(*words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answered("hash", *words, "--json").splitlines()]


def test_a_file_has_a_line(drawing: Path) -> None:
    exact = pdq.hash_pixels(files.SHOWN)
    told = {"pdq": exact.value.hex(), "quality": exact.quality, "width": 400, "height": 300}
    assert lines(str(drawing)) == [{"file": str(drawing), **told}]
    assert answered("hash", str(drawing)) == f"{told['pdq']} 100 400x300 {drawing}\n"


def test_turns_are_eight_and_begin_with_the_hash(drawing: Path) -> None:
    (told,) = lines(str(drawing), "--turns")
    exact = pdq.hash_pixels_turned(files.SHOWN)
    assert told["turns"] == [turn.hex() for turn in exact.values]
    assert told["turns"][0] == told["pdq"]
    assert answered("hash", str(drawing), "--turns").count("\n") == 9


def test_a_refused_file_has_an_error_and_the_others_their_line(
    drawing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, missing, large = (tmp_path / name for name in ("words.jpg", "none.jpg", "large.png"))
    words.write_text("Dear all,", encoding="utf-8")
    with large.open("wb") as file:
        file.truncate(apart.MOST_OCTETS + 1)
    told = lines(str(words), str(missing), str(tmp_path), str(large), str(drawing))
    assert [each.get("error") for each in told] == [
        "kind",
        "unreadable",
        "unreadable",
        "size",
        None,
    ]
    assert [each["file"] for each in told][-1] == str(drawing)
    assert answered("hash", str(words)) == ""


def test_a_distance_is_a_number_of_bits() -> None:
    assert answered("distance", ZEROS, "FF" * 32) == "256\n"
    assert answered("distance", ZEROS, ZEROS) == "0\n"
    assert json.loads(answered("distance", ZEROS, "00" * 31 + "05", "--json")) == {"distance": 2}


@pytest.mark.parametrize("wrong", ["", "0" * 63, f"0x{ZEROS[2:]}", " " * 64, "0" * 65])
def test_a_hash_that_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(CommandError, match="64 hexadecimal digits"):
        answered("distance", ZEROS, wrong)
