"""What happened in the directory."""

from uuid import UUID

from balise.foundation.journal.events import Event
from balise.takedown.directory.rules.contacts import ContactKind, OrganisationKind


class OrganisationAdded(Event, name="takedown.organisation.added"):
    kind: OrganisationKind


class OrganisationRevised(Event, name="takedown.organisation.revised"):
    """What is written about it was changed; from then on no pack changes it any more."""


class OrganisationConfirmed(Event, name="takedown.organisation.confirmed"):
    """Someone checked what is written about it, and it is still right."""


class ContactEvent(Event):
    """A fact about a contact; the subject is the contact."""

    organisation: UUID


class ContactProposed(ContactEvent, name="takedown.contact.proposed"):
    """Someone proposed a contact point of an organisation; nothing is sent there yet."""

    kind: ContactKind


class ContactRevised(ContactEvent, name="takedown.contact.revised"):
    """Its terms were changed, never its address."""


class ContactApproved(ContactEvent, name="takedown.contact.approved"):
    """A second person checked it: notices may go there."""

    kind: ContactKind


class ContactConfirmed(ContactEvent, name="takedown.contact.confirmed"):
    """Someone looked, and an organisation can still be told there."""


class ContactBlocked(ContactEvent, name="takedown.contact.blocked"):
    """Nothing is sent there any more."""
