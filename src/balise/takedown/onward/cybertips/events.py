"""What happened to a CyberTip: it is written from a dossier each time that someone asks."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event


class CyberTipWritten(Event, name="takedown.cybertip.written"):
    """Someone had it written; the subject is the dossier. `faults` were found by the check."""

    content: UUID
    for_line: Code
    faults: int
