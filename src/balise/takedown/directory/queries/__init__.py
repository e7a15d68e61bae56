"""Whom to tell about an address (`choosing`), and what the directory holds (`looking`)."""

from balise.takedown.directory.queries.choosing import (
    Choice,
    channel_for,
    contact,
    contact_for,
    domain_key,
    ways_to,
)
from balise.takedown.directory.queries.looking import (
    Filters,
    Kept,
    domain_count,
    entries,
    entry,
    known_domains,
    networks,
    of_kind,
    to_confirm,
)

__all__ = [
    "Choice",
    "Filters",
    "Kept",
    "channel_for",
    "contact",
    "contact_for",
    "domain_count",
    "domain_key",
    "entries",
    "entry",
    "known_domains",
    "networks",
    "of_kind",
    "to_confirm",
    "ways_to",
]
