"""Questions in QTI 2.2 (1EdTech): one item, or a package of items. Pure.

Read are the interactions choice, order, match and text entry, with their correct response. The
others, the responses' programs and all files but items are left out.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from balise.awareness.questions.rules.imports import (
    BLANK,
    BLOCKS,
    MOST_QUESTIONS,
    PLAIN,
    Codes,
    Imported,
    LeftOut,
    Unread,
    Why,
    choices_of,
)
from balise.foundation.limited.child import CannotWork
from balise.foundation.strict_xml import MOST_OCTETS, Node, XmlUnreadable, read as read_xml
from balise.foundation.zipping import FAULTS

_READ: Final = {
    "choiceInteraction",
    "orderInteraction",
    "matchInteraction",
    "textEntryInteraction",
}
# Elements of an item's body that are only words around the question.
_LEFT: Final = frozenset({"feedbackInline", "rubricBlock"})
_WORDS: Final = PLAIN | _LEFT
_NUMBERS: Final = frozenset({"integer", "float"})


def read(octets: bytes, *, language: str) -> Imported:
    """Return the questions of an item or a package. Raises CannotWork where it is neither."""
    rows: list[dict[str, Any]] = []
    left: list[LeftOut] = []
    codes = Codes()
    for name, item in _items(octets):
        try:
            row = _question(item, language)
        except Unread as unread:
            left.append(LeftOut(name, unread.why))
        else:
            rows.append({"code": codes.of(item.attributes.get("identifier", "")), **row})
    if not rows and not left:
        raise CannotWork("no-qti")
    return Imported(tuple(rows), tuple(left))


def _items(octets: bytes) -> Iterator[tuple[str, Node]]:
    if not zipfile.is_zipfile(io.BytesIO(octets)):
        root = _tree(octets)
        if root is not None and root.name == "assessmentItem":
            yield root.attributes.get("title") or root.attributes.get("identifier", ""), root
        return
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as package:
            files = [each for each in package.infolist() if each.filename.endswith(".xml")]
            if len(files) > MOST_QUESTIONS:
                raise CannotWork("too-many")
            if sum(each.file_size for each in files) > MOST_OCTETS:
                raise CannotWork("unpacked")
            for each in files:
                with package.open(each) as file:  # what the index says of its size may be wrong
                    root = _tree(file.read(MOST_OCTETS + 1))
                if root is not None and root.name == "assessmentItem":
                    yield each.filename, root
    except FAULTS as error:
        raise CannotWork("package") from error


def _tree(octets: bytes) -> Node | None:
    try:
        return read_xml(octets)
    except XmlUnreadable:
        return None


def _question(item: Node, language: str) -> dict[str, Any]:
    body = _first(item, "itemBody")
    if body is None:
        raise Unread(Why.UNREADABLE)
    found = [each for each in _all(body) if each.name.endswith("Interaction")]
    if len(found) != 1 or found[0].name not in _READ:
        raise Unread(Why.KIND)
    (interaction,) = found
    declared = _declared(item, interaction)
    right = [each.text.strip() for each in _all(declared) if each.name == "value"]
    if not right:
        raise Unread(Why.NO_ANSWER)
    row = _by_kind(interaction, declared, right, language)
    says = next((each for each in item.children if each.name == "modalFeedback"), None)
    if says is not None:
        row["says"] = {language: _words(says)}
    return {"asks": {language: _asked(body, interaction)}, **row}


def _by_kind(interaction: Node, declared: Node, right: list[str], language: str) -> dict[str, Any]:
    match interaction.name:
        case "textEntryInteraction":
            if declared.attributes.get("baseType") in _NUMBERS:
                decimals = len(right[0].partition(".")[2])
                return {"kind": "number", "right": right[0], "decimals": decimals}
            mapped = [each.attributes.get("mapKey", "") for each in _named(declared, "mapEntry")]
            return {"kind": "text", "right": list(dict.fromkeys([*right, *filter(None, mapped)]))}
        case "matchInteraction":
            return _pairs(interaction, right, language)
        case _:
            choices = list(_named(interaction, "simpleChoice"))
            rows = choices_of([_words(each) for each in choices], language)
            letters = _letters(choices, rows)
            is_order = interaction.name == "orderInteraction"
            is_one = declared.attributes.get("cardinality") == "single"
            kind = "order" if is_order else "one" if is_one else "several"
            return {"kind": kind, "choices": rows, "right": _spelled(right, letters)}


def _pairs(interaction: Node, right: list[str], language: str) -> dict[str, Any]:
    sets = list(_named(interaction, "simpleMatchSet"))
    if len(sets) != 2:  # noqa: PLR2004 - what is matched, and with what
        raise Unread(Why.UNREADABLE)
    firsts, seconds = (list(_named(each, "simpleAssociableChoice")) for each in sets)
    choices = choices_of([_words(each) for each in firsts], language)
    partners = choices_of([_words(each) for each in seconds], language)
    first, second = _letters(firsts, choices), _letters(seconds, partners)
    pairs = {}
    for each in right:
        one, _space, other = each.partition(" ")
        if one not in first or other not in second or first[one] in pairs:
            raise Unread(Why.KIND)  # one line that goes with several is no question of ours
        pairs[first[one]] = second[other]
    if len(pairs) != len(choices):
        raise Unread(Why.KIND)
    answer = "".join(pairs[each["code"]] for each in choices)
    return {"kind": "match", "choices": choices, "partners": partners, "right": answer}


def _declared(item: Node, interaction: Node) -> Node:
    name = interaction.attributes.get("responseIdentifier")
    for each in item.children:
        if each.name == "responseDeclaration" and each.attributes.get("identifier") == name:
            return each
    raise Unread(Why.UNREADABLE)


def _letters(nodes: list[Node], rows: list[dict[str, Any]]) -> dict[str, str]:
    pairs = zip(nodes, rows, strict=True)
    return {node.attributes.get("identifier", ""): row["code"] for node, row in pairs}


def _spelled(right: list[str], letters: dict[str, str]) -> str:
    if any(each not in letters for each in right):
        raise Unread(Why.UNREADABLE)
    return "".join(letters[each] for each in right)


def _asked(body: Node, interaction: Node) -> str:
    """Return the words of the body, and of the prompt; a text entry is a blank in them."""
    is_typed = interaction.name == "textEntryInteraction"
    said = _words(body, gap=interaction, shown=BLANK if is_typed else "")
    prompts = [_words(prompt) for prompt in _named(interaction, "prompt")]
    return " ".join(filter(None, [said, *prompts]))


def _words(node: Node, *, gap: Node | None = None, shown: str = "") -> str:
    """Return the words of an element, in their order; `gap` is an element that reads as `shown`."""
    found = []
    for each in node.pieces:
        if isinstance(each, str):
            found.append(each)
        elif each is gap:
            found.append(f" {shown} ")
        elif each.name not in _WORDS:
            raise Unread(Why.PICTURE)
        elif each.name not in _LEFT:
            found.append(_words(each, gap=gap, shown=shown) + (" " if each.name in BLOCKS else ""))
    return " ".join("".join(found).split())


def _first(node: Node, name: str) -> Node | None:
    return next(_named(node, name), None)


def _named(node: Node, name: str) -> Iterator[Node]:
    return (each for each in _all(node) if each.name == name)


def _all(node: Node) -> Iterator[Node]:
    yield node
    for each in node.children:
        yield from _all(each)
