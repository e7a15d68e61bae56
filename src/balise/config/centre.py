"""The centre itself, from its country pack: name, lines, numbers, hours, zone."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from balise.foundation.packs import PackFaulty, Words, countries_of, load

_DIALLED: Final = re.compile(r"\+?[0-9]{2,15}")
_CHAT: Final = re.compile(r"/[a-z/-]+/|https://\S+")


class By(StrEnum):
    """How someone is reached; the first way of a number is the one that it opens."""

    CALL = "call"
    SMS = "sms"
    CHAT = "chat"


class For(StrEnum):
    """Whom a number is for."""

    YOUNG = "young"
    ADULTS = "adults"


class On(StrEnum):
    """The kinds of page that show numbers; each country has some on each."""

    PUBLIC = "public"  # the foot of every public page
    HOME = "home"  # the line of the home about a danger
    DANGER = "danger"  # what someone in danger is shown first
    REPORT = "report"
    RECEIPT = "receipt"
    ERROR = "error"
    LISTENER = "listener"  # whom a listener calls


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a person may need: how it is reached, for whom, and on which pages."""

    code: str
    number: str
    label: Words
    hint: Words
    by: tuple[By, ...]
    whom: frozenset[For]
    on: frozenset[On]
    chat: str = ""  # a path of ours, without the language, or an address

    @property
    def opens(self) -> str:
        """Return what a press of it opens: the dialler, or a message to write."""
        return f"{'sms' if self.is_text else 'tel'}:{self.number}"

    @property
    def is_text(self) -> bool:
        """Return whether it is written to: it cannot be called."""
        return By.CALL not in self.by


@dataclass(frozen=True, slots=True)
class Place:
    """A place other than most people's: its clock, where it differs, or whom to call there."""

    label: Words
    zone: ZoneInfo | None
    number: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A place of others where the centre writes too, such as a social network."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One of the centre's lines, as the public knows it."""

    code: str
    name: str
    promise: Words


@dataclass(frozen=True, slots=True)
class Centre:
    """Who runs this Balise; shown on every page, written in every notice."""

    country: str
    name: Words
    organisation: str
    notice_email: str
    postal_address: str
    time_zone: str
    quick_exit: str
    lines: tuple[Line, ...]
    numbers: tuple[Number, ...]
    elsewhere: tuple[Place, ...]
    follow: tuple[Followed, ...]

    def number(self, code: str) -> Number:
        """Return the number with this code, such as `helpline` or `police`."""
        return next(number for number in self.numbers if number.code == code)

    @property
    def helpline(self) -> Number:
        """The number of the helpline, with its chat where it has one."""
        return self.number("helpline")

    def numbers_on(self, page: str, *, whom: str = "") -> tuple[Number, ...]:
        """Return what a kind of page shows, in the pack's order; `whom` leaves others' out.

        Raises ValueError for a kind of page or of person that we do not know.
        """
        wanted = {For(whom)} if whom else set(For)
        return tuple(one for one in self.numbers if On(page) in one.on and one.whom & wanted)

    def line(self, code: str) -> Line:
        """Return the line with this code, such as `hotline`."""
        return next(line for line in self.lines if line.code == code)


def countries() -> list[str]:
    """Return the countries that have a pack, such as `fr`."""
    return countries_of("balise.config")


def read_centre(country: str) -> Centre:
    """Return the centre that a country's pack describes."""
    pack = load("balise.config", country=country, name="centre")
    return Centre(
        country=country,
        name=Words.read(pack["name"], where="centre.name"),
        organisation=pack["organisation"],
        notice_email=pack["notice_email"],
        postal_address=pack["postal_address"],
        time_zone=pack["time_zone"],
        quick_exit=pack["quick_exit"],
        lines=tuple(_line(line) for line in pack["lines"]),
        numbers=_checked(tuple(_number(number) for number in pack["numbers"])),
        elsewhere=tuple(_place(place) for place in pack.get("elsewhere", ())),
        follow=tuple(_followed(place) for place in pack.get("follow", ())),
    )


def _line(entry: dict[str, Any]) -> Line:
    where = f"centre.lines.{entry['code']}"
    return Line(entry["code"], entry["name"], Words.read(entry["promise"], where=where))


def _place(entry: dict[str, Any]) -> Place:
    label = Words.read(entry["label"], where="centre.elsewhere")
    if ("zone" in entry) == ("number" in entry):
        raise PackFaulty(f"centre.elsewhere: {label} has a zone or a number")
    try:
        zone = ZoneInfo(entry["zone"]) if "zone" in entry else None
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise PackFaulty(f"centre.elsewhere: {entry['zone']} is no time zone") from error
    number = _dialled(entry["number"], where="centre.elsewhere") if not zone else ""
    return Place(label, zone, number)


def _followed(entry: dict[str, str]) -> Followed:
    if not entry["address"].startswith("https://"):
        raise PackFaulty(f"centre.follow: {entry['address']} does not begin with https://")
    return Followed(entry["name"], entry["address"])


def _dialled(number: str, *, where: str) -> str:
    if not _DIALLED.fullmatch(number):
        raise PackFaulty(f"{where}: {number!r} cannot be dialled")
    return number


def _number(entry: dict[str, Any]) -> Number:
    where = f"centre.numbers.{entry['code']}"
    found = Number(
        code=entry["code"],
        number=_dialled(entry["number"], where=where),
        label=Words.read(entry["label"], where=where),
        hint=Words.read(entry["hint"], where=where),
        by=tuple(_known(By, entry, "by")),
        whom=frozenset(_known(For, entry, "for")),
        on=frozenset(_known(On, entry, "on")),
        chat=entry.get("chat", ""),
    )
    if found.by[0] is By.CHAT:
        raise PackFaulty(f"{where}: a number is called or written to first")
    if (By.CHAT in found.by) != bool(_CHAT.fullmatch(found.chat)):
        raise PackFaulty(f"{where}: a chat has an address, /talk/ or https://…, and only a chat")
    return found


def _known[Code: StrEnum](codes: type[Code], entry: dict[str, Any], name: str) -> list[Code]:
    """Return the codes that an entry lists; refuse none at all, and one that we do not know."""
    where = f"centre.numbers.{entry['code']}.{name}"
    try:
        found = [codes(each) for each in entry.get(name, [])]
    except ValueError as error:
        raise PackFaulty(f"{where}: {error}") from error
    if not found:
        raise PackFaulty(f"{where}: nothing is listed")
    return found


def _checked(numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    """Return the numbers; refuse them where a code is given twice or a page would have none."""
    codes = [one.code for one in numbers]
    if len(codes) != len(set(codes)):
        raise PackFaulty("centre.numbers: a code stands twice")
    for page in On:
        for whom in For:
            if not any(page in one.on and whom in one.whom for one in numbers):
                raise PackFaulty(f"centre.numbers: none on {page} for {whom}")
    return numbers
