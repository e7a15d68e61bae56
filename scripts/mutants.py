"""Break one rule at a time, and say which breaks no test sees: see docs/decisions/0085.

    scripts/mutants                 all groups of scripts/mutants.toml
    scripts/mutants danger access   some
    scripts/mutants joining.py      the files whose path ends so

Nothing is written into the checkout but var/tests/mutants.txt.
"""

import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from asking import ROOT, Score, Subject, Tests, Whole, ready, score, whole

LIST: Final = Path(__file__).with_suffix(".toml")
TABLE: Final = ROOT / "var/tests/mutants.txt"
type Broken = tuple[str, str, str]  # a file, what stood there, what does now


def subjects(
    groups: Mapping[str, Mapping[str, Sequence[str]]], left_out: Iterable[str] = ()
) -> list[Subject]:
    """Return the files of the groups; a pattern stands for those that are named nowhere else."""
    named = {*left_out, *(path for files in groups.values() for path in files)}
    found: list[Subject] = []
    for group, files in groups.items():
        for pattern, tests in files.items():
            paths = sorted(str(one.relative_to(ROOT)) for one in ROOT.glob(pattern))
            if not paths:
                sys.exit(f"{pattern}: there is no such file")
            found += [
                Subject(group, path, tuple(tests))
                for path in paths
                if path == pattern or path not in named
            ]
    return found


def table(scores: Mapping[Subject, Score]) -> str:
    """Return the scores of files and groups, as a person reads them."""
    heads = ("group", "file", "mutants", "killed", "survived", "killed %", "seconds")
    words = 2  # columns; the others are numbers
    rows = [heads]
    for group in dict.fromkeys(one.group for one in scores):
        of_group = {one: score for one, score in scores.items() if one.group == group}
        shown = [(one.path.removeprefix("src/balise/"), [score]) for one, score in of_group.items()]
        for name, some in [*shown, ("all", list(of_group.values()))]:
            asked, killed = sum(one.asked for one in some), sum(one.killed for one in some)
            seconds = f"{sum(one.seconds for one in some):.0f}"
            share = f"{percent(some):.1f}"
            rows.append((group, name, str(asked), str(killed), str(asked - killed), share, seconds))
    wide = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, wide, strict=True))
        )
        for row in rows
    )


def percent(scores: Iterable[Score]) -> float:
    """Return how many of a hundred mutants were killed."""
    some = list(scores)
    asked = sum(one.asked for one in some)
    return 100 * sum(one.killed for one in some) / asked if asked else 0.0


def survivors(scores: Mapping[Subject, Score], reasons: Mapping[Broken, str]) -> Iterator[str]:
    """Give each survivor as two lines of a diff, and why it survives."""
    for subject, one in scores.items():
        for mutant in one.survived:
            yield f"{subject.path}:{mutant.line}\n  - {mutant.was}\n  + {mutant.now}"
            yield f"  {reasons.get((subject.path, mutant.was, mutant.now), 'no reason is listed')}"


def faults(
    scores: Mapping[Subject, Score], reasons: Mapping[Broken, str], *, least: float
) -> Iterator[str]:
    """Give what is wrong: a group under its share, time that was out, a reason for nothing."""
    for group in dict.fromkeys(one.group for one in scores):
        some = [score for one, score in scores.items() if one.group == group]
        if percent(some) < least:
            yield f"{group}: {percent(some):.1f} % killed, {least} at least"
    for one, of_file in scores.items():
        if of_file.asked < of_file.mutants:
            yield f"{one.path}: no time for {of_file.mutants - of_file.asked} mutants"
            continue
        survive = {(one.path, mutant.was, mutant.now) for mutant in of_file.survived}
        for reason in reasons:
            if reason[0] == one.path and reason not in survive:
                yield f"{one.path}: this one no longer survives\n  - {reason[1]}\n  + {reason[2]}"


def main(words: Sequence[str]) -> int:
    """Ask the groups or files that are named, or all; return how many things are wrong."""
    told = tomllib.loads(LIST.read_text())
    reasons = {
        (one["file"], one["was"], one["now"]): one["why"] for one in told.get("survives", ())
    }
    chosen = [
        one
        for one in subjects(told["groups"], told.get("left_out", ()))
        if not words or one.group in words or any(one.path.endswith(word) for word in words)
    ]
    if not chosen:
        sys.exit(f"no group and no file of {LIST.name} is named so")
    ready()
    until = time.monotonic() + 60 * told["minutes"]
    scores: dict[Subject, Score] = {}
    known: dict[Tests, Whole] = {}
    with TemporaryDirectory() as scratch:
        for one in chosen:
            if one.tests not in known:
                known[one.tests] = whole(one.tests, Path(scratch))
            scores[one] = score(one, known[one.tests], until=until, scratch=Path(scratch))
            print(f"{one.path}: {scores[one].killed} of {scores[one].asked}", flush=True)
    wrong = list(faults(scores, reasons, least=told["least"]))
    said = "\n".join([*survivors(scores, reasons), "", table(scores), *wrong])
    print(said)
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(said + "\n")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
