"""The figures of charters, for staff: nothing is shown of fewer than eleven families."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum

from balise.awareness.activities.charter import access
from balise.awareness.activities.charter.models import CharterTally, RuleTally
from balise.awareness.activities.charter.rules.bank import Band, bank
from balise.awareness.activities.charter.rules.charter import SEVERAL
from balise.awareness.activities.charter.rules.words import Of, What, several
from balise.foundation.actors import Actor
from balise.foundation.statistics.suppression import TOPICS, mask


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule of the bank: how many families chose it, and still keep it; None is withheld."""

    says: str
    chosen: int
    kept: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all time, of the families that said yes; None is withheld.

    `bands` are charters finished by the children's ages, `rules` the most chosen first.
    """

    charters: Mapping[str, int | None]
    bands: Mapping[str, int | None]
    rules: tuple[Chosen, ...]


def figures(*, by: Actor) -> Figures:
    """Return the figures of charters and of their rules, small numbers withheld."""
    access.require(by, access.READ)
    done = _sums(CharterTally.objects.values_list("what"))
    bands = _sums(CharterTally.objects.filter(what=What.FINISHED).values_list("band"))
    labels = {**dict(Band.choices), SEVERAL: several()}
    return Figures(
        {str(what.label): _shown(done.get(what.value, 0)) for what in What},
        mask({str(label): bands.get(code, 0) for code, label in labels.items()}, TOPICS),
        _rules(),
    )


def _rules() -> tuple[Chosen, ...]:
    """Return the rules that eleven families chose; of others, not even which."""
    chosen = _sums(RuleTally.objects.filter(of=Of.CHOSEN).values_list("practice"))
    kept = _sums(RuleTally.objects.filter(of=Of.KEPT).values_list("practice"))
    rows = [
        Chosen(str(one.says), families, _shown(kept.get(one.code, 0)))
        for one in bank(settings.COUNTRY).practices
        if (families := _shown(chosen.get(one.code, 0))) is not None
    ]
    return tuple(sorted(rows, key=lambda row: (-row.chosen, row.says)))


def _sums(values: QuerySet[Any, Any]) -> dict[str, int]:
    return dict(values.annotate(Sum("times")))


def _shown(families: int) -> int | None:
    return None if TOPICS.is_small(families) else families
