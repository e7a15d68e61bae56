"""NCMEC hash sharing, version 2, of the environment for non-profit organisations: XML.

Pages are not in the order of time, and their links are valid for some twelve hours; a page is
named by its `start` and `size`, so one that can't be read can be passed.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, quote

from balise.foundation.strict_xml import Node, XmlUnreadable, read
from balise.foundation.url import split_url
from balise.hotline.matching.exchange.rules.items import (
    LONGEST_REFERENCE,
    Access,
    Ask,
    Item,
    Page,
    PageUnreadable,
    Range,
    Vote,
)
from balise.hotline.matching.signals.rules.kinds import (
    HashKind,
    Signal,
    Unreadable,
    read as read_hash,
)

_NAMESPACE: Final = "https://hashsharing.ncmec.org/hashsharing/v2"
_SIZE: Final = 1_000
_FURTHEST: Final = 10_000_000  # entries of a range: a link beyond leads nowhere
_ENTRIES: Final = {"image": False, "video": False, "deletedImage": True, "deletedVideo": True}
_KINDS: Final = {
    "md5": HashKind.MD5,
    "sha1": HashKind.SHA1,
    "sha256": HashKind.SHA256,
    "pdq": HashKind.PDQ,
}
_PATH: Final = "/v2/entries"
_ASKED: Final = frozenset({"from", "to", "start", "size", "max", "status", "type"})


class Ncmec:
    """NCMEC's lists."""

    code = "ncmec"
    bank = "ncmec"
    name = "NCMEC"
    production = "https://hashsharing.ncmec.org/npo"
    is_bounded = True

    def begins(self, ranged: Range) -> Ask:
        return _ask(ranged.since, ranged.until, 0)

    def reads(self, octets: bytes, ask: Ask) -> Page:
        try:
            root = read(octets)
        except XmlUnreadable:
            raise PageUnreadable("no-xml") from None
        if _plain(root) != "queryResult":
            raise PageUnreadable("no-result")
        nodes = list(_entries(root))
        items = [item for item in map(_item, nodes) if item is not None]
        return Page(tuple(items), len(nodes) - len(items), _following(root, ask))

    def passes(self, octets: bytes, ask: Ask, ranged: Range, reached: int) -> Ask | None:  # noqa: ARG002
        """Pass to the page after, for pages are counted: one beyond the end is empty."""
        query = dict(ask.query)
        size = _number(query.get("size", ""), _SIZE)
        start = _number(query.get("start", ""), 0) + size
        if start >= min(_number(query.get("max", ""), _FURTHEST), _FURTHEST):
            return None
        return Ask(ask.path, tuple((query | {"start": str(start), "size": str(size)}).items()))

    def headers(self, access: Access) -> dict[str, str]:  # noqa: ARG002 - as all sources
        return {"Accept": "application/xml"}

    def user(self, access: Access) -> tuple[str, str] | None:
        return access.user, access.secret

    def votes(self, reference: str, kind: HashKind, vote: Vote) -> Ask | None:
        """Return the feedback: affirmative, or negative without a reason, for we give none away."""
        member, _slash, entry = reference.partition("/")
        said = "affirmative" if vote is Vote.AGREES else "negative"
        body = f'<feedbackSubmission xmlns="{_NAMESPACE}"><{said}/></feedbackSubmission>'
        named = "/".join(quote(part, safe="") for part in (member, entry, kind.upper()))
        path = f"{_PATH}/{named}/feedback"
        return Ask(path, method="PUT", body=body.encode(), content_type="application/xml")


def _ask(since: str, until: str, start: int) -> Ask:
    query = (("from", since), ("to", until), ("start", str(start)), ("size", str(_SIZE)))
    return Ask(_PATH, query)


def _entries(root: Node) -> Iterator[Node]:
    for group in root.children:
        if _plain(group) in {"images", "videos"}:
            yield from (one for one in group.children if _plain(one) in _ENTRIES)


def _item(node: Node) -> Item | None:
    """Return an entry, or None for one that can't be read. One of other kinds has no signal."""
    found = {_plain(one): one for one in node.children}
    member = found["member"].attributes.get("id", "") if "member" in found else ""
    own_id = found["id"].text.strip() if "id" in found else ""
    reference = f"{member}/{own_id}"
    if not member or not own_id or len(reference) > LONGEST_REFERENCE:
        return None
    if _ENTRIES[_plain(node)]:
        return Item(reference, is_gone=True, origins=(member,))
    try:
        signals = tuple(_signals(found["fingerprints"])) if "fingerprints" in found else ()
    except Unreadable:
        return None
    label = found["classification"].text.strip() if "classification" in found else ""
    labels = (f"ncmec:{label.lower()}",) if label.isalnum() else ()
    return Item(reference, signals, "positive", labels, origins=(member,))


def _signals(fingerprints: Node) -> Iterator[Signal]:
    for one in fingerprints.children:
        kind = _KINDS.get(_plain(one).lower())
        if kind is not None and one.text.strip():
            yield Signal(kind, read_hash(kind, one.text.strip()))


def _following(root: Node, ask: Ask) -> Ask | None:
    """Return the next page of a link. Only its query counts: a link leads nowhere else."""
    for paging in root.children:
        if _plain(paging) == "paging":
            texts = [one.text for one in paging.children if _plain(one) == "next"]
            link = (texts[0] if texts else paging.attributes.get("next", "")).strip()
            if link:
                pairs = parse_qsl(split_url(link).query or link)
                given = {name: value for name, value in pairs if name in _ASKED}
                return Ask(ask.path, tuple((dict(ask.query) | given).items()))
    return None


def _plain(node: Node) -> str:
    return node.name.rpartition(":")[2]


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else otherwise
