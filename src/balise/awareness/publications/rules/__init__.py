"""What may be done to pages and files, of which kinds a file may be, what an address is. Pure."""

from collections.abc import Iterable
from typing import Final

# In Wagtail's words.
WRITER: Final = frozenset({"add", "change", "choose"})
PUBLISHER: Final = frozenset({"publish", "lock", "unlock", "delete", "bulk_delete"})

# What a text may be made of: no raw HTML, no picture of another place, nothing embedded.
BODY: Final = ("h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link")

PICTURE_WIDTH: Final = 960  # pixels
PICTURE_SIZE: Final = f"width-{PICTURE_WIDTH}"

# Wagtail's actions that a centre wants to find in its journal, in our words.
PUBLISHED: Final = frozenset({"wagtail.publish", "wagtail.publish.scheduled"})
SCHEDULED: Final = frozenset({"wagtail.publish.schedule"})
UNPUBLISHED: Final = frozenset(
    {"wagtail.unpublish", "wagtail.unpublish.scheduled", "wagtail.delete"}
)
# Ours, in its log: due at its minute, and not ready.
HELD: Final = "balise.publish.held"


def verbs(*, writes: bool, publishes: bool) -> frozenset[str]:
    """Return what Wagtail may let someone do with pages and files; nothing without writing."""
    if not writes:
        return frozenset()
    return WRITER | PUBLISHER if publishes else WRITER


def is_open(name: str, *, folders: Iterable[str]) -> bool:
    """Return whether a stored file is one that everyone may have, by the folder of its name."""
    folder, _, rest = name.partition("/")
    return folder in folders and bool(rest) and ".." not in name.split("/")
