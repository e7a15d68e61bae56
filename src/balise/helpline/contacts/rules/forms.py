"""The form of a contact: its fields and code lists, from the country's pack, by date.

A field that tells who someone is (`pii`) is sealed apart from the rest of the record; one that is
`private` is the counsellor's own. The lists are also those of the anonymous fact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field as dataclass_field
from datetime import date
from functools import cache
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Risk

# Ages in years, and the bands that are derived from them.
#
# Years are kept where a person gave them; where they gave none, a band may be all that is known.
# No band of today crosses an age at which the law changes what one may consent to (the pack's
# `age_edges`).


OLDEST = 120  # years

type Span = tuple[int, int]  # the first and the last year


class Band(Protocol):
    """A code of a list; `span` is None for one that says no age."""

    @property
    def code(self) -> str: ...
    @property
    def span(self) -> Span | None: ...


def band_of(years: int, bands: Iterable[Band]) -> str:
    """Return the code of the first band that holds an age; "" where none does."""
    return next((one.code for one in bands if one.span and one.span[0] <= years <= one.span[1]), "")


def band_around(span: Span, bands: Iterable[Band]) -> str:
    """Return the code of the band that holds a whole span; "" where it cannot be derived."""
    first, last = (band_of(years, bands) for years in span)
    return first if first == last else ""


def crosses(span: Span, edges: Iterable[int]) -> bool:
    """Return whether a band holds ages on both sides of one at which the law changes."""
    return any(span[0] < edge <= span[1] for edge in edges)


type JSON = str | int | bool | list[str] | None

PACKAGE = "balise.helpline.contacts"
LONGEST_LINE = 200
MOST_PROPOSALS = 200
LONGEST_TEXT = 10_000


class Section(TextChoices):
    """Whom or what a field is about."""

    RECORD = "record", gettext_lazy("The contact")
    CALLER = "caller", gettext_lazy("Caller")
    CHILD = "child", gettext_lazy("The young person")


class FieldKind(TextChoices):
    """How a field is filled in."""

    LINE = "line", gettext_lazy("Line")
    TEXT = "text", gettext_lazy("Text")
    NUMBER = "number", gettext_lazy("Number")
    DATE = "date", gettext_lazy("Date")
    CHOICE = "choice", gettext_lazy("One choice from a list")
    MANY = "many", gettext_lazy("Several choices from a list")
    YES_NO = "yes_no", gettext_lazy("Yes, no, not known")
    RISK = "risk", pgettext_lazy("contact", "Risk")
    PROPOSALS = "proposals", pgettext_lazy("contact", "Proposals")


class Drawer(TextChoices):
    """Where a field is sealed."""

    BODY = "body", pgettext_lazy("contact", "Record")
    PERSON = "person", gettext_lazy("Identity")
    NOTES = "notes", gettext_lazy("Private notes")


class FieldWrong(Refused, code="field-wrong"):
    """A field says what it cannot: `field` is its code."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a list, in force between two days."""

    code: str
    label: Words
    since: date = date.min
    until: date = date.max
    # Of a band of ages: its first and last year.
    span: Span | None = None

    def is_in_force(self, on: date) -> bool:
        """Return whether it may be picked on a day."""
        return self.since <= on <= self.until


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, in force between two days."""

    code: str
    section: str
    kind: FieldKind
    label: Words
    drawer: Drawer
    options: str  # the name of a list, for CHOICE and MANY
    since: date
    until: date
    most: int | None = None  # the greatest NUMBER


@dataclass(frozen=True, slots=True)
class Form:
    """The fields and lists of one day; `every` holds the lists of all days, to be read.

    `in_view`: the codes of the fields that are looked at first, in their order; `often`: those of
    the topics that are met most; `shown`: by field with a long list, the choices met most.
    """

    fields: tuple[Field, ...]
    lists: Mapping[str, tuple[Option, ...]]
    every: Mapping[str, tuple[Option, ...]]
    in_view: tuple[str, ...] = ()
    often: tuple[str, ...] = ()
    shown: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)

    def field(self, code: str) -> Field:
        """Return a field, or refuse one that the form of that day has not."""
        for field in self.fields:
            if field.code == code:
                return field
        raise FieldWrong(_("This field does not exist in the form."), field=code)

    def options(self, name: str) -> tuple[Option, ...]:
        """Return the codes of a list that may be picked that day."""
        return self.lists[name]

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return a list's (code, words in the active language)."""
        return [(option.code, str(option.label)) for option in self.lists[name]]

    def label_of(self, code: str, *, of: str) -> str:
        """Return the words of a code as it was picked on any day; the code where none has it."""
        return next((str(one.label) for one in self.every[of] if one.code == code), code)

    def check_code(self, code: str, *, of: str, field: str = "") -> str:
        """Return a code of a list, or "" for none; refuse one that is not in it that day."""
        if code and code not in {option.code for option in self.lists[of]}:
            raise FieldWrong(_("This choice is not in the list."), field=field or of)
        return code

    def check_codes(self, codes: tuple[str, ...], *, of: str, field: str = "") -> tuple[str, ...]:
        """Return codes of a list, each once, in the given order."""
        return tuple(dict.fromkeys(self.check_code(code, of=of, field=field) for code in codes))

    def band_of(self, years: int, *, of: str) -> str:
        """Return the band of a list that holds an age; refuse one that no person has."""
        if not 0 <= years <= OLDEST:
            raise FieldWrong(_("An age is from 0 to %(most)d.") % {"most": OLDEST}, field=of)
        return band_of(years, self.lists[of])

    def read(self, given: Mapping[str, object]) -> dict[str, JSON]:
        """Return what was given for each field as it is kept; refuse what a field cannot say."""
        return {code: self._value(self.field(code), value) for code, value in given.items()}

    def drawers(self, values: Mapping[str, JSON]) -> dict[Drawer, dict[str, JSON]]:
        """Return values by where they are sealed."""
        found: dict[Drawer, dict[str, JSON]] = {drawer: {} for drawer in Drawer}
        for code, value in values.items():
            found[self.field(code).drawer][code] = value
        return found

    def _value(self, field: Field, value: object) -> JSON:  # noqa: PLR0911 - one for each kind
        match field.kind, value:
            case _, None | "":
                return None
            case FieldKind.LINE | FieldKind.TEXT, str():
                return _words(value, field)
            case FieldKind.NUMBER, int() | str():
                return _number(value, field)
            case FieldKind.PROPOSALS, list() | tuple():
                return [str(each)[:LONGEST_LINE] for each in value[-MOST_PROPOSALS:]]
            case FieldKind.RISK, str() if value in Risk.values:
                return str(value)
            case FieldKind.DATE, str():
                return _day(value, field.code)
            case FieldKind.CHOICE, str():
                return self.check_code(value, of=field.options, field=field.code)
            case FieldKind.MANY, list() | tuple():
                codes = tuple(str(each) for each in value)
                return list(self.check_codes(codes, of=field.options, field=field.code))
            case FieldKind.YES_NO, "yes" | "no" | "unknown":
                return str(value)
        raise FieldWrong(_("This field cannot contain that."), field=field.code)


@cache
def form(country: str, on: date) -> Form:
    """Return the form of a country on a day; raises PackFaulty for a pack that is not right."""
    fields, lists = _whole(country)
    in_force = tuple(field for field in fields if field.since <= on <= field.until)
    codes = {field.code for field in in_force}
    return Form(
        fields=in_force,
        lists={
            name: tuple(option for option in options if option.is_in_force(on))
            for name, options in lists.items()
        },
        every=lists,
        in_view=tuple(code for code in _pack(country)["in_view"] if code in codes),
        often=tuple(_pack(country)["often"]),
        shown={code: tuple(some) for code, some in _pack(country)["shown"].items()},
    )


def spans(country: str, name: str) -> dict[str, Span]:
    """Return the first and last year of each band of a list, also of those of before."""
    return {one.code: one.span for one in _whole(country)[1][name] if one.span}


@cache
def _whole(country: str) -> tuple[tuple[Field, ...], dict[str, tuple[Option, ...]]]:
    pack = _pack(country)
    fields, lists = read_fields(
        pack, name="contact_form", sections=Section, more=_lists_of_others(country)
    )
    if unknown := set(pack["in_view"]) - {field.code for field in fields}:
        raise PackFaulty(f"contact_form.in_view: no field {min(unknown)}")
    if unknown := set(pack["often"]) - {option.code for option in lists["topics"]}:
        raise PackFaulty(f"contact_form.often: no topic {min(unknown)}")
    by_code = {field.code: field for field in fields}
    for code, some in pack["shown"].items():
        if code not in by_code or set(some) - {one.code for one in lists[by_code[code].options]}:
            raise PackFaulty(f"contact_form.shown.{code}: a field, and choices of its list")
    return fields, lists


@cache
def _pack(country: str) -> dict[str, Any]:
    return load(PACKAGE, country=country, name="contact_form")


def _lists_of_others(country: str) -> dict[str, list[dict[str, Any]]]:
    """Return the lists that stand in packs of their own: types of contact, and topics."""
    topics = load(PACKAGE, country=country, name="topics")["groups"]
    return {
        "contact_types": load(PACKAGE, country=country, name="contact_types")["types"],
        "topics": [topic for group in topics for topic in group["topics"]],
    }


def read_fields(
    pack: Mapping[str, Any],
    *,
    name: str,
    sections: type[TextChoices],
    more: Mapping[str, list[dict[str, Any]]] | None = None,
) -> tuple[tuple[Field, ...], dict[str, tuple[Option, ...]]]:
    """Return the fields of a form and its lists, of every day; raises PackFaulty.

    `more`: lists of other packs that its fields may name, by name.
    """
    lists = {
        code: tuple(read_option(entry, where=f"{name}.{code}") for entry in entries)
        for code, entries in (pack["lists"] | (more or {})).items()
    }
    fields = tuple(_field(entry, name, sections) for entry in pack["fields"])
    for field in fields:
        if (field.kind in {FieldKind.CHOICE, FieldKind.MANY}) != (field.options in lists):
            raise PackFaulty(f"{name}.{field.code}: a choice, and only one, names a list")
    edges = pack.get("age_edges", [])
    for option in (option for options in lists.values() for option in options):
        if option.span and option.until == date.max and crosses(option.span, edges):
            raise PackFaulty(f"{name}: the ages of {option.code} cross one of {edges}")
    if len({(field.section, field.code) for field in fields}) != len(fields):
        raise PackFaulty(f"{name}: each field once")
    return fields, lists


def read_option(entry: dict[str, Any], *, where: str) -> Option:
    """Return one code of a pack's list."""
    return Option(
        code=str(entry["code"]),
        label=Words.read(entry.get("label"), where=f"{where}.{entry['code']}"),
        since=entry.get("since", date.min),
        until=entry.get("until", date.max),
        span=(int(entry["first"]), int(entry["last"])) if "first" in entry else None,
    )


def _field(entry: dict[str, Any], name: str, sections: type[TextChoices]) -> Field:
    where = f"{name}.{entry.get('code')}"
    drawer = Drawer.PERSON if entry.get("pii") else Drawer.BODY
    return Field(
        code=str(entry["code"]),
        section=sections(entry["section"]).value,
        kind=FieldKind(entry["kind"]),
        label=Words.read(entry.get("label"), where=where),
        drawer=Drawer.NOTES if entry.get("private") else drawer,
        options=str(entry.get("options", "")),
        since=entry.get("since", date.min),
        until=entry.get("until", date.max),
        most=entry.get("most"),
    )


def _words(value: str, field: Field) -> str:
    words, most = value, LONGEST_TEXT
    if field.kind is FieldKind.LINE:
        words, most = value.strip(), LONGEST_LINE
    if len(words) > most:
        said = _("At most %(most)d characters: this has %(count)d.")
        raise FieldWrong(said % {"most": most, "count": len(words)}, field=field.code)
    return words


def _number(value: int | str, field: Field) -> int:
    try:
        number = int(value)
    except ValueError:
        raise FieldWrong(_("Enter a number."), field=field.code) from None
    if field.most is not None and not 0 <= number <= field.most:
        said = _("Enter a number from 0 to %(most)d.") % {"most": field.most}
        raise FieldWrong(said, field=field.code)
    return number


def _day(value: str, code: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise FieldWrong(_("Enter a date."), field=code) from None
