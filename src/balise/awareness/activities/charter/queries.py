"""Every question here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from balise.awareness.activities.charter import access
from balise.awareness.activities.charter.models import (
    Challenged,
    CharterTally,
    PracticeVersion,
    RuleTally,
)
from balise.awareness.activities.charter.rules.bank import Band, Bank, Practice, bank, practice
from balise.awareness.activities.charter.rules.challenges import MANY, WEEK
from balise.awareness.activities.charter.rules.charter import SEVERAL
from balise.awareness.activities.charter.rules.picks import Of, What, several
from balise.foundation.actors import Actor
from balise.foundation.finding import there
from balise.foundation.mail import subscribers

# Whom the worker writes to: their address is opened here, for one mail.


def to_confirm(challenged: UUID) -> Challenged | None:
    """Return whom to ask whether the address is theirs; None where it was asked today."""
    return subscribers.to_confirm(Challenged, challenged)


def to_write(challenged: UUID, *, number: int) -> Challenged | None:
    """Return whom to send a challenge to; None who left, or had it."""
    return subscribers.to_write(Challenged, challenged, number=number)


def due(at: datetime) -> Sequence[tuple[UUID, int]]:
    """Return who has a challenge to receive, with its number; the first when they confirm."""
    found = []
    for sent in range(MANY):
        waiting = Challenged.confirmed(told=sent, confirmed_at__lte=at - sent * WEEK)
        found += [(one, sent + 1) for one in waiting.values_list("id", flat=True)]
    return found


# The bank as the centre has it now: its country's pack, with what it changed, added, withdrew.


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


# The figures of charters, exact, for staff's own page: those of rules leave on no other way.


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule of the bank: how many families chose it, and still keep it."""

    says: str
    chosen: int
    kept: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all time, of the families that said yes.

    `bands` are charters finished by the children's ages, `rules` the most chosen first.
    """

    charters: Mapping[str, int]
    bands: Mapping[str, int]
    rules: tuple[Chosen, ...]


def figures(*, by: Actor) -> Figures:
    """Return the figures of charters and of their rules."""
    access.require(by, access.READ)
    done = _sums(CharterTally.objects.values_list("what"))
    bands = _sums(CharterTally.objects.filter(what=What.FINISHED).values_list("band"))
    labels = {**dict(Band.choices), SEVERAL: several()}
    return Figures(
        {str(what.label): done.get(what.value, 0) for what in What},
        {str(label): bands.get(code, 0) for code, label in labels.items()},
        _rules(),
    )


def _rules() -> tuple[Chosen, ...]:
    """Return the rules that a family chose."""
    chosen = _sums(RuleTally.objects.filter(of=Of.CHOSEN).values_list("practice"))
    kept = _sums(RuleTally.objects.filter(of=Of.KEPT).values_list("practice"))
    rows = [
        Chosen(str(one.says), chosen[one.code], kept.get(one.code, 0))
        for one in bank(settings.COUNTRY).practices
        if one.code in chosen
    ]
    return tuple(sorted(rows, key=lambda row: (-row.chosen, row.says)))


def _sums(values: QuerySet[Any, Any]) -> dict[str, int]:
    return dict(values.annotate(Sum("times")))
