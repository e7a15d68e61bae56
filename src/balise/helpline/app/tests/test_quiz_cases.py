"""`balise quiz outcome`: the worked sets come out as expected, a bad row loses no other."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TABLE = Path(__file__).with_name("quiz_cases.tsv")
BAD = 2


def asked(file: Path, *, as_json: bool = True) -> tuple[str, str, int]:
    """Return what the command writes, what it complains of, and its status."""
    out, complaints = StringIO(), StringIO()
    words = ["quiz", "outcome", str(file), *(["--json"] if as_json else [])]
    try:
        call_command(*words, stdout=out, stderr=complaints)
    except SystemExit as ended:
        return out.getvalue(), complaints.getvalue(), int(str(ended.code))
    return out.getvalue(), complaints.getvalue(), 0


def test_the_worked_sets_come_out_as_expected() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        worked = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    out, complaints, status = asked(TABLE)
    wanted = [{name: one[name] for name in ("id", "outcome", "first_help")} for one in worked]
    assert json.loads(out) == wanted
    assert len(wanted) == 20
    assert (complaints, status) == ("", 0)


def test_columns_come_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    table = tmp_path / "some.tsv"
    table.write_bytes(
        "﻿imbalance\twhy\tanswers\tid\tversion\r\n"
        'yes\ta "quote\t121211111111\tone\twitness\r\n'
        "\r\n"
        "-\t\t121211111111\ttwo\twitness\r\n".encode()
    )
    out, _complaints, status = asked(table)
    assert json.loads(out) == [
        {"id": "one", "outcome": "watch", "first_help": "adult"},
        {"id": "two", "outcome": "once", "first_help": "adult"},
    ]
    assert status == 0


def test_a_row_may_end_before_what_may_be_empty(tmp_path: Path) -> None:
    table = tmp_path / "some.tsv"
    table.write_text("id\tversion\tanswers\timbalance\none\thurt\t111111111112\n")
    out, _complaints, status = asked(table, as_json=False)
    assert (out, status) == ("one\tweigh\t3114\n", 0)


def test_bad_rows_are_named_and_the_others_are_told(tmp_path: Path) -> None:
    table = tmp_path / "some.tsv"
    rows = (
        "id\tversion\tanswers\timbalance",
        "good\twitness\t111111111111\t-",
        "short\twitness\t1111\t-",
        "five\twitness\t111111111115\t-",
        "whose\tnobody\t111111111111\t-",
        "\twitness\t111111111111\t-",
        "maybe\twitness\t111111111111\tmaybe",
        "also-good\twitness\t111111111112\t-",
    )
    table.write_text("\n".join(rows))
    out, complaints, status = asked(table)
    assert [one["id"] for one in json.loads(out)] == ["good", "also-good"]
    assert status == BAD
    assert complaints.splitlines() == [
        "row 3 (short): 4 answers, where witness has 12 sentences",
        "row 4 (five): an answer is 0 (skipped) to 4, not '5'",
        "row 5 (whose): no version 'nobody', only primary, secondary, witness, parent, hurt",
        "row 6: no id",
        "row 7 (maybe): imbalance is yes, no or -, not 'maybe'",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column id, version, answers, imbalance"),
        (b"id\tanswers\n", "no column version, imbalance"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    table = tmp_path / "some.tsv"
    table.write_bytes(content)
    with pytest.raises(CommandError, match=says) as refused:
        asked(table)
    assert refused.value.returncode == BAD


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.tsv") as refused:
        asked(tmp_path / "nothing.tsv")
    assert refused.value.returncode == BAD
