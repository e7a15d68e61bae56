"""The log of a vault: each entry holds the one before by SHA-256. Pure.

`static/vault/chain.js` computes the same on the device; both are tested on one file of vectors.
H(0) = SHA-256(""), H(n) = SHA-256(H(n-1) || entry); an entry is JSON with its keys sorted, without
spaces, in UTF-8.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

import orjson

KINDS: Final = ("added", "redacted", "stamped", "shared", "revoked", "deleted", "exported")
# Kinds under which an item is there.
BEGINS: Final = frozenset({"added", "redacted", "shared"})
START: Final = sha256(b"").hexdigest()

_KEYS: Final = {"at", "commitment", "item", "kind", "n"}

type Entry = Mapping[str, object]


class ChainBroken(ValueError):
    """A log is not what a chain is: the message says where."""


def entry_bytes(entry: Entry) -> bytes:
    """Return an entry as it is hashed; refuses (ChainBroken) what is none."""
    texts = (entry.get(key) for key in ("at", "commitment", "item"))
    is_one = entry.keys() == _KEYS and entry["kind"] in KINDS and isinstance(entry["n"], int)
    if not is_one or not all(isinstance(text, str) for text in texts):
        raise ChainBroken("an entry has other fields than a log's")
    return orjson.dumps(dict(entry), option=orjson.OPT_SORT_KEYS)


def following(before: str, entry: Entry) -> str:
    """Return H(n) as hexadecimal digits, from H(n-1) and the entry."""
    return sha256(bytes.fromhex(before) + entry_bytes(entry)).hexdigest()


def head_of(entries: Iterable[Entry]) -> str:
    """Return the last H of entries; refuses (ChainBroken) a number missing, doubled or moved."""
    head = START
    for number, entry in enumerate(entries, 1):
        if entry.get("n") != number:
            raise ChainBroken(f"entry {number} has another number")
        head = following(head, entry)
    return head


def written(entries: Iterable[Entry]) -> bytes:
    """Return a log as a file: one entry a line."""
    return b"".join(entry_bytes(entry) + b"\n" for entry in entries)


def read(log: bytes) -> list[dict[str, object]]:
    """Return the entries of a file; refuses (ChainBroken) a line that is not in its one form."""
    entries: list[dict[str, object]] = []
    for number, line in enumerate(log.splitlines(), 1):
        try:
            entry = orjson.loads(line)
        except orjson.JSONDecodeError:
            raise ChainBroken(f"line {number} is no entry") from None
        if not isinstance(entry, dict) or entry_bytes(entry) != line:
            raise ChainBroken(f"line {number} is not in its form")
        entries.append(entry)
    return entries
