"""What happened to the referential of law and classes."""

from balise.foundation.journal.events import Code, Event


class LabelsImported(Event):
    """A version of someone's labels can be used from now on."""

    name = "takedown.labels.imported"

    namespace: Code
    version: Code
    labels: int


class LawFrozen(Event):
    """A text of this pack was named in a case for the first time: the pack is stored as it is."""

    name = "takedown.law.frozen"

    country: Code
    digest: Code
