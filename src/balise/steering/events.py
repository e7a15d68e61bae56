"""What happened to figures: the facts that the journal keeps."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class FiguresExported(Event):
    """Someone took figures outside; `subject` is the number written on the export."""

    name = "steering.figures.exported"

    board: Code
    first: date
    last: date
    form: Code
