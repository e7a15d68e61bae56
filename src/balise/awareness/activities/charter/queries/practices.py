"""The bank as the centre has it now: its country's pack, with what it changed, added, withdrew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max

from balise.awareness.activities.charter import access
from balise.awareness.activities.charter.models import PracticeVersion
from balise.awareness.activities.charter.rules.bank import Bank, Practice, bank, practice
from balise.foundation.actors import Actor
from balise.foundation.finding import there


@dataclass(frozen=True, slots=True)
class Written:
    """A practice with its versions, the last one first; `number` is 0 where it is the pack's."""

    practice: Practice
    number: int
    versions: Sequence["Version"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a practice."""

    number: int
    written_at: datetime
    practice: Practice


def current() -> Bank:
    """Return the centre's bank."""
    whole = bank(settings.COUNTRY)
    last: dict[str, PracticeVersion] = {}
    for row in PracticeVersion.objects.order_by("number"):
        last[row.practice] = row
    return whole.changed(_as_practice(row, whole) for row in last.values())


def numbers(*, seen_by: Actor) -> dict[str, int]:
    """Return the last version of each practice that the centre wrote, by code."""
    access.require(seen_by, access.READ)
    rows = PracticeVersion.objects.values_list("practice").annotate(last=Max("number")).order_by()
    return dict(rows)


def written(code: str, *, seen_by: Actor) -> Written:
    """Return a practice with its versions. Raises NotHere."""
    access.require(seen_by, access.READ)
    whole = bank(settings.COUNTRY)
    rows = list(PracticeVersion.objects.filter(practice=code).order_by("-number"))
    versions = [Version(row.number, row.written_at, _as_practice(row, whole)) for row in rows]
    if versions:
        return Written(versions[0].practice, versions[0].number, versions)
    return Written(there(whole.practice(code)), 0, ())


def _as_practice(row: PracticeVersion, whole: Bank) -> Practice:
    told: dict[str, Any] = {**row.row, "code": row.practice}
    return replace(practice(told, of=whole), is_withdrawn=row.is_withdrawn)
