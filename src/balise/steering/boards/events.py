"""What happened to figures: the facts that the journal keeps."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class FiguresExported(Event, name="steering.figures.exported"):
    """Someone took figures outside; `subject` is the number written on the export."""

    board: Code
    first: date
    last: date
    form: Code
