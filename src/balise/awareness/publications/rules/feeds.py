"""Read an answer of OAI-PMH 2.0 that strangers wrote; for a child with limits.

Of a record's words, Dublin Core (oai_dc) and LOM are read. Prefixes of XML are not looked at.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from balise.foundation.limited.child import CannotWork
from balise.foundation.strict_xml import Node, XmlUnreadable, read

# What others say of a resource, in their own words: what a feed or a page was read into.
#
# Pure, and known by a child with limits: it reads no taxonomy.


LONGEST: Final = 5_000  # characters of a text
MOST: Final = 60  # values of a field


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignResource:
    """A resource as others told it; a word that they did not say is empty.

    `credits` are names by our roles; `rights` are addresses or words of a licence; `dates` are
    `published` and `reviewed`, as written.
    """

    title: str = ""
    summary: str = ""
    address: str = ""
    language: str = ""
    publisher: str = ""
    kinds: Sequence[str] = ()
    subjects: Sequence[str] = ()
    roles: Sequence[str] = ()
    ages: str = ""
    levels: Sequence[str] = ()
    competences: Sequence[str] = ()
    features: Sequence[str] = ()
    duration: str = ""
    rights: Sequence[str] = ()
    credits: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    paper: str = ""
    paper_bytes: int = 0
    translations: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[tuple[str, str]] = ()  # title, address


def short(text: str) -> str:
    """Return a text on one line, cut where it is longer than any that we keep."""
    return " ".join(text[: 2 * LONGEST].split())[:LONGEST]


_LISTS: Final = frozenset({"ListRecords", "ListIdentifiers", "GetRecord"})
_STAMP: Final = len("2026-11-28T03:00:00Z")
_ROLES: Final = {"author": "produced_by", "unknown": "made_with"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of a feed; `told` is None for a deleted one and for words that are not read."""

    identifier: str
    changed: str = ""
    is_deleted: bool = False
    told: ForeignResource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a feed answered: its records, its formats, how it goes on, and its error."""

    records: tuple[Record, ...] = ()
    formats: tuple[str, ...] = ()
    token: str = ""
    error: str = ""


def parse(octets: bytes) -> bytes:
    """Return what an answer says, as JSON. Refuses what is no XML of the protocol."""
    try:
        root = read(octets)
    except XmlUnreadable as fault:
        is_type = "document type" in str(fault)
        raise CannotWork("document-type-refused" if is_type else "not-xml") from None
    if _name(root) != "OAI-PMH":
        raise CannotWork("not-oai-pmh")
    return json.dumps(asdict(_answer(root))).encode()


def read_answer(octets: bytes) -> Answer:
    """Return what `parse` wrote."""
    said = json.loads(octets)
    records = tuple(
        Record(**{**each, "told": ForeignResource(**each["told"]) if each["told"] else None})
        for each in said["records"]
    )
    return Answer(**{**said, "records": records, "formats": tuple(said["formats"])})


def _answer(root: Node) -> Answer:
    token = next((_text(one) for one in _all(root, "resumptionToken")), "")
    error = next((one.attributes.get("code", "error") for one in _children(root, "error")), "")
    return Answer(
        records=tuple(map(_record, _records(root))),
        formats=tuple(_text(one) for one in _all(root, "metadataPrefix")),
        token=token,
        error=short(error),
    )


def _records(root: Node) -> Iterator[Node]:
    for listed in root.children:
        if _name(listed) in _LISTS:
            yield from _children(listed, "record")


def _record(record: Node) -> Record:
    header = next(iter(_children(record, "header")), Node("header", 0))
    told = None
    for metadata in _children(record, "metadata"):
        for words in metadata.children[:1]:
            told = {"dc": _of_dc, "lom": _of_lom}.get(_name(words), _of_nothing)(words)
    return Record(
        identifier=_first(header, "identifier"),
        changed=_first(header, "datestamp")[:_STAMP],
        is_deleted=header.attributes.get("status") == "deleted",
        told=told,
    )


def _of_nothing(_words: Node) -> None:
    return None


def _of_dc(words: Node) -> ForeignResource:
    def said(name: str) -> list[str]:
        return _texts(_children(words, name))

    addresses = [each for each in said("identifier") if each.startswith(("http:", "https:"))]
    return ForeignResource(
        title=_one(said("title")),
        summary=_one(said("description")),
        address=_one(addresses),
        language=_one(said("language")),
        publisher=_one(said("publisher")),
        kinds=said("type"),
        subjects=said("subject"),
        rights=said("rights"),
        credits=_named(
            {"produced_by": said("creator"), "made_with": said("contributor")},
        ),
        dates={"published": _one(said("date"))},
    )


def _of_lom(words: Node) -> ForeignResource:
    def at(*path: str) -> list[Node]:
        found = [words]
        for name in path:
            found = [child for node in found for child in _children(node, name)]
        return found

    by_purpose = {
        purpose: _texts(
            taxon
            for group in at("classification")
            if purpose in _texts(v for p in _children(group, "purpose") for v in _all(p, "value"))
            for path in _children(group, "taxonPath")
            for taxon in _last_taxons(path)
        )
        for purpose in ("discipline", "educational level", "competency")
    }
    people: dict[str, list[str]] = {"publisher": []}
    dates: dict[str, str] = {}
    for one in at("lifeCycle", "contribute"):
        role = _one(_texts(v for r in _children(one, "role") for v in _all(r, "value")))
        people.setdefault(role, []).extend(_card(e) for e in _children(one, "entity"))
        if when := _one(_texts(_all(one, "dateTime"))):
            dates[role] = when
    locations = _texts(at("technical", "location"))
    entries = [
        entry
        for entry in _texts(at("general", "identifier", "entry"))
        if entry.startswith(("http:", "https:"))
    ]
    return ForeignResource(
        title=_one(_strings(at("general", "title"))),
        summary=_one(_strings(at("general", "description"))),
        address=_one([*locations, *entries]),
        language=_one(_texts(at("general", "language"))),
        publisher=_one(people["publisher"]),
        kinds=_texts(at("educational", "learningResourceType", "value")),
        subjects=[*by_purpose["discipline"], *_strings(at("general", "keyword"))][:MOST],
        roles=_texts(at("educational", "intendedEndUserRole", "value")),
        ages=_one(_strings(at("educational", "typicalAgeRange"))),
        levels=by_purpose["educational level"],
        competences=by_purpose["competency"],
        duration=_one(_texts(at("educational", "typicalLearningTime", "duration"))),
        rights=_strings(at("rights", "description")),
        credits=_named({ours: people.get(theirs, []) for theirs, ours in _ROLES.items()}),
        dates={"published": dates.get("publisher", ""), "reviewed": dates.get("validator", "")},
    )


def _last_taxons(path: Node) -> list[Node]:
    """Return the most exact taxon's entry of a path."""
    taxons = _children(path, "taxon")
    return [s for e in (_children(taxons[-1], "entry") if taxons else ()) for s in _said(e)]


def _card(entity: Node) -> str:
    """Return the name on a vCard; what is no card is a name."""
    text = entity.text[:LONGEST].strip()
    if not text.upper().startswith("BEGIN:VCARD"):
        return short(text)
    lines = dict(line.partition(":")[::2] for line in text.splitlines())
    found = lines.get("FN") or lines.get("ORG") or ""
    return short(found.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\"))


def _named(people: dict[str, list[str]]) -> dict[str, str]:
    return {role: ", ".join(filter(None, names[:MOST])) for role, names in people.items() if names}


def _name(node: Node) -> str:
    return node.name.rpartition(":")[2]


def _children(node: Node, name: str) -> list[Node]:
    return [child for child in node.children if _name(child) == name]


def _all(node: Node, name: str) -> Iterator[Node]:
    for child in node.children:
        if _name(child) == name:
            yield child
        else:
            yield from _all(child, name)


def _said(node: Node) -> list[Node]:
    """Return the texts of a LangString, or itself where it has none."""
    return _children(node, "string") or [node]


def _strings(nodes: list[Node]) -> list[str]:
    return _texts(text for node in nodes for text in _said(node))


def _texts(nodes: "Iterator[Node] | list[Node]") -> list[str]:
    found = (_text(node) for node in nodes)
    return [text for text in found if text][:MOST]


def _text(node: Node) -> str:
    return short(node.text)


def _first(node: Node, name: str) -> str:
    return _one(_texts(_children(node, name)))


def _one(texts: list[str]) -> str:
    return texts[0] if texts else ""
