"""A page written whole in the words of others, as the table says. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, register_namespace

from balise.awareness.publications.rules.metadata.lom import (
    LOMFR as ADDED,
    ORDER,
    Described,
    Node,
    Said,
    Word,
)
from balise.awareness.publications.rules.metadata.table import TABLE, Place
from balise.awareness.publications.rules.taxonomy import Facet

OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC: Final = "http://purl.org/dc/elements/1.1/"
LOM: Final = "http://ltsc.ieee.org/xsd/LOM"
LOMFR: Final = "http://www.lom-fr.fr/xsd/LOMFR"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
# Where each format is described. LOM's loose form allows LRMI's words.
DC_SCHEMA: Final = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
LOM_SCHEMA: Final = "http://ltsc.ieee.org/xsd/lomv1.0/lomLoose.xsd"
LOMFR_SCHEMA: Final = "http://lom-fr.fr/xsd/lomfrv1.0/std/lomfr.xsd"
# The columns of BIK's directory, as its pages show them; then four that help to sort.
BIK: Final = (
    "title", "country", "languages", "target_audience", "description", "link",
    "topic", "age", "licence", "date",
)  # fmt: skip
_NEWS: Final = "news"
_REPEATED: Final = frozenset({"relation", "classification"})
# What XML 1.0 cannot hold, however it is written.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for _prefix, _space in (
    ("oai_dc", OAI_DC),
    ("dc", DC),
    ("lom", LOM),
    ("lomfr", LOMFR),
    ("xsi", XSI),
):
    register_namespace(_prefix, _space)


def as_json_ld(page: Described, facets: Mapping[str, Facet]) -> dict[str, Any]:
    """Return a page as JSON-LD of schema.org; one of news is no LearningResource."""
    own = "NewsArticle" if page.kind == _NEWS else "LearningResource"
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": own, "@id": page.address}
    for row in TABLE:
        if row.theirs and (value := row.value(page, facets)):
            found[row.theirs] = value
    if own == "NewsArticle":
        found["headline"] = page.title
        for name in ("learningResourceType", "educationalLevel", "educationalAlignment"):
            found.pop(name, None)
    elif "lastReviewed" in found:  # schema.org has it for pages alone
        found["@type"] = [own, "WebPage"]
    return found


def as_dc(page: Described, facets: Mapping[str, Facet]) -> Element:
    """Return a page in the 15 elements of Dublin Core, as OAI-PMH has them."""
    root = _root(f"{{{OAI_DC}}}dc", OAI_DC, DC_SCHEMA)
    for place in (row.dc for row in TABLE if row.dc):
        for value in _several(place.value(page, facets)):
            SubElement(root, f"{{{DC}}}{place.name}").text = legal(value)
    return root


def as_lom(page: Described, facets: Mapping[str, Facet]) -> Element:
    """Return a page as LOM (IEEE 1484.12.3), its elements in the order of the standard."""
    return _lom(page, facets, [row.lom for row in TABLE if row.lom], LOM_SCHEMA)


def as_lomfr(page: Described, facets: Mapping[str, Facet]) -> Element:
    """Return a page as LOM with what LOMFR (NF Z76-040) adds, in LOMFR's words."""
    places = [place for row in TABLE for place in (row.lom, row.lomfr) if place]
    return _lom(page, facets, places, LOMFR_SCHEMA)


def _lom(
    page: Described, facets: Mapping[str, Facet], places: Sequence[Place], schema: str
) -> Element:
    root = _root(f"{{{LOM}}}lom", LOM, schema)
    for group, within in ORDER.items():
        if group in _REPEATED:
            for place in places:
                if place.name == group:
                    _add(root, group, place.value(page, facets), page.language)
            continue
        held = Element(f"{{{LOM}}}{group}")
        for name in within:
            for place in places:
                if place.name == f"{group}/{name}":
                    _add(held, name, place.value(page, facets), page.language)
        if len(held):
            root.append(held)
    return root


def as_bik(page: Described, facets: Mapping[str, Facet]) -> dict[str, str]:
    """Return a page as a line of BIK's directory; what has several values joins them by `|`."""
    found = {place.name: place.value(page, facets) for place in _bik()}
    return {name: "|".join(_several(found[name])) for name in BIK}


def legal(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NO_XML.sub("", text)


def _bik() -> Iterator[Place]:
    return (row.bik for row in TABLE if row.bik)


def _root(tag: str, space: str, schema: str) -> Element:
    return Element(tag, {f"{{{XSI}}}schemaLocation": f"{space} {schema}"})


def _several(value: Any) -> list[str]:
    return [each for each in ([value] if isinstance(value, str) else value) if each]


def _add(parent: Element, name: str, node: Node, language: str) -> None:
    """Add an element that holds a value; each of them, of a list; none for an empty one.

    What is within an element that LOMFR adds is LOMFR's too.
    """
    if isinstance(node, list):
        for each in node:
            _add(parent, name, each, language)
        return
    if not node:
        return
    space = LOMFR if name.startswith(ADDED) else LOM
    element = SubElement(parent, f"{{{space}}}{name.removeprefix(ADDED)}")
    match node:
        case str():
            element.text = legal(node)
        case Said(text):
            string = SubElement(element, f"{{{LOM}}}string", {"language": language})
            string.text = legal(text)
        case Word(value, source):
            SubElement(element, f"{{{space}}}source").text = source
            SubElement(element, f"{{{space}}}value").text = value
        case _:
            for within, held in node.items():
                _add(element, within, held, language)
