"""What happened in the directory of hosts."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.journal.events import Event
from balise.takedown.directory.rules import ContactKind


@dataclass(frozen=True, kw_only=True)
class HostAdded(Event):
    name = "takedown.host.added"


@dataclass(frozen=True, kw_only=True)
class ContactProposed(Event):
    """Someone found where a host can be told; nothing is sent there yet."""

    name = "takedown.contact.proposed"

    host: UUID
    kind: ContactKind


@dataclass(frozen=True, kw_only=True)
class ContactApproved(Event):
    """A second person checked it: notices may go there."""

    name = "takedown.contact.approved"

    host: UUID
    kind: ContactKind


@dataclass(frozen=True, kw_only=True)
class ContactBlocked(Event):
    """Nothing is sent there any more."""

    name = "takedown.contact.blocked"

    host: UUID
