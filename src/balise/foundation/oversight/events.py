"""Who looked at what the others did."""

from balise.foundation.journal.events import Code, Event


class JournalRead(Event, name="oversight.journal.read"):
    """Someone read the journal; the subject is the record whose history they asked for, if any.

    `of_line` and `of_event` are the narrowing they chose; `of_actor` is whose doings they read.
    """

    of_line: Code
    of_event: Code
    of_actor: Code
