"""Answers as a partner or a file gives them: texts and codes, read field by field.

Whatever is given, the result is `Answers` or `AnswersFaulty`, which says every fault at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.answers import (
    LONGEST_CONTACT,
    LONGEST_CONTEXT,
    LONGEST_DESCRIPTION,
    LONGEST_IDENTITIES,
    LONGEST_REFERENCE,
    Answers,
)
from balise.hotline.reports.rules.categories import UNKNOWN, categories
from balise.hotline.reports.rules.places import MOST_PLACES, Place
from balise.hotline.reports.rules.words import AgeBand, Concern, MetHow, PlaceKind
from balise.takedown.tracing.rules.address_words import CHANGES
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

EARLIEST = date(1990, 1, 1)

_NO_PLACE = gettext_lazy("Enter a place: an address, or a place off the web.")
_UNKNOWN_CODE = gettext_lazy("Unknown code. Known: %(codes)s.")
_UNREADABLE = gettext_lazy("This text has unreadable characters.")
_TOO_EARLY = gettext_lazy("This date is too long ago.")
_TOO_LATE = gettext_lazy("This date is in the future.")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is the matter with one field; `index` is the place in it, from 0, where it is a list."""

    field: str
    code: str
    message: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What was understood of one address: its place in the list, from 0, and a code in words."""

    index: int
    code: str
    message: str


class AnswersFaulty(Refused, code="not-understood"):
    """The answers cannot be taken as they are: `faults` says why, field by field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.message for fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A place off the web, as it was given."""

    kind: str
    text: str
    service: str = ""


@dataclass(slots=True, kw_only=True)
class Given:
    """The answers as they were given; all but a place may be left out."""

    addresses: Sequence[str] = ()
    places: Sequence[Elsewhere] = ()
    as_written: bool = False  # keep what is no address as words, instead of refusing it
    category: str = ""
    danger: bool = False
    concern: str = ""
    met_how: str = ""
    met_on: date | None = None
    met_time: time | None = None
    description: str = ""
    contact: str = ""
    age_band: str = ""
    reference: str = ""
    identities: str = ""
    context: str = ""


def read(given: Given, *, country: str, today: date) -> Answers:
    """Return the answers that were given; refuse them (AnswersFaulty) with all their faults.

    `country` is whose categories there are; `today` bounds `met_on`. No other error leaves here.
    """
    faults: list[Fault] = []
    found = _read_places(given, faults)
    category = given.category or UNKNOWN
    if category not in category_codes(country):
        faults.append(_unknown_code("category", category_codes(country)))
    for field, value, known in (
        ("age_band", given.age_band, AgeBand),
        ("concern", given.concern, Concern),
        ("met_how", given.met_how, MetHow),
    ):
        if value and value not in known.values:
            faults.append(_unknown_code(field, known.values))
    for field, text, longest in (
        ("description", given.description, LONGEST_DESCRIPTION),
        ("contact", given.contact, LONGEST_CONTACT),
        ("reference", given.reference, LONGEST_REFERENCE),
        ("identities", given.identities, LONGEST_IDENTITIES),
        ("context", given.context, LONGEST_CONTEXT),
    ):
        if text:
            faults += _faults_of_text(field, text, longest)
    if given.met_on is not None:
        faults += _faults_of_day("met_on", given.met_on, today=today)
    if faults:
        raise AnswersFaulty(faults)
    return Answers(
        places=found,
        category=category,
        danger=given.danger,
        concern=given.concern,
        met_how=given.met_how,
        met_on=given.met_on,
        met_time=given.met_time,
        description=given.description,
        contact=given.contact,
        age_band=given.age_band,
        reference=given.reference,
        identities=given.identities,
        context=given.context,
    )


@cache
def category_codes(country: str) -> tuple[str, ...]:
    """Return the codes of a country's categories, in the order in which they are offered."""
    return tuple(category.code for category in categories(country))


def notes_of(found: Sequence[Place]) -> tuple[Note, ...]:
    """Return what was understood of places beyond what was written, address by address."""
    notes: list[Note] = []
    for index, place in enumerate(found):
        if place.read_as:  # most have nothing: an import asks a million times
            notes += (Note(index, code, str(CHANGES[code])) for code in place.read_as)
    return tuple(notes)


def _read_places(given: Given, faults: list[Fault]) -> tuple[Place, ...]:
    count = len(given.addresses) + len(given.places)
    if not 1 <= count <= MOST_PLACES:
        faults.append(_none_given() if not count else _too_many())
        return ()
    found: list[Place] = []
    for index, text in enumerate(given.addresses):
        try:
            found.append(places.on_the_web(read_address(text), text=text))
        except AddressRefused as refusal:
            if given.as_written and text.strip() and _is_readable(text):
                found.append(places.as_written(text, refused=refusal.code))
            else:
                faults.append(Fault("addresses", refusal.code, refusal.message, index))
    for index, place in enumerate(given.places):
        wrong = list(_faults_of_place(place, index))
        faults += wrong
        if not wrong:
            kind = PlaceKind(place.kind)
            found.append(places.elsewhere(kind=kind, text=place.text, service=place.service))
    return tuple(found)


def _none_given() -> Fault:
    return Fault("addresses", "required", str(_NO_PLACE))


def _too_many() -> Fault:
    message = ngettext(
        "%(most)d address at most in one report. Send the others in a second one.",
        "%(most)d addresses at most in one report. Send the others in a second one.",
        MOST_PLACES,
    )
    return Fault("addresses", "too-many", message % {"most": MOST_PLACES})


def _faults_of_place(place: Elsewhere, index: int) -> Iterable[Fault]:
    off_the_web = [kind.value for kind in PlaceKind if kind is not PlaceKind.WEB]
    if place.kind not in off_the_web:
        yield _unknown_code("places", off_the_web, index)
    if not place.text.strip():
        yield Fault("places", "required", str(_NO_PLACE), index)
    yield from _faults_of_text("places", place.text, LONGEST_DESCRIPTION, index)
    yield from _faults_of_text("places", place.service, places.LONGEST_NAME, index)


def _faults_of_text(
    field: str, text: str, longest: int, index: int | None = None
) -> Iterable[Fault]:
    if len(text) > longest:
        message = ngettext("At most %(most)d character.", "At most %(most)d characters.", longest)
        yield Fault(field, "too-long", message % {"most": longest}, index)
    if not _is_readable(text):
        yield Fault(field, "unreadable", str(_UNREADABLE), index)


def _is_readable(text: str) -> bool:
    """Return whether a text can be kept as UTF-8 and shown: no NUL, no half of a character."""
    if text.isascii():
        return "\0" not in text
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _faults_of_day(field: str, day: date, *, today: date) -> Iterable[Fault]:
    matter: Promise | None = None
    if day < EARLIEST:
        matter = _TOO_EARLY
    elif day > today:
        matter = _TOO_LATE
    if matter is not None:
        yield Fault(field, "out-of-range", str(matter))


def _unknown_code(field: str, known: Sequence[str], index: int | None = None) -> Fault:
    return Fault(field, "unknown-code", _UNKNOWN_CODE % {"codes": ", ".join(known)}, index)
