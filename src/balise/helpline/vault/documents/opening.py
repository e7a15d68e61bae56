"""A shared item in the open: decrypted in memory, and nowhere else."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from balise.foundation.encryption import age
from balise.foundation.encryption.envelope import SealBroken
from balise.foundation.encryption.sealing import key_of_line
from balise.helpline.vault import queries
from balise.helpline.vault.models import IDENTITY, LINE, CaseKey, Share
from balise.helpline.vault.rules.items import Item, ItemBroken, read_item


def identity_of(key: CaseKey) -> str:
    """Return a case's age identity, for a process that holds the line's key.

    Raises KeyForgotten once the case was erased.
    """
    opened = key_of_line(LINE, key.case).open(bytes(key.sealed), where=IDENTITY, row=key.id)
    return str(opened["identity"])


def opened(share: Share, *, identity: str) -> Item:
    """Return an item in the open; refuses (ItemBroken) one that was cut, moved, doubled, changed.

    How much it may be was settled when it was taken in (`rules/bounds.py`).
    """
    try:
        plain = age.open_sealed(bytes(share.header) + queries.whole_of(share), identity=identity)
    except SealBroken:
        raise ItemBroken(
            _("This item does not open: it was changed, or encrypted to another key.")
        ) from None
    return read_item(plain)


def all_opened(rows: Sequence[Share], key: CaseKey | None) -> list[tuple[Share, Item]]:
    """Return shares in the open; those that do not open are left out."""
    if key is None or not rows:
        return []
    identity, found = identity_of(key), []
    for share in rows:
        try:
            found.append((share, opened(share, identity=identity)))
        except ItemBroken:
            continue
    return found
