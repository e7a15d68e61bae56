"""Check a document against the schema, and by the rules that no schema says. All faults are named,
each with its line and its path.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from balise.foundation import moments
from balise.foundation.strict_xml import Node, XmlUnreadable, read
from balise.takedown.onward.cybertips.rules.schema import DOCUMENTS, SUPPLEMENTAL
from balise.takedown.onward.cybertips.rules.shapes import Element, Shape, ShapeKind, Text

# Of XML itself: how a document names its schema. They say nothing of a report.
_OF_XML = ("xmlns", "xmlns:", "xsi:", "xml:")
_SHOWN = 60  # characters of a text that is wrong


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where: `path` names the elements from the root."""

    line: int
    path: str
    says: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.path}: {self.says}"


def errors_of(octets: bytes) -> list[str]:
    """Return what is wrong with a document, in the order of its lines; nothing if it is valid."""
    try:
        root = read(octets)
    except XmlUnreadable as error:
        return [str(error)]
    document = DOCUMENTS.get(root.name)
    if document is None:
        known = " or ".join(sorted(DOCUMENTS))
        return [str(Fault(root.line, f"/{root.name}", f"the root is none of {known}"))]
    faults = [*_element(root, document, f"/{root.name}"), *_beyond_the_schema(root)]
    return [str(fault) for fault in sorted(faults, key=_by_line)]


def _by_line(fault: Fault) -> int:
    return fault.line


def _element(node: Node, element: Element, path: str) -> Iterator[Fault]:
    shape = element.holds
    yield from _attributes(node, shape, path)
    if shape.text is not None:
        yield from (
            Fault(child.line, f"{path}/{child.name}", "nothing may stand in a text")
            for child in node.children
        )
        for says in _text_faults(node.text, shape.text):
            yield Fault(node.line, path, says)
        return
    if node.text.strip():
        yield Fault(node.line, path, f"text where elements belong: {_cut(node.text.strip())}")
    yield from _order(node, shape, path)
    for child, below in _numbered(node, path):
        known = shape.child(child.name)
        if known is None:
            yield Fault(child.line, below, "there is no such element here")
        else:
            yield from _element(child, known, below)


def _order(node: Node, shape: Shape, path: str) -> Iterator[Fault]:
    names = [one.name for one in shape.children]
    known = [child for child in node.children if child.name in names]
    if shape.choice:
        if len(node.children) != 1:
            yield Fault(node.line, path, f"exactly one of {', '.join(names)}")
        return
    furthest = 0
    for child in known:
        place = names.index(child.name)
        if place < furthest:
            says = f"{child.name} must come before {names[furthest]}"
            yield Fault(child.line, path, says)
        furthest = max(furthest, place)
    for one in shape.children:
        found = [child for child in known if child.name == one.name]
        if len(found) < one.least:
            yield Fault(node.line, path, f"{one.name} is missing")
        if one.most is not None and len(found) > one.most:
            says = f"{one.name} may come {one.most} time at most, not {len(found)}"
            yield Fault(found[one.most].line, path, says)


def _numbered(node: Node, path: str) -> Iterator[tuple[Node, str]]:
    names = [child.name for child in node.children]
    seen: dict[str, int] = {}
    for child in node.children:
        seen[child.name] = seen.get(child.name, 0) + 1
        number = f"[{seen[child.name]}]" if names.count(child.name) > 1 else ""
        yield child, f"{path}/{child.name}{number}"


def _attributes(node: Node, shape: Shape, path: str) -> Iterator[Fault]:
    known = {one.name: one for one in shape.attributes}
    for name, value in node.attributes.items():
        if name in known:
            for says in _text_faults(value, known[name].holds):
                yield Fault(node.line, f"{path}/@{name}", says)
        elif not name.startswith(_OF_XML):
            yield Fault(node.line, f"{path}/@{name}", "there is no such attribute here")
    for one in shape.attributes:
        if one.is_needed and one.name not in node.attributes:
            yield Fault(node.line, path, f"the attribute {one.name} is missing")


def _text_faults(text: str, holds: Text) -> Iterator[str]:
    if holds.kind is ShapeKind.FLAG:
        if text.strip():
            yield f"{_cut(text)} where nothing stands: the empty element says yes"
        return
    if holds.kind is not ShapeKind.TEXT:
        yield from _value_faults(text.strip(), holds)
        return
    if not text.strip():
        yield "it is empty: leave it out instead"
    elif holds.among and text not in holds.among:
        yield f"{_cut(text)} is none of {' | '.join(holds.among)}"
    elif holds.pattern and not re.fullmatch(holds.pattern, text):
        yield f"{_cut(text)} is not of the form {holds.pattern}"
    if holds.longest is not None and len(text) > holds.longest:
        yield f"it has {len(text)} characters; {holds.longest} are the most"


def _value_faults(text: str, holds: Text) -> Iterator[str]:
    value = _READ[holds.kind](text)
    if value is None:
        yield f"{_cut(text)} is not {holds.kind.value}"
    elif isinstance(value, Decimal) and not (
        (holds.least is None or value >= holds.least)
        and (holds.most is None or value <= holds.most)
    ):
        bounds = (
            f"{holds.least} or more" if holds.most is None else f"{holds.least} to {holds.most}"
        )
        yield f"{_cut(text)} is not {bounds}"


def _boolean(text: str) -> bool | None:
    return {"true": True, "false": False, "1": True, "0": False}.get(text)


def _moment(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
        return None
    try:
        return moments.read(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _whole(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None


def _decimal(text: str) -> Decimal | None:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_READ: dict[ShapeKind, Callable[[str], object | None]] = {
    ShapeKind.BOOLEAN: _boolean,
    ShapeKind.MOMENT: _moment,
    ShapeKind.DAY: _day,
    ShapeKind.WHOLE: _whole,
    ShapeKind.DECIMAL: _decimal,
}


def _beyond_the_schema(root: Node) -> Iterator[Fault]:
    """Yield what the Reporting API forbids in words: only what is reported is classified."""
    relevance = _child(root, "fileRelevance")
    if relevance is None or relevance.text != SUPPLEMENTAL:
        return
    why = f"not with the relevance {SUPPLEMENTAL}"
    classified = _child(root, "industryClassification")
    if classified is not None:
        yield Fault(classified.line, "/fileDetails/industryClassification", why)
    annotations = _child(root, "fileAnnotations")
    meme = _child(annotations, "potentialMeme") if annotations is not None else None
    if meme is not None:
        yield Fault(meme.line, "/fileDetails/fileAnnotations/potentialMeme", why)


def _child(node: Node, name: str) -> Node | None:
    return next((child for child in node.children if child.name == name), None)


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
