"""Reading one table of a pack: what is missing, misspelt or of the wrong kind is a fault."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from balise.foundation.packs import PackFaulty, Words


def only(table: Mapping[str, Any], names: Collection[str], where: str) -> None:
    """Raise if a table has an unknown key, probably a typo."""
    unread = sorted(set(table) - set(names))
    if unread:
        raise PackFaulty(f"{where}: {', '.join(unread)} is read by nothing")


def words(table: Mapping[str, Any], name: str, where: str) -> Words:
    """Return the words under a name, in French and English at least."""
    if name not in table:
        raise PackFaulty(f"{where}: {name} is missing")
    return Words.read(table[name], where=f"{where}.{name}")


def words_if_any(table: Mapping[str, Any], name: str, where: str) -> Words | None:
    """Return the words under a name; None where there are none."""
    return words(table, name, where) if name in table else None


def day(table: Mapping[str, Any], name: str, where: str) -> date | None:
    """Return a day, None where none is given. A frozen pack has it as its ISO text."""
    value = table.get(name)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _day(value)
    except ValueError:
        raise PackFaulty(f"{where}: {name} is a day") from None


def known_day(table: Mapping[str, Any], name: str, where: str) -> date:
    """Return a day that must be there."""
    found = day(table, name, where)
    if found is None:
        raise PackFaulty(f"{where}: {name} is missing")
    return found


def _day(value: object) -> date | None:
    if value is None or type(value) is date:
        return value
    raise ValueError(value)


def flag(table: Mapping[str, Any], name: str, where: str) -> bool:
    """Return a yes or no that must be said."""
    if name not in table:
        raise PackFaulty(f"{where}: {name} is missing")
    value = table[name]
    if not isinstance(value, bool):
        raise PackFaulty(f"{where}: {name} is true or false")
    return value


def text(table: Mapping[str, Any], name: str, where: str) -> str:
    """Return a text that must be there, though it may be empty."""
    value = table.get(name)
    if not isinstance(value, str):
        raise PackFaulty(f"{where}: {name} is a text")
    return value


def one_of(among: Collection[str], value: object, where: str) -> str:
    """Return a code that a list knows."""
    if value not in among:
        raise PackFaulty(f"{where}: {value!r} is not one of {', '.join(sorted(among))}")
    return str(value)


def some_of(among: Collection[str], values: object, where: str) -> tuple[str, ...]:
    """Return codes that a list knows, each once, in the order given."""
    if not isinstance(values, list):
        raise PackFaulty(f"{where}: a list is wanted")
    found = tuple(one_of(among, value, where) for value in values)
    if len(set(found)) != len(found):
        raise PackFaulty(f"{where}: each once")
    return found


def tables(table: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    """Return the tables under a name, none where it has none."""
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise PackFaulty(f"{where}: {name} is a list of tables")
    return found
