"""`balise bank`: lines that are refused are named, and nothing else is lost."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.management.commands import bank as command
from balise.hotline.matching.banks.models import Entry
from balise.hotline.matching.banks.rules.asking import MOST_FRAMES
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    make_bank,
    make_clip,
    make_signal,
    make_turned,
    make_value,
    moved,
)
from balise.hotline.matching.signals.rules.kinds import Clip, HashKind, Signal

pytestmark = pytest.mark.django_db

HEX = make_value(1).hex()


def run(*words: str) -> tuple[list[Any], int]:
    out, status = StringIO(), 0
    try:
        call_command("bank", *words, "--json", stdout=out)
    except SystemExit as left:
        status = int(str(left.code))
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def file_of(folder: Path, *lines: object) -> str:
    path = folder / "lines.jsonl"
    words = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(words), encoding="utf-8")
    return str(path)


class TestImport:
    def test_bad_lines_are_refused_with_number_and_reason_and_the_rest_is_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_bank()
        monkeypatch.setattr(command, "_AT_ONCE", 2)
        path = file_of(
            tmp_path,
            {"kind": "pdq", "value": HEX.upper(), "quality": 0, "opinion": "positive"},
            {"kind": "pdq", "value": f"{HEX[:-1]}"},  # 252 bits
            {"kind": "pdq", "value": f" {HEX}"},
            {"kind": "pdq", "value": f"0x{HEX[2:]}"},
            "",
            {"kind": "pdq", "value": HEX, "quality": 101},
            {"kind": "other", "value": HEX},
            "garbage",
            {"kind": "md5", "value": "0" * 32, "colour": "blue"},
            {"kind": "md5", "value": "0" * 32, "labels": ["a"], "reference": "17"},
            {"kind": "clip", "seconds": 2, "frames": [[0, HEX, 90], [1, HEX, 90]]},
        )
        (told,), status = run("import", "known", path)

        assert (told["entries"], told["refused"], status) == (4, 7, 1)
        assert [one["line"] for one in told["refused_lines"]] == [2, 3, 4, 6, 7, 8, 9]
        assert HEX not in json.dumps(told)
        first = Entry.objects.order_by("id").first()
        assert first is not None
        assert (first.quality, first.thinks) == (0, Opinion.POSITIVE)

    def test_an_empty_file_and_an_unknown_bank(self, tmp_path: Path) -> None:
        make_bank()
        assert run("import", "known", file_of(tmp_path))[0][0]["entries"] == 0
        with pytest.raises(CommandError, match="no such bank"):
            run("import", "other", file_of(tmp_path, {"kind": "pdq", "value": HEX}))

    def test_a_line_too_long_is_refused_and_the_next_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_bank()
        monkeypatch.setattr("balise.hotline.matching.banks.rules.lines.LONGEST", 200)
        path = file_of(tmp_path, "x" * 1_000, {"kind": "pdq", "value": HEX})
        (told,), _status = run("import", "known", path)

        assert (told["entries"], [one["line"] for one in told["refused_lines"]]) == (1, [1])


class TestExport:
    def test_what_is_taken_out_comes_back_the_same_and_is_written_down(
        self, tmp_path: Path
    ) -> None:
        make_bank()
        signals: list[Signal | Clip] = [
            make_signal(1, quality=70),
            make_signal(2, kind=HashKind.SHA1),
            make_clip(range(3)),
        ]
        keeping.add(
            bank="known",
            signals=signals,
            opinion=Opinion.POSITIVE,
            labels=["a"],
            reference="17",
            by=ANALYST,
        )
        held = keeping.add(bank="known", signals=[make_signal(9)], opinion=Opinion.SEED, by=ANALYST)
        keeping.hold(entries=held, by=ANALYST)
        lead = make_account("hotline_lead")
        found, _status = run("export", "known", "--as", lead.email)

        make_bank("copy")
        assert run("import", "copy", file_of(tmp_path, *found))[0][0]["entries"] == 5
        again, _status = run("export", "copy", "--as", lead.email)
        assert again == found
        assert len(found) == 3
        fact = Fact.objects.filter(event="hotline.bank.exported").first()
        assert fact is not None
        assert (fact.actor_key, fact.facts["many"]) == (str(lead.id), 5)

    def test_the_right_is_asked(self) -> None:
        make_bank()
        with pytest.raises(CommandError, match="may not"):
            run("export", "known", "--as", make_account("analyst").email)
        with pytest.raises(CommandError, match="Nobody"):
            run("export", "known", "--as", "nobody@centre.example")
        assert not Fact.objects.filter(event="hotline.bank.exported").exists()


def test_each_line_is_asked_and_answered_without_a_hash(tmp_path: Path) -> None:
    make_bank()
    picture = make_turned(1)
    keeping.add(
        bank="known",
        signals=[picture._replace(value=picture.turns[4], turns=())],
        opinion=Opinion.POSITIVE,
        by=ANALYST,
    )
    turns = "".join(one.hex() for one in picture.turns)
    path = file_of(
        tmp_path,
        {"kind": "pdq", "value": picture.value.hex(), "turns": turns},
        {"kind": "pdq", "value": moved(picture.turns[4], 40).hex()},
        {"kind": "pdq", "value": "0"},
    )
    (known, strange, faulty), status = run("match", path)

    assert (known["known"], known["rule"], known["hits"][0]["turn"]) == (True, "near", "mirrored")
    assert (strange["known"], strange["rule"], strange["hits"]) == (False, None, [])
    assert (faulty["line"], "error" in faulty, status) == (3, True, 1)


def test_a_film_of_more_frames_than_a_question_may_have_is_refused(tmp_path: Path) -> None:
    """As by every other door; the lines after it are asked."""
    make_bank()
    film = {"kind": "clip", "seconds": 1, "frames": [[0, HEX, 90]] * (MOST_FRAMES + 1)}
    path = file_of(tmp_path, film, {"kind": "pdq", "value": HEX})
    (refused, asked), status = run("match", path)

    assert (refused["line"], "frames" in refused["error"], status) == (1, True, 1)
    assert (asked["line"], asked["known"]) == (2, False)
