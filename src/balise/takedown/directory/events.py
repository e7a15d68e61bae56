"""What happened in the directory."""

from uuid import UUID

from balise.foundation.journal.events import Event
from balise.takedown.directory.rules.contacts import ContactKind, OrganisationKind


class OrganisationAdded(Event):
    name = "takedown.organisation.added"

    kind: OrganisationKind


class OrganisationRevised(Event):
    """What is written about it was changed; from then on no pack changes it any more."""

    name = "takedown.organisation.revised"


class OrganisationConfirmed(Event):
    """Someone checked what is written about it, and it is still right."""

    name = "takedown.organisation.confirmed"


class ContactEvent(Event):
    """A fact about a contact; the subject is the contact."""

    organisation: UUID


class ContactProposed(ContactEvent):
    """Someone proposed a contact point of an organisation; nothing is sent there yet."""

    name = "takedown.contact.proposed"

    kind: ContactKind


class ContactRevised(ContactEvent):
    """Its terms were changed, never its address."""

    name = "takedown.contact.revised"


class ContactApproved(ContactEvent):
    """A second person checked it: notices may go there."""

    name = "takedown.contact.approved"

    kind: ContactKind


class ContactConfirmed(ContactEvent):
    """Someone looked, and an organisation can still be told there."""

    name = "takedown.contact.confirmed"


class ContactBlocked(ContactEvent):
    """Nothing is sent there any more."""

    name = "takedown.contact.blocked"
