"""What happened to files that were brought."""

from balise.foundation.journal.events import Code, Event


class FileBrought(Event, name="steering.file.brought"):
    """A file was read into rows, to be looked at; `digest` begins its SHA-256."""

    kind: Code
    form: Code
    digest: Code
    rows: int


class FileImported(Event, name="steering.file.imported"):
    """What was right and new in a file was taken in."""

    kind: Code
    taken: int
    known: int
    refused: int
