"""The categories a person may pick, from the country's pack: plain words for them, codes for us."""

from dataclasses import dataclass
from functools import cache

from balise.foundation.packs import PackFaulty, Words, load

UNKNOWN = "unknown"
_MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of content: `points` weigh in the queue, `dsa_keyword` goes into our notices.

    `also` are other plain words for it, in any language. One that is `protected` is never closed
    with others.
    """

    code: str
    label: Words
    hint: Words
    name: Words
    points: int
    dsa_keyword: str
    protected: bool
    also: tuple[str, ...] = ()


@cache
def categories(country: str) -> tuple[Category, ...]:
    """Return a country's categories in the order in which to offer them; the last is UNKNOWN."""
    pack = load("balise.hotline.reports", country=country, name="categories")
    found = tuple(_read(entry) for entry in pack["categories"])
    codes = [category.code for category in found]
    if len(set(codes)) != len(codes) or codes[-1:] != [UNKNOWN]:
        raise PackFaulty(f"categories of {country}: each code once, {UNKNOWN!r} last")
    if not any(category.protected for category in found):
        raise PackFaulty(f"categories of {country}: none is protected from being closed unread")
    return found


def category_names(country: str) -> dict[str, object]:
    """Return the names of a country's categories, by code."""
    return {one.code: one.name for one in categories(country)}


def category(code: str, *, country: str) -> Category:
    """Return the category with this code; a code that the pack dropped reads as UNKNOWN."""
    offered = categories(country)
    return next((one for one in offered if one.code == code), offered[-1])


def more_urgent(first: str, second: str, *, country: str) -> str:
    """Return the code that weighs more in the queue: one content has one category."""
    if second in {UNKNOWN, first}:
        return first
    if first == UNKNOWN:
        return second
    weigh_first = category(first, country=country).points
    return second if category(second, country=country).points > weigh_first else first


def _read(entry: dict[str, object]) -> Category:
    where = f"categories.{entry.get('code')}"
    points = entry.get("points")
    if not isinstance(points, int) or not 0 <= points <= _MOST_POINTS:
        raise PackFaulty(f"{where}: points are a number from 0 to {_MOST_POINTS}")
    protected = entry.get("protected")
    if not isinstance(protected, bool):
        raise PackFaulty(f"{where}: protected is true or false")
    return Category(
        code=str(entry["code"]),
        label=Words.read(entry.get("label"), where=where),
        hint=Words.read(entry.get("hint"), where=where),
        name=Words.read(entry.get("name"), where=where),
        points=points,
        dsa_keyword=str(entry.get("dsa_keyword", "")),
        also=_texts(entry.get("also", []), where=where),
        protected=protected,
    )


def _texts(value: object, *, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise PackFaulty(f"{where}: also is a list of words")
    return tuple(value)
