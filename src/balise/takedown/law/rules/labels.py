"""Label packs of others, such as the Universal Classification Schema: read from a file, whole.

INHOPE gives its labels by agreement, so none is shipped: a centre imports the file that it was
given. A label means one of our facts, an offence of a country or a code of a scheme; what it means
is in the pack's own mapping rows, and what the pack cannot say is reported.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, countries_of
from balise.foundation.refusals import Refused
from balise.takedown.law.rules import reading
from balise.takedown.law.rules.items import FACTS
from balise.takedown.law.rules.mappings import SCHEMES, said
from balise.takedown.law.rules.offences import all_offences

_NAME = re.compile(r"[a-z][a-z0-9-]{0,19}")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,59}")
MOST_LABELS = 5_000


class LabelsFaulty(Refused, code="labels-faulty"):
    """The file is no label pack; the message says where it is wrong."""


class LabelKind(StrEnum):
    """What a mapping row leads to."""

    FACT = "fact"
    OFFENCE = "offence"
    SCHEME = "scheme"


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a pack, in its own code and its own words."""

    section: str
    code: str
    label: Words
    definition: Words | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means: a fact's code, a country's offence or a scheme's code (`of`, `code`).

    `of` is `age`, `fr` or `iwf.category`.
    """

    label: str
    kind: LabelKind
    of: str
    code: str


@dataclass(frozen=True, slots=True)
class LabelPack:
    """All labels of one version, in their order, and what they mean."""

    namespace: str
    version: str
    labels: tuple[Label, ...]
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class LabelLoss:
    """What is lost between a pack and us.

    `unread`: labels that mean nothing of ours. `unsaid`: facts of ours, as `age=infant`, that no
    label says. `merged`: facts that several labels become.
    """

    unread: tuple[str, ...]
    unsaid: tuple[str, ...]
    merged: dict[str, tuple[str, ...]]


def read_labels(document: Mapping[str, Any]) -> LabelPack:
    """Return the label pack of a document, or refuse it, saying where it is wrong."""
    try:
        return _read(document)
    except PackFaulty as fault:
        words = _("This is not a label pack: %(fault)s.") % {"fault": fault}
        raise LabelsFaulty(words) from None


def loss_of(pack: LabelPack) -> LabelLoss:
    """Return all that is lost when items are labelled with a pack and read by us, or back."""
    facts = [one for one in pack.meanings if one.kind is LabelKind.FACT]
    labels_of: dict[str, list[str]] = {}
    for one in facts:
        labels_of.setdefault(f"{one.of}={one.code}", []).append(one.label)
    every = (f"{fact}={code.value}" for fact, codes in FACTS.items() for code in codes)
    meant = {one.label for one in pack.meanings}
    return LabelLoss(
        unread=tuple(label.code for label in pack.labels if label.code not in meant),
        unsaid=tuple(fact for fact in every if fact not in labels_of),
        merged={fact: tuple(labels) for fact, labels in labels_of.items() if len(labels) > 1},
    )


def _read(document: Mapping[str, Any]) -> LabelPack:
    if not isinstance(document, Mapping):
        raise PackFaulty("a pack is a table")
    reading.only(document, ("namespace", "version", "labels", "mappings"), "pack")
    labels = tuple(_label(entry) for entry in reading.tables(document, "labels", "pack"))
    codes = {label.code for label in labels}
    if not labels or len(labels) > MOST_LABELS or len(codes) != len(labels):
        raise PackFaulty(f"labels: from 1 to {MOST_LABELS}, each code once")
    entries = reading.tables(document, "mappings", "pack")
    meanings = tuple(_meaning(entry, codes) for entry in entries)
    if len(set(meanings)) != len(meanings):
        raise PackFaulty("mappings: each once")
    return LabelPack(
        namespace=_shaped(document, "namespace", _NAME, "pack"),
        version=_shaped(document, "version", _VERSION, "pack"),
        labels=labels,
        meanings=meanings,
    )


def _label(entry: dict[str, Any]) -> Label:
    where = f"labels.{entry.get('code')}"
    reading.only(entry, ("section", "code", "label", "definition"), where)
    return Label(
        section=_shaped(entry, "section", _NAME, where),
        code=_shaped(entry, "code", _CODE, where),
        label=reading.words(entry, "label", where),
        definition=reading.words_if_any(entry, "definition", where),
    )


def _meaning(entry: dict[str, Any], labels: set[str]) -> Meaning:
    where = f"mappings.{entry.get('label')}"
    reading.only(entry, ("label", "kind", "of", "code"), where)
    label = reading.one_of(labels, entry.get("label"), where)
    kind = LabelKind(reading.one_of([*LabelKind], entry.get("kind"), where))
    known = _KNOWN[kind]()
    of = reading.one_of(known, entry.get("of"), where)
    return Meaning(label, kind, of, reading.one_of(known[of], str(entry.get("code")), where))


def _facts() -> dict[str, set[str]]:
    return {fact: {str(code.value) for code in codes} for fact, codes in FACTS.items()}


def _offences() -> dict[str, set[str]]:
    countries = countries_of("balise.takedown.law")
    return {country: {one.code for one in all_offences(country)} for country in countries}


def _schemes() -> dict[str, set[str]]:
    return {
        f"{scheme.code}.{table.field}": {said(code) for code in table.theirs}
        | {str(code.value) for code in table.theirs}
        for scheme in SCHEMES
        for table in scheme.tables
    }


_KNOWN = {LabelKind.FACT: _facts, LabelKind.OFFENCE: _offences, LabelKind.SCHEME: _schemes}


def _shaped(table: Mapping[str, Any], name: str, shape: re.Pattern[str], where: str) -> str:
    value = reading.text(table, name, where)
    if not shape.fullmatch(value):
        raise PackFaulty(f"{where}: {name} is not as it should be written")
    return value
