"""What an import would find, without taking anything in."""

from collections.abc import Sequence

from balise.foundation.actors import Actor
from balise.hotline.reports import access
from balise.hotline.reports.queries.keys import import_keys, known_intake_keys
from balise.hotline.reports.rules.imports.lines import Understood


def known_count(*, lines: Sequence[Understood], file: str, seen_by: Actor) -> int:
    """Return how many lines of a file (its SHA-256, hexadecimal) were taken in before."""
    access.require(seen_by, access.IMPORT)
    return len(known_intake_keys(import_keys(file, [line.number for line in lines])))
