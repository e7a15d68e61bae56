"""Words of danger, measured on the files of invented messages: without a database.

`packs/fr/phrases/first.tsv` and the others hold a message each line, with the level that is
expected; what is still wrong stands by name in `faults.tsv`, which may only shrink. No real message
is ever put there: it is rewritten first.
"""

import csv
import sys
from functools import cache
from pathlib import Path

import pytest

from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import (
    RAISES,
    TOGETHER_FOR,
    Category,
    danger_words,
    read_talk,
    risk_of,
)
from balise.helpline.queue.rules.danger_words.matching import Reading

FOLDER = Path(__file__).parents[1] / "packs/fr/phrases"
FILES = tuple(sorted(each.name for each in FOLDER.glob("*.tsv") if each.name != "faults.tsv"))
IN_BOTH = ("first.tsv", "second.tsv", "third.tsv", "fourth.tsv", "fifth.tsv", "sixth.tsv")
SHORT = 3  # words: what is as short may be a pattern


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def told(row: dict[str, str]) -> Risk:
    return risk_of(row["phrase"], country="fr")


def is_wrong(row: dict[str, str]) -> bool:
    """Return whether a row is missed, or raises although it must not."""
    found = told(row)
    if row["negative"] == "yes":
        return found in RAISES
    if row["level"] in RAISES:
        return found not in RAISES
    return found is Risk.F


@pytest.mark.parametrize("name", FILES)
def test_each_row_is_read_rightly_or_is_a_known_fault(name: str) -> None:
    known = {row["phrase"] for row in rows("faults.tsv")}
    assert rows(name)
    wrong = [row["phrase"] for row in rows(name) if is_wrong(row)]
    assert [each for each in wrong if each not in known] == []


def test_a_known_fault_that_is_mended_is_taken_out() -> None:
    wrong = {row["phrase"] for name in FILES for row in rows(name) if is_wrong(row)}
    known = [row["phrase"] for row in rows("faults.tsv")]
    assert [each for each in known if each not in wrong] == [], "take it out"
    assert len(known) == len(set(known))


@pytest.mark.safety
@pytest.mark.parametrize("name", FILES)
def test_the_share_that_is_found_and_that_is_false(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    must = [row for row in rows(name) if row["level"] in RAISES]
    calm = [row for row in rows(name) if row["negative"] == "yes"]
    of_a = [row for row in must if row["level"] == Risk.A]
    plain_a = [row for row in of_a if row["kind"] == "plain"]
    found = sum(told(row) in RAISES for row in must) / len(must)
    as_a = sum(told(row) is Risk.A for row in of_a) / len(of_a)
    false = sum(told(row) in RAISES for row in calm) / len(calm)
    false_a = sum(told(row) is Risk.A for row in calm) / len(calm)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name}: found {found:.1%}, A as A {as_a:.1%}, false {false:.1%}, at A {false_a:.1%}"
        )
    assert plain_a
    assert all(told(row) in RAISES for row in plain_a)
    assert found >= 0.95
    assert as_a >= 0.9
    assert false <= 0.1
    assert false_a <= (0.01 if name == "first.tsv" else 0.04)


def test_the_files_speak_of_each_category() -> None:
    assert len(FILES) >= len(IN_BOTH)
    for name in FILES:
        assert {row["category"] for row in rows(name)} == set(Category)
        spoken = {row["language"] for row in rows(name)}
        assert spoken == ({"fr", "en"} if name in IN_BOTH else {"en" if "-en" in name else "fr"})


@pytest.mark.parametrize("country", ["fr", "lu"])
def test_no_pattern_is_a_whole_row(country: str) -> None:
    """A row that is entered as a sentence would be found by itself alone."""
    looked_at = 0
    found: list[str] = []
    for row in (row for name in FILES for row in rows(name)):
        for language in danger_words(country).languages.values():
            reading = Reading(language, row["phrase"])
            words = [at for at, may_go in enumerate(reading.text.may_go) if not may_go]
            if len(words) > SHORT:
                looked_at += 1
                found += [
                    f"{name}: {row['phrase']}"
                    for name, places in reading.spans.items()
                    if any(end > words[-1] for end in places.get(words[0], ()))
                ]
    assert looked_at > 1_000
    assert found == []


# What alarms, and what stands beside it and must not.
PAIRS = (
    ("j'ai un couteau", "j'ai un couteau suisse pour les scouts"),
    ("il me touche", "au jeu du loup il me touche et c'est moi le loup"),
    ("il me fait chanter", "mon prof de musique me fait chanter"),
    ("au secours", "ma mère travaille au secours populaire"),
    ("je vais sauter du balcon", "je vais sauter dans la piscine"),
    ("demain je serai plus la pour vous embeter", "demain je serai plus la je pars en colo"),
    ("je veux en finir avec la vie", "vivement en finir avec ce brevet"),
    ("aidez moi je veux pas mourir", "non je veux pas mourir"),
    ("ma mère dit qu'elle va me tuer et je la crois", "ma mère va me tuer si j'ai pas la moyenne"),
    ("ma maman se réveille plus", "maman dort elle a travaillé cette nuit"),
    ("je dors dehors", "je dors dehors ce soir on campe avec papa"),
    ("on me frappe", "non personne me frappe"),
)


@pytest.mark.parametrize(("danger", "calm"), PAIRS)
def test_what_is_alike_is_told_apart(danger: str, calm: str) -> None:
    assert risk_of(danger, country="fr") in RAISES
    assert risk_of(calm, country="fr") is Risk.F


@pytest.mark.parametrize(
    "text",
    [
        *(
            "je veux me pendre",
            "je me fais violer",
            "je veut mourire",
            "jveu creve",
            "il me touche",
        ),
        *("mon père me touche", "on me frappe", "ma mère me tape", "j'ai un couteau", "au secours"),
        "un homme dit qu'il va envoyer mes photos a mes parents",
    ],
)
def test_what_was_missed_before_is_found(text: str) -> None:
    assert risk_of(text, country="fr") in RAISES


class TestATalk:
    @pytest.mark.parametrize(
        ("messages", "question", "risk"),
        [
            (["je veux", "mourir"], "", Risk.B),
            (["je veux mourir", "ce soir"], "", Risk.A),
            (["il me", "frappe"], "", Risk.B),
            (["salut", "ça va", "bof"], "", None),
            (["je veux mourir", "je sais pas quoi dire"], "", None),
            (["je veux", "a", "b", "mourir"], "", None),
            (["oui"], "Penses-tu à mourir ?", Risk.B),
            (["ouais"], "Est-ce que quelqu'un te frappe ?", Risk.B),
            (["ben oui"], "As-tu des idées noires ?", Risk.B),
            (["yes"], "Do you think about suicide?", Risk.B),
            (["oui"], "Tu vas au collège ?", None),
            (["non"], "Penses-tu à mourir ?", None),
            (["oui ça va bien"], "Penses-tu à mourir ?", None),
            (["oui je veux mourir ce soir"], "Penses-tu à mourir ?", Risk.A),
        ],
    )
    def test_is_read_together(self, messages: list[str], question: str, risk: Risk | None) -> None:
        found = read_talk(messages, question=question, country="fr")
        assert (found.level if found else None) is risk
        assert TOGETHER_FOR.total_seconds() == 120

    def test_marks_the_words_of_the_last_message_alone(self) -> None:
        found = read_talk(["je veux", "mourir !"], country="fr")
        assert found
        assert [("mourir !")[start:end] for start, end in found.places] == ["mourir"]
