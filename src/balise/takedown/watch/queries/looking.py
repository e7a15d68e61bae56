"""What is known of a content, and the addresses for the worker that looks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import JSON, blind, keys_of_line
from balise.takedown.watch import access
from balise.takedown.watch.models import Watched
from balise.takedown.watch.rules.schedule import WatchState
from balise.takedown.watch.rules.verdicts import Seen

SEALED = "takedown_watch.watched.sealed"
_LINE = "takedown"  # sites are the same for all lines: politeness is towards the host
MOST_SIGHTINGS = 50


@dataclass(frozen=True, slots=True)
class Address:
    """Where a content is: its address, where its site has always led to, where it leads now."""

    address: str
    usual: str = ""
    moved_to: str = ""

    def payload(self) -> dict[str, JSON]:
        """Return what is sealed."""
        fields: dict[str, JSON] = {"address": self.address}
        if self.usual:
            fields["usual"] = self.usual
        if self.moved_to:
            fields["moved_to"] = self.moved_to
        return fields


@dataclass(frozen=True, slots=True)
class Run:
    """Looks in a row that saw the same."""

    seen: Seen
    http_status: int | None
    since: datetime
    until: datetime
    looks: int


@dataclass(frozen=True, slots=True)
class History:
    """What the watch knows of one content: its row, and its runs of looks, the last first."""

    watched: Watched
    runs: tuple[Run, ...]


def site_key(host: str) -> bytes:
    """Return the blind index of a host name, alike for every line."""
    return blind(_LINE, "watch.site", host)


def of(*, line: str, subjects: Iterable[UUID], seen_by: Actor) -> dict[UUID, Watched]:
    """Return what is known of each content that is watched, by content; no address is opened."""
    access.require(seen_by, access.READ, line=line)
    found = Watched.objects.filter(line=line, subject__in=list(subjects))
    return {watched.subject: watched for watched in found}


def states_of(subjects: Collection[UUID]) -> dict[tuple[str, UUID], WatchState]:
    """Return what is known of these contents, by line and content; nothing of one not watched."""
    found = Watched.objects.filter(subject__in=subjects)
    rows = found.values_list("line", "subject", "state")
    return {(line, subject): WatchState(state) for line, subject, state in rows}


def history(*, line: str, subject: UUID, seen_by: Actor) -> History | None:
    """Return what was seen of one content, or None if it is not monitored (any more)."""
    access.require(seen_by, access.READ, line=line)
    watched = Watched.objects.filter(line=line, subject=subject).first()
    if watched is None:
        return None
    runs = [
        Run(each.was_seen, each.http_status, each.since, each.until, each.looks)
        for each in watched.sightings.order_by("-since", "-id")[:MOST_SIGHTINGS]
    ]
    if watched.seen_since is not None and watched.checked_at is not None:
        last = (watched.was_seen, watched.http_status, watched.seen_since, watched.checked_at)
        runs.insert(0, Run(*last, watched.seen_looks))
    return History(watched, tuple(runs))


def last_online(*, line: str, subject: UUID, seen_by: Actor) -> datetime | None:
    """Return when a look last found a content online; None if none ever did."""
    found = history(line=line, subject=subject, seen_by=seen_by)
    runs = found.runs if found is not None else ()
    return next((run.until for run in runs if run.seen is Seen.ONLINE), None)


def addresses(found: Sequence[Watched]) -> dict[UUID, Address]:
    """Return the addresses of watched contents by their row's id, for the worker that looks.

    Needs the private keys of their lines. What was erased meanwhile is left out.
    """
    opened: dict[UUID, Address] = {}
    for line in sorted({watched.line for watched in found}):
        of_line = [watched for watched in found if watched.line == line]
        keys = keys_of_line(line, [watched.id for watched in of_line])
        for watched in of_line:
            key = keys.get(watched.id)
            if key is not None:
                payload = key.open(watched.sealed, where=SEALED, row=watched.id)
                opened[watched.id] = Address(
                    payload["address"], payload.get("usual", ""), payload.get("moved_to", "")
                )
    return opened
