"""The offences of a country, from its pack: the text in force on the day of the facts.

The pack is checked whole when it is first read: a process does not start with a faulty one.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.takedown.law.rules import reading
from balise.takedown.law.rules.dsa import DSA_CATEGORIES, DSA_KEYWORDS

# What an offence alone can say. “baseline” follows from what an item shows: see `classes`.
ICCAM_CLASSES = frozenset({"", "national"})
# XARF v4, types/content-csem: what kind of exploitation an offence against a child is.
EXPLOITATIONS = frozenset(
    [
        "grooming",
        "solicitation",
        "sextortion",
        "trafficking",
        "distribution",
        "production",
        "possession",
    ]
)
_ENTRY = [
    "code",
    "words",
    "facts",
    "elements",
    "dsa_category",
    "dsa_additions",
    "dsa_keywords",
    "iccam_class",
    "exploitation",
    "second_look",
    "tell",
    "notifier_optional",
    "remind_after_hours",
    "versions",
]
_VERSION = [
    "article",
    "penalty",
    "aggravations",
    "elements",
    "in_force_from",
    "in_force_to",
    "source",
    "verified",
    "to_verify",
]


class Tell(TextChoices):
    """Who must hear of an offence, besides the host."""

    POLICE = "police", _("The police")
    PROSECUTOR = "prosecutor", _("The prosecutor")
    REGULATOR = "regulator", _("The regulator")
    HOSTING_HOTLINE = "hosting-hotline", _("The hotline of the country that hosts it")
    HELPLINE = "helpline", _("The helpline")


class OffenceUnknown(Refused):
    """No offence has this code."""

    code = "offence-unknown"


class NotInForce(Refused):
    """The offence existed in no text on the day of the facts."""

    code = "offence-not-in-force"


@dataclass(frozen=True, slots=True)
class Aggravation:
    """A circumstance that raises the penalty; `when` is the (question, answer) that shows it."""

    code: str
    words: Words
    penalty: Words | None
    when: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence in the text of one period, and what follows from it.

    `in_force_from` and `in_force_to` are the first and last day of the text, None where the source
    gives none. `facts` completes “the content shows that …”. `elements` are the questions of the
    qualification pack that must all be answered yes. `to_verify` says what nobody has read in the
    official text yet; None when `verified`. `remind_after_hours` is the centre's custom.
    """

    code: str
    words: Words
    facts: Words
    elements: tuple[str, ...]
    article: Words
    penalty: Words | None
    aggravations: tuple[Aggravation, ...]
    in_force_from: date | None
    in_force_to: date | None
    source: str
    verified: bool
    to_verify: Words | None
    dsa_category: str
    dsa_additions: tuple[str, ...]
    dsa_keywords: tuple[str, ...]
    iccam_class: str
    exploitation: str
    second_look: bool
    tell: tuple[Tell, ...]
    notifier_optional: bool
    remind_after_hours: int

    def is_in_force(self, on: date) -> bool:
        return (self.in_force_from or date.min) <= on <= (self.in_force_to or date.max)

    @property
    def dsa_keyword(self) -> str:
        """The keyword that fits best, "" where the database has none."""
        return next(iter(self.dsa_keywords), "")

    @property
    def tell_police(self) -> bool:
        return Tell.POLICE in self.tell


@cache
def all_offences(country: str) -> tuple[Offence, ...]:
    """Return every version of every offence of a country, in the pack's order, or PackFaulty."""
    pack = load("balise.takedown.law", country=country, name="offences")
    read = tuple(version for entry in pack["offences"] for version in _versions(entry))
    codes = [str(entry["code"]) for entry in pack["offences"]]
    if len(set(codes)) != len(codes):
        raise PackFaulty(f"offences of {country}: each code once")
    return read


def offences(on: date, *, country: str) -> tuple[Offence, ...]:
    """Return the offences in force on the day of the facts, in the order in which to offer them."""
    return tuple(offence for offence in all_offences(country) if offence.is_in_force(on))


def offence_on(code: str, *, on: date, country: str) -> Offence:
    """Return the offence in the text of the day of the facts, or refuse an unknown code or day."""
    versions = [offence for offence in all_offences(country) if offence.code == code]
    if not versions:
        raise OffenceUnknown(str(_("There is no such offence.")))
    for version in versions:
        if version.is_in_force(on):
            return version
    raise NotInForce(str(_("This offence was not in force on the day of the facts.")))


def _versions(entry: dict[str, Any]) -> list[Offence]:
    where = f"offences.{entry.get('code')}"
    reading.only(entry, _ENTRY, where)
    versions = [
        _read(entry, version, where) for version in reading.tables(entry, "versions", where)
    ]
    if not versions:
        raise PackFaulty(f"{where}: an offence has at least one version")
    for earlier, later in pairwise(versions):
        if not (earlier.in_force_to and later.in_force_from):
            raise PackFaulty(f"{where}: versions that follow each other need their dates")
        if earlier.in_force_to >= later.in_force_from:
            raise PackFaulty(f"{where}: two versions are in force on {later.in_force_from}")
    return versions


def _read(entry: dict[str, Any], version: dict[str, Any], where: str) -> Offence:
    reading.only(version, _VERSION, where)
    elements = version.get("elements", entry.get("elements", []))
    return Offence(
        code=reading.text(entry, "code", where),
        words=reading.words(entry, "words", where),
        facts=reading.words(entry, "facts", where),
        elements=reading.some_of(elements, elements, f"{where}.elements"),
        article=reading.words(version, "article", where),
        penalty=reading.words_if_any(version, "penalty", where),
        aggravations=_aggravations(version, where),
        in_force_from=reading.day(version, "in_force_from", where),
        in_force_to=reading.day(version, "in_force_to", where),
        source=reading.text(version, "source", where),
        verified=reading.flag(version, "verified", where),
        to_verify=_doubt(version, where),
        dsa_category=reading.one_of(DSA_CATEGORIES, entry.get("dsa_category"), where),
        dsa_additions=reading.some_of(DSA_CATEGORIES, entry.get("dsa_additions", []), where),
        dsa_keywords=reading.some_of(DSA_KEYWORDS, entry.get("dsa_keywords"), where),
        iccam_class=reading.one_of(ICCAM_CLASSES, entry.get("iccam_class", ""), where),
        exploitation=reading.one_of(EXPLOITATIONS | {""}, entry.get("exploitation", ""), where),
        second_look=reading.flag(entry, "second_look", where),
        tell=tuple(map(Tell, reading.some_of([*Tell], entry.get("tell"), f"{where}.tell"))),
        notifier_optional=reading.flag(entry, "notifier_optional", where),
        remind_after_hours=_hours(entry, where),
    )


def _aggravations(version: dict[str, Any], where: str) -> tuple[Aggravation, ...]:
    found = []
    for entry in reading.tables(version, "aggravations", where):
        place = f"{where}.aggravations.{entry.get('code')}"
        reading.only(entry, ("code", "words", "penalty", "when"), place)
        question, equals, answer = str(entry.get("when", "")).partition("=")
        if "when" in entry and not (question and equals and answer):
            raise PackFaulty(f"{place}: when is question=answer")
        found.append(
            Aggravation(
                code=reading.text(entry, "code", place),
                words=reading.words(entry, "words", place),
                penalty=reading.words_if_any(entry, "penalty", place),
                when=(question, answer) if "when" in entry else None,
            )
        )
    if len({one.code for one in found}) != len(found):
        raise PackFaulty(f"{where}: each aggravation once")
    return tuple(found)


def _doubt(version: dict[str, Any], where: str) -> Words | None:
    """Return what is left to verify: said exactly where the version is not verified."""
    doubt = reading.words_if_any(version, "to_verify", where)
    if reading.flag(version, "verified", where) == (doubt is not None):
        raise PackFaulty(f"{where}: to_verify says what is missing, where verified = false")
    if version["verified"] and not (version.get("source") and "penalty" in version):
        raise PackFaulty(f"{where}: a verified version has a source and a penalty")
    return doubt


def _hours(table: dict[str, Any], where: str) -> int:
    value = table.get("remind_after_hours")
    if not isinstance(value, int) or value < 1:
        raise PackFaulty(f"{where}: remind_after_hours is a number of hours")
    return value
