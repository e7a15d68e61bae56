"""The offences of a country, from its pack: the text in force on the day of the facts.

The pack is checked whole when it is first read: a process does not start with a faulty one.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused

# The DSA Transparency Database's words (schema of 1 July 2025), those that our notices may carry.
DSA_CATEGORIES = frozenset(
    f"STATEMENT_CATEGORY_{name}"
    for name in (
        "CYBER_VIOLENCE",
        "CYBER_VIOLENCE_AGAINST_WOMEN",
        "ILLEGAL_OR_HARMFUL_SPEECH",
        "OTHER_VIOLATION_TC",
        "PROTECTION_OF_MINORS",
        "RISK_FOR_PUBLIC_SECURITY",
        "SCAMS_AND_FRAUD",
        "SELF_HARM",
        "VIOLENCE",
    )
)
DSA_KEYWORDS = frozenset(
    f"KEYWORD_{name}"
    for name in (
        "AGE_SPECIFIC_RESTRICTIONS_MINORS",
        "CHILD_SEXUAL_ABUSE_MATERIAL",
        "CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
        "CYBER_BULLYING_INTIMIDATION",
        "CYBER_HARASSMENT",
        "DEFAMATION",
        "GROOMING_SEXUAL_ENTICEMENT_MINORS",
        "HATE_SPEECH",
        "HUMAN_TRAFFICKING",
        "IMPERSONATION_ACCOUNT_HIJACKING",
        "INCITEMENT_VIOLENCE_HATRED",
        "NON_CONSENSUAL_IMAGE_SHARING",
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE",
        "OTHER",
        "SUICIDE",
        "TERRORIST_CONTENT",
        "UNSAFE_CHALLENGES",
    )
)
ICCAM_CLASSES = frozenset({"", "national"})


class OffenceUnknown(Refused):
    """No offence has this code."""

    code = "offence-unknown"


class NotInForce(Refused):
    """The offence existed in no text on the day of the facts."""

    code = "offence-not-in-force"


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence in the text of one period, and what follows from it.

    `in_force_from` and `in_force_to` are the first and last day of the text, None where the source
    gives none. `facts` completes “the content shows that …”. `to_verify` says what nobody has read
    in the official text yet; None when `verified`. `remind_after_hours` is the centre's custom.
    """

    code: str
    words: Words
    facts: Words
    article: Words
    penalty: Words | None
    in_force_from: date | None
    in_force_to: date | None
    source: str
    verified: bool
    to_verify: Words | None
    dsa_category: str
    dsa_keyword: str
    iccam_class: str
    second_look: bool
    tell_police: bool
    notifier_optional: bool
    remind_after_hours: int

    def is_in_force(self, on: date) -> bool:
        return (self.in_force_from or date.min) <= on <= (self.in_force_to or date.max)


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
        raise OffenceUnknown(_("There is no such offence."))
    for version in versions:
        if version.is_in_force(on):
            return version
    raise NotInForce(_("This offence was not in force on the day of the facts."))


def _versions(entry: dict[str, Any]) -> list[Offence]:
    where = f"offences.{entry.get('code')}"
    versions = [_read(entry, version, where) for version in entry.get("versions", ())]
    if not versions:
        raise PackFaulty(f"{where}: an offence has at least one version")
    for earlier, later in pairwise(versions):
        if not (earlier.in_force_to and later.in_force_from):
            raise PackFaulty(f"{where}: versions that follow each other need their dates")
        if earlier.in_force_to >= later.in_force_from:
            raise PackFaulty(f"{where}: two versions are in force on {later.in_force_from}")
    return versions


def _read(entry: dict[str, Any], version: dict[str, Any], where: str) -> Offence:
    try:
        return Offence(
            code=str(entry["code"]),
            words=Words.read(entry["words"], where=f"{where}.words"),
            facts=Words.read(entry["facts"], where=f"{where}.facts"),
            article=Words.read(version["article"], where=f"{where}.article"),
            penalty=_optional(version, "penalty", where),
            in_force_from=_day(version, "in_force_from", where),
            in_force_to=_day(version, "in_force_to", where),
            source=str(version["source"]),
            verified=_flag(version, "verified", where),
            to_verify=_doubt(version, where),
            dsa_category=_one_of(DSA_CATEGORIES, entry["dsa_category"], where),
            dsa_keyword=_one_of(DSA_KEYWORDS | {""}, entry["dsa_keyword"], where),
            iccam_class=_one_of(ICCAM_CLASSES, entry.get("iccam_class", ""), where),
            second_look=_flag(entry, "second_look", where),
            tell_police=_flag(entry, "tell_police", where),
            notifier_optional=_flag(entry, "notifier_optional", where),
            remind_after_hours=_hours(entry, where),
        )
    except KeyError as missing:
        raise PackFaulty(f"{where}: {missing} is missing") from None


def _optional(table: dict[str, Any], name: str, where: str) -> Words | None:
    return Words.read(table[name], where=f"{where}.{name}") if name in table else None


def _doubt(version: dict[str, Any], where: str) -> Words | None:
    """Return what is left to verify: said exactly where the version is not verified."""
    doubt = _optional(version, "to_verify", where)
    if version["verified"] == (doubt is not None):
        raise PackFaulty(f"{where}: to_verify says what is missing, where verified = false")
    if version["verified"] and not (version["source"] and "penalty" in version):
        raise PackFaulty(f"{where}: a verified version has a source and a penalty")
    return doubt


def _day(table: dict[str, Any], name: str, where: str) -> date | None:
    value = table.get(name)
    if value is not None and type(value) is not date:
        raise PackFaulty(f"{where}: {name} is a day")
    return value


def _flag(table: dict[str, Any], name: str, where: str) -> bool:
    value = table[name]
    if not isinstance(value, bool):
        raise PackFaulty(f"{where}: {name} is true or false")
    return value


def _hours(table: dict[str, Any], where: str) -> int:
    value = table["remind_after_hours"]
    if not isinstance(value, int) or value < 1:
        raise PackFaulty(f"{where}: remind_after_hours is a number of hours")
    return value


def _one_of(words: frozenset[str], value: object, where: str) -> str:
    if value not in words:
        raise PackFaulty(f"{where}: {value!r} is not one of {', '.join(sorted(words))}")
    return str(value)
