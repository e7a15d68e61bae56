"""What the watch knows, and what is due for a look."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keys_of_line
from balise.takedown.watch import access
from balise.takedown.watch.models import Watched

SEALED = "takedown_watch.watched.sealed"


def of(*, line: str, subjects: Iterable[UUID], seen_by: Actor) -> dict[UUID, Watched]:
    """Return what is known of each content that is watched, by content; no address is opened."""
    access.require(seen_by, access.READ, line=line)
    found = Watched.objects.filter(line=line, subject__in=list(subjects))
    return {watched.subject: watched for watched in found}


def is_due(at: datetime | None = None) -> bool:
    """Return whether anything waits for a look."""
    return Watched.objects.filter(next_check_at__lte=at or now()).exists()


def addresses(found: Sequence[Watched]) -> dict[UUID, str]:
    """Return the addresses of watched contents by their row's id, for the worker that looks.

    Needs the private keys of their lines. What was erased meanwhile is left out.
    """
    opened: dict[UUID, str] = {}
    for line in sorted({watched.line for watched in found}):
        of_line = [watched for watched in found if watched.line == line]
        keys = keys_of_line(line, [watched.id for watched in of_line])
        for watched in of_line:
            key = keys.get(watched.id)
            if key is not None:
                payload = key.open(watched.sealed, where=SEALED, row=watched.id)
                opened[watched.id] = payload["address"]
    return opened
