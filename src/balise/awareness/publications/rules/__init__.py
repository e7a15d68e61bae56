"""What may be done to pages and files, of which kinds a file may be, what an address is. Pure."""

from collections.abc import Iterable
from typing import Final

# In Wagtail's words.
WRITER: Final = frozenset({"add", "change", "choose"})
PUBLISHER: Final = frozenset({"publish", "lock", "unlock", "delete", "bulk_delete"})

# What a text may be made of: no raw HTML, no picture of another place, nothing embedded.
BODY: Final = ("h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link")

# The sizes of a picture, in points of width: all are made before a page is public.
PICTURE_WIDTH: Final = 960
PICTURE_WIDTHS: Final = (480, PICTURE_WIDTH, 1_440)
_SIZE: Final = "width-"
PICTURE_SIZE: Final = f"{_SIZE}{PICTURE_WIDTH}"

# Wagtail's actions that a centre wants to find in its journal, in our words.
PUBLISHED: Final = frozenset({"wagtail.publish", "wagtail.publish.scheduled"})
SCHEDULED: Final = frozenset({"wagtail.publish.schedule"})
DELETED: Final = "wagtail.delete"
UNPUBLISHED: Final = frozenset({"wagtail.unpublish", "wagtail.unpublish.scheduled", DELETED})


def size_of(width: int) -> str:
    """Return how Wagtail calls a width."""
    return f"{_SIZE}{width}"


def width_of(size: str) -> int:
    """Return the width that a size asks for; 0 for a size of another kind."""
    rest = size.removeprefix(_SIZE)
    return int(rest) if rest != size and rest.isdigit() else 0


def verbs(*, writes: bool, publishes: bool) -> frozenset[str]:
    """Return what Wagtail may let someone do with pages and files; nothing without writing."""
    if not writes:
        return frozenset()
    return WRITER | PUBLISHER if publishes else WRITER


def is_open(name: str, *, folders: Iterable[str]) -> bool:
    """Return whether a stored file is one that everyone may have, by the folder of its name."""
    folder, _, rest = name.partition("/")
    return folder in folders and bool(rest) and ".." not in name.split("/")
