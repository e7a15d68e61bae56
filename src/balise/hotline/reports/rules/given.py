"""What a reporter said, as one value (`Answers`), and a report on its way in (`Incoming`).

A partner or a file gives texts and codes, which are read field by field: whatever is given, the
result is `Answers` or `AnswersFaulty`, which says every fault at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from balise.foundation.encryption.worded import Receipt
from balise.foundation.refusals import Refused
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import UNKNOWN, categories
from balise.hotline.reports.rules.places import MOST_PLACES, Place
from balise.hotline.reports.rules.words import MINORS, AgeBand, Channel, Concern, MetHow, PlaceKind
from balise.takedown.tracing.rules.addresses import CHANGES, AddressRefused, read_address

# The answers of a report, as one value: what the form asks, the API takes and a file brings.


_CONCERNED = frozenset({Concern.ME, Concern.KNOWN})

# Levels of the words of danger: a life in danger now, and what an analyst is told of.
IMMEDIATE = "A"
TOLD = frozenset({IMMEDIATE, "B"})

LONGEST_DESCRIPTION = 5_000
LONGEST_CONTACT = 200
LONGEST_REFERENCE = 120
LONGEST_MESSAGE = 5_000
LONGEST_IDENTITIES = 2_000
LONGEST_CONTEXT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a reporter said. Every answer but the place may be missing.

    `met_time` is in the centre's zone; `identities` are facts known of who is behind it.
    `words_level` and `words_rule` are a guess: what the words of danger tell of what they wrote.
    """

    places: tuple[Place, ...] = ()
    category: str = UNKNOWN
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
    words_level: str = ""
    words_rule: str = ""

    @property
    def in_danger(self) -> bool:
        """Return whether someone is in danger: they say so, or their own words tell of it.

        Words count of a child, and of who knows the person; another tells of what they saw.
        """
        by_words = self.words_level == IMMEDIATE and (self.is_minor or self.is_concerned)
        return self.danger or by_words

    @property
    def written(self) -> str:
        """Return all that they wrote in their own words."""
        return "\n".join(filter(None, (self.description, self.context, self.identities)))

    @property
    def is_minor(self) -> bool:
        """Return whether the reporter said to be under 18."""
        return bool(self.age_band) and AgeBand(self.age_band) in MINORS

    @property
    def is_concerned(self) -> bool:
        """Return whether the reporter knows the person concerned."""
        return self.concern in _CONCERNED

    def to_fields(self) -> dict[str, Any]:
        """Return the fields that are sealed; an answer not given is left out."""
        fields = {
            "places": [places.to_fields(place) for place in self.places],
            "category": self.category,
            "danger": self.danger,
            "concern": self.concern,
            "met_how": self.met_how,
            "met_on": self.met_on.isoformat() if self.met_on else "",
            "met_time": f"{self.met_time:%H:%M}" if self.met_time is not None else "",
            "description": self.description,
            "contact": self.contact,
            "age_band": self.age_band,
            "reference": self.reference,
            "identities": self.identities,
            "context": self.context,
            "words_level": self.words_level,
            "words_rule": self.words_rule,
        }
        return {name: value for name, value in fields.items() if value}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Answers":
        """Return the answers that `to_fields` wrote."""
        met_on, met_time = fields.get("met_on"), fields.get("met_time")
        return cls(
            places=tuple(places.from_fields(place) for place in fields.get("places", ())),
            category=fields.get("category", UNKNOWN),
            danger=bool(fields.get("danger", False)),
            concern=fields.get("concern", ""),
            met_how=fields.get("met_how", ""),
            met_on=date.fromisoformat(met_on) if met_on else None,
            met_time=time.fromisoformat(met_time) if met_time else None,
            description=fields.get("description", ""),
            contact=fields.get("contact", ""),
            age_band=fields.get("age_band", ""),
            reference=fields.get("reference", ""),
            identities=fields.get("identities", ""),
            context=fields.get("context", ""),
            words_level=fields.get("words_level", ""),
            words_rule=fields.get("words_rule", ""),
        )

    def with_given(self, given: dict[str, Any]) -> "Answers":
        """Return these answers with some replaced, by field name."""
        return replace(self, **given)


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


# A report on its way in, whichever door it comes through.


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A report on its way in. `key` (16 bytes) is what makes it one report however often sent."""

    key: bytes
    channel: Channel
    answers: Answers
    language: str
    received_at: datetime
    is_finished: bool
    receipt: Receipt | None = None
    partner: UUID | None = None
    # Whether someone follows it without a receipt: a partner's people at their desk.
    has_reader: bool = False
    # The blind index of what was said, where the same key may come with other words (an API).
    said_key: bytes = b""
