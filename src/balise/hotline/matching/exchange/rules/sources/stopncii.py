"""StopNCII's list of adults' intimate images: JSON pages by a token, changes by their time.

A page that is no JSON has no token either: the range goes on an hour after what was read last, and
the hour is asked for again later.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

from balise.foundation.strict_json import KeyTwice, loads
from balise.hotline.matching.exchange.rules.items import (
    LONGEST_REFERENCE,
    Access,
    Ask,
    Item,
    Page,
    PageUnreadable,
    Range,
    Vote,
    moment_of,
    stamp,
)
from balise.hotline.matching.signals.rules.kinds import (
    HashKind,
    Signal,
    Unreadable,
    read as read_hash,
)

_SIZE: Final = "1000"
_STEP: Final = timedelta(hours=1)
_KINDS: Final = {"ImagePDQ": HashKind.PDQ, "VideoMD5": HashKind.MD5}
_GONE: Final = frozenset({"Withdrawn", "Deleted"})
_TOKEN: Final = re.compile(rb'"nextPageToken"\s*:\s*"([A-Za-z0-9+/=_.-]{1,400})"')
_PATH: Final = "/FetchHashes"


class StopNcii:
    """StopNCII's list."""

    code = "stopncii"
    bank = "stopncii"
    name = "StopNCII"
    production = "https://api.stopncii.org/v1"
    is_bounded = False

    def begins(self, ranged: Range) -> Ask:
        since = str(int(moment_of(ranged.since).timestamp()))
        return Ask(_PATH, (("startTimestamp", since), ("pageSize", _SIZE)))

    def reads(self, octets: bytes, ask: Ask) -> Page:
        page = _object(octets)
        records = page.get("hashRecords")
        if not isinstance(records, list):
            raise PageUnreadable("no-records")
        items = [item for item in map(_item, records) if item is not None]
        token = page.get("nextPageToken")
        is_more = page.get("hasMoreRecords") is True
        if is_more and not (isinstance(token, str) and token):
            raise PageUnreadable("no-token")
        following = _after(ask, str(token)) if is_more else None
        return Page(tuple(items), _unread(records, items), following)

    def passes(self, octets: bytes, ask: Ask, ranged: Range, reached: int) -> Ask | None:
        """Pass by the token, where one can still be seen; else by an hour."""
        token = _TOKEN.search(octets)
        if token is not None and ("nextPageToken", token[1].decode()) not in ask.query:
            return _after(ask, token[1].decode())
        begun = int(dict(ask.query)["startTimestamp"])
        then = datetime.fromtimestamp(max(begun, reached), UTC) + _STEP
        if then >= moment_of(ranged.until):
            return None
        return self.begins(Range(stamp(then), ranged.until))

    def headers(self, access: Access) -> dict[str, str]:
        return {
            "x-functions-key": access.secret,
            "Ocp-Apim-Subscription-Key": access.user,
            "Accept": "application/json",
        }

    def user(self, access: Access) -> tuple[str, str] | None:  # noqa: ARG002 - keys are in headers
        return None

    def votes(self, reference: str, kind: HashKind, vote: Vote) -> Ask | None:  # noqa: ARG002
        called, _colon, value = reference.partition(":")
        said = "Blocked" if vote is Vote.AGREES else "NotBlocked"
        one = {"signalType": called, "hashValue": value, "feedbackValue": said, "tags": []}
        body = orjson.dumps({"count": 1, "hashFeedbacks": [one]})
        return Ask("/SubmitFeedback", method="POST", body=body, content_type="application/json")


def _object(octets: bytes) -> dict[str, Any]:
    try:
        page = loads(octets)
    except (orjson.JSONDecodeError, KeyTwice, UnicodeDecodeError):
        raise PageUnreadable("no-json") from None
    if not isinstance(page, dict):
        raise PageUnreadable("no-object")
    return page


def _item(record: Any) -> Item | None:
    """Return a record, or None: of a kind that we don't hold, or unreadable."""
    if not isinstance(record, dict):
        return None
    kind, text = record.get("signalType"), record.get("hashValue")
    known = _KINDS.get(kind) if isinstance(kind, str) else None
    changed, status = record.get("lastModtimestamp"), record.get("hashStatus")
    cases = record.get("caseNumbers")
    # An empty object is written as an empty list there.
    cases = {} if cases in (None, []) else cases
    if known is None or not isinstance(text, str) or not isinstance(cases, dict):
        return None
    if isinstance(changed, bool) or not isinstance(changed, int) or not isinstance(status, str):
        return None
    try:
        signal = Signal(known, read_hash(known, text))
    except Unreadable:
        return None
    reference = f"{kind}:{signal.value.hex()}"
    if len(reference) > LONGEST_REFERENCE:
        return None
    return Item(
        reference,
        (signal,),
        "positive",
        ("stopncii",),
        is_gone=status in _GONE,
        version=changed,
        origins=tuple(str(one).partition("-")[0] for one in cases),
    )


def _unread(records: list[Any], items: list[Item]) -> int:
    """Count what could not be read; a kind that we don't hold is not wrong."""
    others = sum(
        1
        for one in records
        if isinstance(one, dict)
        and isinstance(one.get("signalType"), str)
        and one["signalType"] not in _KINDS
    )
    return len(records) - len(items) - others


def _after(ask: Ask, token: str) -> Ask:
    return Ask(ask.path, tuple((dict(ask.query) | {"nextPageToken": token}).items()))
