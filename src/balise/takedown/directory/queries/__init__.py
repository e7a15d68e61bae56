"""Whom to tell about an address (`choosing`), and what the directory holds (`looking`)."""

from balise.takedown.directory.queries.choosing import (
    channel_for as channel_for,
    contact as contact,
    contact_for as contact_for,
    domain_key as domain_key,
    ways_to as ways_to,
)
from balise.takedown.directory.queries.looking import (
    Filters as Filters,
    Kept as Kept,
    domain_count as domain_count,
    entries as entries,
    entry as entry,
    known_domains as known_domains,
    networks as networks,
    of_kind as of_kind,
    to_confirm as to_confirm,
)
