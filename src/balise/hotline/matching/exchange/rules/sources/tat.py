"""Tech Against Terrorism's list: JSON pages by a link, entries that say when they changed."""

from datetime import UTC
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from balise.foundation import moments
from balise.foundation.strict_json import KeyTwice, loads
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

_SIZE: Final = 1_000
_KINDS: Final = {
    "pdq": HashKind.PDQ,
    "md5": HashKind.MD5,
    "sha1": HashKind.SHA1,
    "sha256": HashKind.SHA256,
}
_PATH: Final = "/api/hash-list/v2/all"
_ASKED: Final = frozenset({"page", "page_size", "checkpoint", "cursor", "offset", "limit"})
_MOST_PAGES: Final = 10_000


class TechAgainstTerrorism:
    """Tech Against Terrorism's list."""

    code = "tat"
    bank = "tat"
    name = "Tech Against Terrorism"
    production = "https://app.terrorismanalytics.org"
    is_bounded = False

    def begins(self, ranged: Range) -> Ask:
        return Ask(_PATH, (("checkpoint", ranged.since), ("page", "1"), ("page_size", str(_SIZE))))

    def reads(self, octets: bytes, ask: Ask) -> Page:
        try:
            page = loads(octets)
        except (orjson.JSONDecodeError, KeyTwice, UnicodeDecodeError):
            raise PageUnreadable("no-json") from None
        results = page.get("results") if isinstance(page, dict) else None
        if not isinstance(results, list):
            raise PageUnreadable("no-results")
        items = [item for item in map(_item, results) if item is not None]
        return Page(tuple(items), len(results) - len(items), _following(page.get("next"), ask))

    def passes(self, octets: bytes, ask: Ask, ranged: Range, reached: int) -> Ask | None:  # noqa: ARG002
        """Pass to the next number: a page beyond the last is empty, or not there."""
        query = dict(ask.query)
        number = query.get("page", "")
        if not number.isdigit() or int(number) >= _MOST_PAGES:
            return None
        return Ask(ask.path, tuple((query | {"page": str(int(number) + 1)}).items()))

    def headers(self, access: Access) -> dict[str, str]:
        held = {"Authorization": f"Token {access.secret}"} if access.secret else {}
        return {"Accept": "application/json", **held}

    def user(self, access: Access) -> tuple[str, str] | None:  # noqa: ARG002 - a token stands for it
        return None

    def votes(self, reference: str, kind: HashKind, vote: Vote) -> Ask | None:  # noqa: ARG002
        return None  # it hears none


def _item(result: Any) -> Item | None:
    if not isinstance(result, dict):
        return None
    number, text, algorithm = (result.get(name) for name in ("id", "hash_digest", "algorithm"))
    reference = str(number) if isinstance(number, int | str) else ""
    kind = _KINDS.get(algorithm.lower()) if isinstance(algorithm, str) else None
    if not reference or len(reference) > LONGEST_REFERENCE:
        return None
    try:
        version = int(moments.read(result.get("updated_on"), zone=UTC).timestamp())
        signals = (Signal(kind, read_hash(kind, str(text))),) if kind else ()
    except (ValueError, OverflowError, Unreadable):
        return None
    if result.get("deleted") is True:
        return Item(reference, is_gone=True, version=version)
    ideology = result.get("ideology")
    labels = (f"tat:{ideology}",) if ideology in {"islamist", "far-right"} else ()
    return Item(reference, signals, "positive", labels, version=version)


def _following(link: object, ask: Ask) -> Ask | None:
    """Return the next page of a link. Only its query counts: a link leads nowhere else."""
    if not isinstance(link, str) or not link:
        return None
    given = {name: value for name, value in parse_qsl(split_url(link).query) if name in _ASKED}
    return Ask(ask.path, tuple((dict(ask.query) | given).items()))
