"""By what reports and contents are found again: blind indexes, equal within the hotline alone."""

from collections.abc import Iterable, Sequence
from itertools import batched
from uuid import UUID

from balise.foundation import rows
from balise.foundation.encryption.sealing import blind
from balise.hotline.reports.models import LINE, Report

LOOKED_UP_AT_ONCE = 500


def identity_key(identity: str) -> bytes:
    """Return the blind index (16 bytes) of what makes a place one content."""
    return blind(LINE, "identity", identity)


def import_keys(file: str, lines: Iterable[int]) -> list[bytes]:
    """Return what makes each line of a file (its SHA-256, hexadecimal) one report: 16 bytes.

    Ten are the file's blind index, six the line: lines of one file are neighbours in the index.
    """
    ours = blind(LINE, "import", file)[:10]
    return [ours + line.to_bytes(6) for line in lines]


def known_intake_keys(keys: Sequence[bytes]) -> dict[bytes, UUID]:
    """Return the reports that were taken in already, by intake key."""
    return {
        bytes(key): report_id
        for some in batched(keys, LOOKED_UP_AT_ONCE, strict=False)
        for key, report_id in rows.select(Report, ("intake_key", "id"), among=some)
    }
