"""The centre itself, from its country pack: name, lines, numbers, hours, zone."""

from dataclasses import dataclass
from typing import Any

from balise.foundation.packs import Words, countries_of, load


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number a person may need, in the order in which to show it."""

    code: str
    number: str
    label: Words
    hint: Words


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

    def number(self, code: str) -> Number:
        """Return the number with this code, such as `helpline` or `police`."""
        return next(number for number in self.numbers if number.code == code)

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
        numbers=tuple(_number(number) for number in pack["numbers"]),
    )


def _line(entry: dict[str, Any]) -> Line:
    where = f"centre.lines.{entry['code']}"
    return Line(entry["code"], entry["name"], Words.read(entry["promise"], where=where))


def _number(entry: dict[str, Any]) -> Number:
    where = f"centre.numbers.{entry['code']}"
    return Number(
        code=entry["code"],
        number=entry["number"],
        label=Words.read(entry["label"], where=where),
        hint=Words.read(entry["hint"], where=where),
    )
