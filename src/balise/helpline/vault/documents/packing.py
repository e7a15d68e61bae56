"""A case's items as one dossier: the layout is the device's own (`rules/layout.py`)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from balise.foundation.encryption.timestamps import trusted_roots
from balise.helpline.vault import ports
from balise.helpline.vault.documents.dating import stamped_at
from balise.helpline.vault.documents.timeline import Heading, TimelineItem, timeline
from balise.helpline.vault.models import Share
from balise.helpline.vault.rules import chain, verdicts
from balise.helpline.vault.rules.items import WORDS, Item
from balise.helpline.vault.rules.verdicts import file_of

_SHIPPED = (verdicts.PAGE, *verdicts.READMES)


def paper_and_archive(
    told: Sequence[tuple[TimelineItem, bytes]], heading: Heading, *, roots: bytes
) -> tuple[bytes, bytes]:
    """Return the paper of items as PDF, and the dossier as ZIP, in which it is octet for octet.

    Each item comes with its timestamp (b"" without one). The log is the centre's own: it tells
    when each item came here.
    """
    log = [_entry(number, one) for number, (one, _stamp) in enumerate(told, 1)]
    manifest = {
        "v": 1,
        "made_by": "centre",
        "made_at": _utc(heading.made_at),
        "items": [_said(one, stamp) for one, stamp in told],
        "log": {"entries": len(log), "head": chain.head_of(log)},
    }
    paper = timeline([one for one, _stamp in told], heading)
    parts = {
        verdicts.MANIFEST: verdicts.manifest_bytes(manifest),
        verdicts.LOG: chain.written(log),
        verdicts.TIMELINE: paper,
        **{name: shipped(name) for name in _SHIPPED},
        **{one.file: one.item.original for one, _stamp in told if not one.is_withheld},
    }
    if roots:
        parts[verdicts.ROOTS] = roots
    for one, stamp in told:
        if stamp:
            answer, dated = verdicts.stamp_of(one.item.id)
            parts |= {answer: stamp, dated: bytes.fromhex(one.item.commitment)}
    return paper, verdicts.packed(parts)


def told_of(found: Sequence[tuple[Share, Item]]) -> list[tuple[TimelineItem, bytes]]:
    """Return opened items as a dossier tells them, each with its timestamp (b"" without one)."""
    roots = trusted_roots()
    told = []
    for number, (share, item) in enumerate(found, 1):
        stamp = bytes(share.stamp)
        at = stamped_at(stamp, bytes.fromhex(item.commitment), roots=roots)
        one = TimelineItem(
            item=item,
            file=file_of(number, item.id, item.type),
            received_at=share.received_at,
            stamped_at=at,
            is_withheld=item.kind not in WORDS and not ports.draw.is_plugged,
        )
        told.append((one, stamp if at else b""))
    return told


def shipped(name: str) -> bytes:
    """Return a file that is the same in each dossier."""
    return files("balise.helpline.vault").joinpath("static", "vault", name).read_bytes()


def _entry(number: int, one: TimelineItem) -> dict[str, object]:
    return {
        "at": _utc(one.received_at),
        "commitment": one.item.commitment,
        "item": one.item.id,
        "kind": "shared",
        "n": number,
    }


def _said(one: TimelineItem, stamp: bytes) -> dict[str, Any]:
    item = one.item
    said = {
        "id": item.id,
        "kind": item.kind.value,
        "name": item.name,
        "file": one.file,
        "type": item.type,
        "bytes": len(item.original),
        "sha256": item.sha256,
        "salt": item.salt,
        "commitment": item.commitment,
        "taken_at": item.taken_at,
        "happened_at": item.happened_at,
        "who": item.who,
        "what": item.what,
        "where": item.where,
        "parent": item.parent,
        "received_at": _utc(one.received_at),
        "stamp": verdicts.stamp_of(item.id)[0] if stamp else "",
    }
    return said | ({"withheld": True} if one.is_withheld else {})


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
