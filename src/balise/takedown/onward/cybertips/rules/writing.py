"""Write a document from what is known, in the schema's order; what the schema lacks is refused.

What is known is a mapping: `name: value` for a child (a list where it comes several times),
`@name` for an attribute, `#` for the text beside attributes. None and an empty list are left out.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape, quoteattr

from balise.takedown.onward.cybertips.rules.shapes import Element, Shape, ShapeKind

type Value = str | bool | int | float | date | Known | Sequence["Value"] | None
type Known = Mapping[str, "Value"]

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# XML 1.0 has no way to write these.
_FORBIDDEN = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


class TipFaulty(ValueError):
    """What is known has no place in the document."""


def written(document: Element, known: Known) -> bytes:
    """Return the document as UTF-8, indented, each element where the schema wants it."""
    lines = _element(document, known, depth=0)
    return (HEAD + "\n".join(lines) + "\n").encode()


def _element(element: Element, value: Value, *, depth: int) -> list[str]:
    shape, pad = element.holds, "  " * depth
    if not isinstance(value, Mapping):
        if shape.text is None:
            raise TipFaulty(f"{element.name} holds elements, not {value!r}")
        if shape.text.kind is ShapeKind.FLAG:
            return [f"{pad}<{element.name}/>"] if value else []
        return [f"{pad}<{element.name}>{escape(_said(value))}</{element.name}>"]
    begin = f"{pad}<{element.name}{_attributes(shape, value, element.name)}"
    if shape.text is not None:
        return [f"{begin}>{escape(_said(value.get('#')))}</{element.name}>"]
    inner = _children(element, value, depth=depth + 1)
    if not inner:
        return [f"{begin}/>"]
    return [f"{begin}>", *inner, f"{pad}</{element.name}>"]


def _children(element: Element, value: Known, *, depth: int) -> list[str]:
    known = {child.name for child in element.holds.children}
    strangers = [name for name in value if not name.startswith(("@", "#")) and name not in known]
    if strangers:
        raise TipFaulty(f"{element.name} has no {', '.join(strangers)}")
    lines: list[str] = []
    for child in element.holds.children:
        given = value.get(child.name)
        each = [given] if isinstance(given, str) or not isinstance(given, Sequence) else given
        for one in each:
            if one is not None:
                lines += _element(child, one, depth=depth)
    return lines


def _attributes(shape: Shape, value: Known, name: str) -> str:
    known = [one.name for one in shape.attributes]
    strangers = [key for key in value if key.startswith("@") and key[1:] not in known]
    if strangers:
        raise TipFaulty(f"{name} has no {', '.join(strangers)}")
    given = ((one, value.get(f"@{one}")) for one in known)
    return "".join(f" {one}={quoteattr(_said(said))}" for one, said in given if said is not None)


def _said(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case str():
            return value.translate(_FORBIDDEN)
        case int() | float():
            return str(value)
    raise TipFaulty(f"{value!r} is no text")
