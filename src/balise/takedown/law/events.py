"""What happened to the referential of law and classes."""

from balise.foundation.journal.events import Code, Event


class LabelsImported(Event, name="takedown.labels.imported"):
    """A version of someone's labels can be used from now on."""

    namespace: Code
    version: Code
    labels: int


class LawFrozen(Event, name="takedown.law.frozen"):
    """A text of this pack was named in a case for the first time: the pack is stored as it is."""

    country: Code
    digest: Code
