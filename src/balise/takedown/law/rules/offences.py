"""The offences of a country, from its pack: the text in force on the day of the facts.

The pack is checked whole when it is first read: a process does not start with a faulty one.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import orjson
from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, load
from balise.takedown.law.rules import reading
from balise.takedown.law.rules.histories import (
    ADULT_KEYWORDS,
    DSA_CATEGORIES,
    DSA_KEYWORDS,
    Absence,
    Aggravation,
    Annulment,
    Course,
    DsaWords,
    History,
    NotInForce,
    Offence,
    OffenceUnknown,
    Sureness,
    Tell,
    Why,
)

# What an offence alone can say. “baseline” follows from what an item shows: see `baseline`.
CLASSES = frozenset({"", "national"})
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
    *("code", "words", "facts", "elements", "covers_from", "before", "before_why"),
    *("course", "course_confirmed", "dsa_category", "dsa_additions", "dsa_keywords", "dsa_minor"),
    *("iccam_class", "exploitation", "second_look", "tell", "notifier_optional"),
    *("remind_after_hours", "gaps", "versions"),
]
_VERSION = [
    *("article", "facts", "elements", "penalty", "aggravations", "first_day", "last_day", "basis"),
    *("source", "read_by", "read_on", "sureness", "to_verify", "annulled", "milder"),
]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Law:
    """The offences of a country as one pack says them; `digest` names that pack."""

    digest: str
    histories: Mapping[str, History]

    def history(self, code: str) -> History:
        """Return an offence through time; refuses a code that no offence has."""
        found = self.histories.get(code)
        if found is None:
            raise OffenceUnknown(_("This offence does not exist."))
        return found

    def text(self, version: str) -> Offence | None:
        """Return a text by its id, None where this pack no longer has it."""
        history = self.histories.get(version.partition("/")[0])
        texts = history.texts if history else ()
        return next((one for one in texts if one.version == version), None)


@cache
def law(country: str) -> Law:
    """Return the law of a country as its pack says it today, or PackFaulty."""
    return read_law(load("balise.takedown.law", country=country, name="offences"))


@cache
def packed(country: str) -> bytes:
    """Return the pack of a country's offences as JSON, in the order of its files."""
    return orjson.dumps(load("balise.takedown.law", country=country, name="offences"))


def read_law(pack: Mapping[str, Any]) -> Law:
    """Return the law of a pack, or PackFaulty where a day is covered twice or not at all."""
    reading.only(pack, ("offences",), "offences")
    found = [_history(entry) for entry in reading.tables(pack, "offences", "offences")]
    histories = {one.code: one for one in found}
    if len(histories) != len(found):
        raise PackFaulty("offences: each code once")
    canonical = orjson.dumps(pack, option=orjson.OPT_SORT_KEYS)
    return Law(hashlib.sha256(canonical).hexdigest(), histories)


def all_offences(country: str) -> tuple[Offence, ...]:
    """Return every text of every offence of a country, in the pack's order, or PackFaulty."""
    return tuple(one for history in law(country).histories.values() for one in history.texts)


def offences(on: date, *, country: str) -> tuple[Offence, ...]:
    """Return the texts of the day of the facts, in the order in which to offer them.

    One that was annulled since is among them and cannot be cited: see `check_citable`.
    """
    found = (history.on(on) for history in law(country).histories.values())
    return tuple(one for one in found if isinstance(one, Offence))


def offence_on(code: str, *, on: date, country: str) -> Offence:
    """Return the offence in the text of the day of the facts, or refuse an unknown code or day."""
    found = law(country).history(code).on(on)
    if isinstance(found, Absence):
        raise NotInForce(
            _("This offence had no text on the date of the facts: %(why)s.") % {"why": found}
        )
    return found


def _history(entry: dict[str, Any]) -> History:
    where = f"offences.{entry.get('code')}"
    reading.only(entry, _ENTRY, where)
    code = reading.text(entry, "code", where)
    covers_from = reading.known_day(entry, "covers_from", where)
    before = Absence(
        code,
        Why(reading.one_of({Why.NOT_YET, Why.NOT_READ}, entry.get("before"), where)),
        None,
        covers_from - _DAY,
        reading.words_if_any(entry, "before_why", where),
    )
    if before.reason is Why.NOT_READ and before.says is None:
        raise PackFaulty(f"{where}: before_why says what was not read")
    versions = reading.tables(entry, "versions", where)
    dated = [version for version in versions if "first_day" in version]
    texts = [_read(entry, version, where) for version in dated]
    undated = [
        reading.words(_only_known(version, where), "article", where)
        for version in versions
        if "first_day" not in version
    ]
    if not texts:
        raise PackFaulty(f"{where}: an offence has at least one version with a first day")
    spans = _in_order([before, *texts, *_gaps(entry, code, where)], where)
    return History(code, reading.words(entry, "words", where), covers_from, spans, tuple(undated))


def _gaps(entry: dict[str, Any], code: str, where: str) -> Iterator[Absence]:
    for gap in reading.tables(entry, "gaps", where):
        reading.only(gap, ("first_day", "last_day", "reason", "why"), f"{where}.gaps")
        yield Absence(
            code,
            Why(reading.one_of(list(Why), gap.get("reason"), f"{where}.gaps")),
            reading.known_day(gap, "first_day", f"{where}.gaps"),
            reading.day(gap, "last_day", f"{where}.gaps"),
            reading.words(gap, "why", f"{where}.gaps"),
        )


def _in_order(spans: list[Offence | Absence], where: str) -> tuple[Offence | Absence, ...]:
    """Return texts and gaps in the order of their days; refuse a day in two, or in none."""
    ordered = sorted(spans, key=lambda one: one.first_day or date.min)
    expected = date.min
    for place, span in enumerate(ordered):
        first = span.first_day or date.min
        if first < expected:
            raise PackFaulty(f"{where}: {first} is said twice")
        if first > expected:
            raise PackFaulty(f"{where}: nothing is said of {expected} and the days after it")
        if span.last_day is None and place + 1 < len(ordered):
            raise PackFaulty(f"{where}: {first} has no last day, and something follows it")
        if span.last_day is not None:
            if span.last_day < first:
                raise PackFaulty(f"{where}: it ends on {span.last_day}, before it begins")
            expected = span.last_day + _DAY
    if ordered[-1].last_day is not None:
        raise PackFaulty(f"{where}: nothing is said of {expected} and the days after it")
    return tuple(ordered)


def _only_known(version: dict[str, Any], where: str) -> dict[str, Any]:
    reading.only(version, _VERSION, where)
    if "last_day" in version or version.get("sureness") == Sureness.VERIFIED:
        raise PackFaulty(f"{where}: a version without a first day is dated by nothing else")
    return version


def _read(entry: dict[str, Any], version: dict[str, Any], where: str) -> Offence:
    reading.only(version, _VERSION, where)
    elements = version.get("elements", entry.get("elements", []))
    sureness = Sureness(reading.one_of(list(Sureness), version.get("sureness"), where))
    found = Offence(
        code=reading.text(entry, "code", where),
        words=reading.words(entry, "words", where),
        facts=reading.words(version if "facts" in version else entry, "facts", where),
        elements=reading.some_of(elements, elements, f"{where}.elements"),
        article=reading.words(version, "article", where),
        penalty=reading.words_if_any(version, "penalty", where),
        aggravations=_aggravations(version, where),
        first_day=reading.known_day(version, "first_day", where),
        last_day=reading.day(version, "last_day", where),
        basis=reading.words(version, "basis", where),
        source=reading.text(version, "source", where),
        read_by=reading.text(version, "read_by", where),
        read_on=reading.day(version, "read_on", where),
        sureness=sureness,
        to_verify=reading.words_if_any(version, "to_verify", where),
        annulled=_annulment(version, where),
        milder=reading.words_if_any(version, "milder", where),
        course=Course(reading.one_of(list(Course), entry.get("course"), where)),
        course_confirmed=reading.flag(entry, "course_confirmed", where),
        dsa=DsaWords(
            reading.one_of(DSA_CATEGORIES, entry.get("dsa_category"), where),
            reading.some_of(DSA_KEYWORDS, entry.get("dsa_keywords"), where),
            reading.some_of(DSA_CATEGORIES, entry.get("dsa_additions", []), where),
        ),
        dsa_minor=_dsa_minor(entry, where),
        is_national=bool(reading.one_of(CLASSES, entry.get("iccam_class", ""), where)),
        exploitation=reading.one_of(EXPLOITATIONS | {""}, entry.get("exploitation", ""), where),
        second_look=reading.flag(entry, "second_look", where),
        tell=tuple(map(Tell, reading.some_of([*Tell], entry.get("tell"), f"{where}.tell"))),
        notifier_optional=reading.flag(entry, "notifier_optional", where),
        remind_after_hours=_hours(entry, where),
    )
    _check(found, where)
    return found


def _check(found: Offence, where: str) -> None:
    """Refuse a text that says it was read and not by whom, and adult words for a minor."""
    if found.verified == (found.to_verify is not None):
        raise PackFaulty(f"{where}: to_verify says what is missing, unless it is verified")
    if found.verified and not (found.source and found.read_by and found.read_on and found.penalty):
        raise PackFaulty(f"{where}: a verified version says who read it, when, where, the penalty")
    if found.annulled and found.annulled.on < found.first_day:
        raise PackFaulty(f"{where}: it was annulled before its first day")
    if not ADULT_KEYWORDS.isdisjoint(found.about_minor().dsa_keywords):
        raise PackFaulty(f"{where}: dsa_minor says it of a minor without an adult's keyword")


def _dsa_minor(entry: dict[str, Any], where: str) -> DsaWords | None:
    said = entry.get("dsa_minor")
    if said is None:
        return None
    reading.only(said, ("category", "keywords"), f"{where}.dsa_minor")
    return DsaWords(
        reading.one_of(DSA_CATEGORIES, said.get("category"), f"{where}.dsa_minor"),
        reading.some_of(DSA_KEYWORDS, said.get("keywords"), f"{where}.dsa_minor"),
    )


def _annulment(version: dict[str, Any], where: str) -> Annulment | None:
    said = version.get("annulled")
    if said is None:
        return None
    place = f"{where}.annulled"
    reading.only(said, ("on", "by", "effect"), place)
    return Annulment(
        reading.known_day(said, "on", place),
        reading.text(said, "by", place),
        reading.words(said, "effect", place),
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


def _hours(table: dict[str, Any], where: str) -> int:
    value = table.get("remind_after_hours")
    if not isinstance(value, int) or value < 1:
        raise PackFaulty(f"{where}: remind_after_hours is a number of hours")
    return value
