"""What a schema is made of: elements in their order, how often each may come, what it may hold."""

from dataclasses import dataclass, field
from enum import Enum


class ShapeKind(Enum):
    """What a text is. A `FLAG` says yes by being there: its element is empty."""

    TEXT = "text"
    FLAG = "an empty element"
    BOOLEAN = "true or false"
    MOMENT = "a date and time with its zone"
    DAY = "a date"
    WHOLE = "a whole number"
    DECIMAL = "a number"


@dataclass(frozen=True, slots=True)
class Text:
    """What one text may be: a kind, so long at most, within bounds, of a pattern, among words."""

    kind: ShapeKind = ShapeKind.TEXT
    longest: int | None = None
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of an element."""

    name: str
    holds: Text
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element holds: children in this order, or one of them (`choice`), or a text."""

    children: tuple["Element", ...] = ()
    attributes: tuple[Attribute, ...] = ()
    text: Text | None = None
    choice: bool = False

    def child(self, name: str) -> "Element | None":
        return next((one for one in self.children if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Element:
    """An element, from `least` to `most` times in a row (None: any number)."""

    name: str
    holds: Shape = field(default_factory=Shape)
    least: int = 0
    most: int | None = 1


TEXT = Text()
FLAG = Text(ShapeKind.FLAG)
BOOLEAN = Text(ShapeKind.BOOLEAN)
MOMENT = Text(ShapeKind.MOMENT)
DAY = Text(ShapeKind.DAY)


def words(longest: int) -> Text:
    """Return a text of at most so many characters."""
    return Text(longest=longest)


def whole(least: int, most: int | None = None) -> Text:
    """Return a whole number within bounds."""
    return Text(ShapeKind.WHOLE, least=least, most=most)


def decimal(least: int, most: int) -> Text:
    """Return a number within bounds."""
    return Text(ShapeKind.DECIMAL, least=least, most=most)


def among(*known: str) -> Text:
    """Return one of some words, letter by letter."""
    return Text(among=known)


def matching(pattern: str, *, longest: int | None = None) -> Text:
    """Return a text of a pattern."""
    return Text(pattern=pattern, longest=longest)


def one(name: str, holds: Text | Shape = TEXT) -> Element:
    """Return an element that must come once."""
    return Element(name, _shape(holds), least=1)


def maybe(name: str, holds: Text | Shape = TEXT) -> Element:
    """Return an element that may come once."""
    return Element(name, _shape(holds))


def many(name: str, holds: Text | Shape = TEXT, *, least: int = 0) -> Element:
    """Return an element that may come any number of times."""
    return Element(name, _shape(holds), least=least, most=None)


def _shape(holds: Text | Shape) -> Shape:
    return holds if isinstance(holds, Shape) else Shape(text=holds)
