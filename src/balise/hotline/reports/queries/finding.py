"""Content that someone looks for: by its exact address, a short number, a host or a domain."""

import re
from collections.abc import Mapping

from balise.foundation.actors import Actor
from balise.hotline.reports import access
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.listing import Filters

_NUMBER = re.compile(r"[0-9a-f]{8}")


def sought(text: str, *, seen_by: Actor) -> Mapping[str, str]:
    """Return the parameters of the queue that list what is meant; {} where nothing is found.

    Nothing of the text stands in them but a number: an address leads to the number of its content,
    a host or a domain to its code. Nothing is opened nor written down.
    """
    found = numbered(text, seen_by=seen_by)
    if found:
        return found
    row = listing.by_address(text, seen_by=seen_by)
    return {"ref": row.id.hex[:8]} if row else of_host(text, seen_by=seen_by)


def numbered(text: str, *, seen_by: Actor) -> Mapping[str, str]:
    """Return the parameters that list content with a short number; {} where there is none."""
    access.require(seen_by, access.READ)
    number = text.strip().casefold()
    if not _NUMBER.fullmatch(number):
        return {}
    page = listing.queue(filters=Filters(reference=number), after=None, seen_by=seen_by)
    return {"ref": number} if page.rows else {}


def of_host(text: str, *, seen_by: Actor) -> Mapping[str, str]:
    """Return the parameters that list content of a host or domain; {} where there is none."""
    access.require(seen_by, access.READ)
    if "/" in text or not listing.count_of_host(text, seen_by=seen_by):
        return {}
    return {"of": listing.host_code(text), "state": "any"}
