"""An edit of the words of danger, tried on the country's lists of invented messages."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.packs import beside, load
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import RAISES, DangerWords
from balise.helpline.queue.rules.danger_words.editing import WordsRefused

OWN: Final = "first"  # the list of the gravest, which no edit may make worse
_FAULTS = "faults"  # what is known to be read wrongly: no list
MOST_SHOWN = 10


class GraveLost(WordsRefused, code="words-lose-a-grave-message"):
    """A message of level A of the country's own list would be read as less grave."""


@dataclass(frozen=True, slots=True)
class TrialRow:
    """An invented message, and the level that is expected; a calm one must not alarm."""

    phrase: str
    level: str
    is_calm: bool


type Lists = Mapping[str, tuple[TrialRow, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A list before and after: of A and B how many are found, of calm ones how many alarm."""

    name: str
    grave: int
    found_before: int
    found_after: int
    calm: int
    alarms_before: int
    alarms_after: int


@dataclass(frozen=True, slots=True)
class Change:
    """A message that is read otherwise."""

    name: str
    phrase: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What an edit does on all lists; `lost`: messages for which it may not be approved."""

    lists: tuple[Counted, ...]
    changed: int
    shown: tuple[Change, ...]
    lost: tuple[str, ...]


@cache
def lists(country: str) -> Lists:
    """Return the lists of a country, or of the one that its pack adds to."""
    package, name = "balise.helpline.queue", "danger_words"
    whose = load(package, country=country, name=name).get("beside", country)
    folder = beside(package, country=whose, name=name).joinpath("phrases")
    files = sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else ()
    return {
        one.name.removesuffix(".tsv"): tuple(_rows(one.read_text(encoding="utf-8")))
        for one in files
        if one.name.endswith(".tsv") and one.name != f"{_FAULTS}.tsv"
    }


def try_out(before: DangerWords, after: DangerWords, rows: Lists) -> Trial:
    """Return what the words of before and those of after read in some lists."""
    counted: list[Counted] = []
    changes: list[tuple[bool, Change]] = []
    lost: list[str] = []
    for name, each in rows.items():
        told = [(row, before.risk_of(row.phrase), after.risk_of(row.phrase)) for row in each]
        counted.append(_count(name, told))
        for row, old, new in told:
            if old is new:
                continue
            is_worse = (new < old) is row.is_calm
            changes.append((is_worse, Change(name, row.phrase, old.value, new.value)))
            if name == OWN and row.level == Risk.A and old < new:
                lost.append(row.phrase)
    shown = sorted(changes, key=lambda one: not one[0])[:MOST_SHOWN]
    return Trial(tuple(counted), len(changes), tuple(one for _worse, one in shown), tuple(lost))


def check_lost(trial: Trial) -> None:
    """Refuse (GraveLost) an edit that reads a message of level A of the own list as less grave."""
    if trial.lost:
        named = ", ".join(f"“{each}”" for each in trial.lost[:MOST_SHOWN])
        words = _("It would no longer find the gravest messages: %(messages)s")
        raise GraveLost(words % {"messages": named})


def _rows(text: str) -> Iterator[TrialRow]:
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        yield TrialRow(row["phrase"], row["level"], row["negative"] == "yes")


def _count(name: str, told: list[tuple[TrialRow, Risk, Risk]]) -> Counted:
    grave = [one for one in told if one[0].level in RAISES and not one[0].is_calm]
    calm = [one for one in told if one[0].is_calm]
    return Counted(
        name,
        grave=len(grave),
        found_before=sum(old in RAISES for _row, old, _new in grave),
        found_after=sum(new in RAISES for _row, _old, new in grave),
        calm=len(calm),
        alarms_before=sum(old in RAISES for _row, old, _new in calm),
        alarms_after=sum(new in RAISES for _row, _old, new in calm),
    )
