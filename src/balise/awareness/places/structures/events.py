"""What happened to structures. The subject is the structure; no event names or places anybody."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class StructureRegistered(Event, name="awareness.structure.registered"):
    """A structure joined the network."""

    kind: Code
    zone: Code  # "metro", "drom", "com", "abroad"
    area: Code  # of the country; empty abroad


class StructureChanged(Event, name="awareness.structure.changed"):
    """What is said of a structure changed."""


class ConventionSigned(Event, name="awareness.structure.convention-signed"):
    """A convention was signed, the first or a renewal."""

    signed_on: date
    until: date


class StructureAttested(Event, name="awareness.structure.attested"):
    """The date of its attestation of honourability was written down, or taken away."""


class CodeRenewed(Event, name="awareness.structure.code-renewed"):
    """Its secret code is another; the one before opens nothing."""


class ContactsChanged(Event, name="awareness.structure.contacts-changed"):
    """Who answers for it is another person."""


class ContactsOpened(Event, name="awareness.structure.contacts-opened"):
    """Someone saw who answers for it, and its code."""


class StructureConfirmed(Event, name="awareness.structure.confirmed"):
    """Someone said that what is known of it is still right."""


class CorrectionSent(Event, name="awareness.structure.correction-sent"):
    """Its contact says what is not right any more."""


class CorrectionSettled(Event, name="awareness.structure.correction-settled"):
    """A correction was taken over, or set aside."""

    taken: bool


class StructureClosed(Event, name="awareness.structure.closed"):
    """A structure left the network."""

    kind: Code
    zone: Code
    area: Code


class StructuresMerged(Event, name="awareness.structure.merged"):
    """Two entries were one structure: this one goes on in the other."""

    into: UUID


class StructuresImported(Event, name="awareness.structure.imported"):
    """A file was read; its subject stands for the file."""

    made: int
    refused: int


class StructuresExported(Event, name="awareness.structure.exported"):
    """The register left as a file; its subject stands for the file."""

    amount: int
