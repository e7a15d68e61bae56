"""What happened to the yearly report, and between our notices and the platforms' statements."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.statements.rules.comparing import Contradicts
from balise.takedown.statements.rules.matching import ReferenceKind


class YearlyReportTaken(Event):
    """Someone took the yearly report outside; `subject` is this taking."""

    name = "takedown.yearly-report.taken"

    year: int
    form: Code


class DumpRead(Event):
    """A file of statements was read: `kept` are those that may answer a notice of ours."""

    name = "takedown.dump.read"

    rows: int
    kept: int
    corrupt: int


class ReferenceNoted(Event):
    """A platform's own number for what a notice is about was written down."""

    name = "takedown.reference.noted"

    kind: ReferenceKind


class StatementMatched(Event):
    """A statement answers a notice: by the platform's own number, or a person says so."""

    name = "takedown.statement.matched"

    statement: UUID
    host: UUID
    for_line: Code
    score: int
    by_number: bool


class MatchRejected(Event):
    """A person says that a statement does not answer a notice."""

    name = "takedown.match.rejected"

    statement: UUID
    score: int


class ContradictionFound(Event):
    """What a host said of a notice is not what the watch sees."""

    name = "takedown.contradiction.found"

    host: UUID
    for_line: Code
    kind: Contradicts


class ContradictionEnded(Event):
    name = "takedown.contradiction.ended"

    host: UUID
    for_line: Code
    kind: Contradicts
