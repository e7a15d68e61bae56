"""What an item says of itself once it is opened: read strictly, and believed as little. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson
from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation import moments
from balise.foundation.refusals import Refused
from balise.foundation.strict_json import KeyTwice, loads

MOST_HEAD: Final = 64 * 1024  # bytes
MOST_SHOWN: Final = 20_000  # characters of a text
_LONGEST: Final = 4_000  # characters of a field
_LENGTH: Final = 4  # bytes that say how long the head is
_TEXTS: Final = (
    *("id", "kind", "name", "type", "sha256", "salt", "taken_at", "happened_at"),
    *("who", "what", "where", "parent"),
)
_CLOCKS_DIFFER: Final = timedelta(minutes=10)


class ItemKind(TextChoices):
    """What an item is."""

    SCREENSHOT = "screenshot", pgettext_lazy("vault", "Screenshot")
    PHOTO = "photo", pgettext_lazy("vault", "Photo")
    AUDIO = "audio", pgettext_lazy("vault", "Sound")
    VIDEO = "video", pgettext_lazy("vault", "Film")
    LINK = "link", pgettext_lazy("vault", "Link")
    TEXT = "text", pgettext_lazy("vault", "Text")
    CALL = "call", pgettext_lazy("vault", "Call")


WORDS: Final = frozenset({ItemKind.LINK, ItemKind.TEXT, ItemKind.CALL})
PICTURES: Final = frozenset({ItemKind.SCREENSHOT, ItemKind.PHOTO})


class ItemBroken(Refused, code="vault-item-broken"):
    """What was opened is not what an item is, or not the original that it names."""


@dataclass(frozen=True, slots=True)
class Item:
    """An opened item: what the device says of it, and the original, octet for octet."""

    id: str
    kind: ItemKind
    name: str
    type: str
    sha256: str
    salt: str
    taken_at: str
    happened_at: str
    who: str
    what: str
    where: str
    parent: str
    original: bytes

    @property
    def commitment(self) -> str:
        """What is timestamped: SHA-256 of the salt, then the original, as hexadecimal digits."""
        return commitment(self.salt, self.original)

    @property
    def words(self) -> str:
        """What is said in an item of words; "" for any other."""
        if self.kind not in WORDS:
            return ""
        return self.original.decode("utf-8", "replace")[:MOST_SHOWN]


def commitment(salt: str, original: bytes) -> str:
    """Return SHA-256 of a salt (hexadecimal digits), then the original; ValueError for no salt."""
    return sha256(bytes.fromhex(salt) + original).hexdigest()


def read_item(plain: bytes) -> Item:
    """Return what an item's plaintext holds; refuses (ItemBroken) what does not hold together.

    4 bytes, big-endian, say how long the head is; then the head as JSON; then the original.
    """
    end = _LENGTH + int.from_bytes(plain[:_LENGTH])
    if len(plain) < _LENGTH or not _LENGTH < end <= min(len(plain), MOST_HEAD):
        raise _broken()
    try:
        head: Any = loads(plain[_LENGTH:end])
    except (orjson.JSONDecodeError, KeyTwice, UnicodeDecodeError):
        raise _broken() from None
    original = plain[end:]
    if not isinstance(head, dict) or head.get("v") != 1 or head.get("bytes") != len(original):
        raise _broken()
    said = {name: _text(head.get(name)) for name in _TEXTS}
    if said["kind"] not in ItemKind or sha256(original).hexdigest() != said["sha256"]:
        raise _broken()
    item = Item(**(said | {"kind": ItemKind(said["kind"])}), original=original)  # type: ignore[arg-type]
    try:
        item.commitment  # noqa: B018 - whether the salt is one
    except ValueError:
        raise _broken() from None
    return item


def moment_of(text: str) -> datetime | None:
    """Return a moment that a device wrote (ISO 8601, UTC where it says nothing); None for none."""
    try:
        return moments.read(text, zone=UTC)
    except ValueError:
        return None


def clock_is_ahead(taken_at: datetime | None, *, known_at: datetime) -> bool:
    """Return whether a device says that an item is of after the moment at which it was here."""
    return taken_at is not None and taken_at > known_at + _CLOCKS_DIFFER


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _broken()
    return value


def _broken() -> ItemBroken:
    return ItemBroken(_("This item does not hold together: it was changed, or is not whole."))
