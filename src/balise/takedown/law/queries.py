"""The label packs that this centre was given, and the law as a case named it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import orjson

from balise.takedown.law.models import FrozenLaw, ImportedLabels
from balise.takedown.law.naming import Named
from balise.takedown.law.rules.histories import Offence
from balise.takedown.law.rules.labels import LabelPack
from balise.takedown.law.rules.offences import Law, law, offence_on, read_law


@dataclass(frozen=True, slots=True)
class Imported:
    """A label pack and when it came in."""

    pack: LabelPack
    imported_at: datetime


def label_packs() -> Iterator[Imported]:
    """Yield the imported label packs, by namespace, the newest import first."""
    for row in ImportedLabels.objects.order_by("namespace", "-imported_at"):
        yield Imported(row.pack, row.imported_at)


@dataclass(frozen=True, slots=True)
class Changed:
    """How the law pack differs from the one that a case was decided by.

    `says_otherwise`: the text that the case names reads differently today, or is gone.
    """

    says_otherwise: bool


def text_named(named: Named, *, code: str, on: date, country: str) -> Offence:
    """Return the offence that a case names, in the text that was frozen then.

    A case of before texts were frozen is read by the day of its facts, in today's pack.
    """
    kept = law_named(named, country=country)
    return kept.text(named.version) or offence_on(code, on=on, country=country)


def law_named(named: Named, *, country: str) -> Law:
    """Return the law as it was when a case named a text of it, else as it is today."""
    today = law(country)
    if not named.is_frozen or named.pack == today.digest:
        return today
    try:
        return _frozen(named.pack)
    except FrozenLaw.DoesNotExist:
        return today


def change_since(named: Named, *, country: str) -> Changed | None:
    """Return how the pack has changed since a case was decided, None if it has not."""
    today = law(country)
    if not named.is_frozen or named.pack == today.digest:
        return None
    before = law_named(named, country=country).text(named.version)
    return Changed(says_otherwise=before is None or before != today.text(named.version))


@lru_cache(maxsize=8)
def _frozen(digest: str) -> Law:
    return read_law(orjson.loads(FrozenLaw.objects.get(digest=digest).contents))
