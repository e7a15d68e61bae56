"""What happened to the yearly report, and between our notices and the platforms' statements."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.statements.rules.dumps import Contradicts
from balise.takedown.statements.rules.matching import ReferenceKind


class YearlyReportTaken(Event, name="takedown.yearly-report.taken"):
    """Someone took the yearly report outside; `subject` is this taking."""

    year: int
    form: Code


class DumpRead(Event, name="takedown.dump.read"):
    """A file of statements was read: `kept` are those that may answer a notice of ours."""

    rows: int
    kept: int
    corrupt: int


class ReferenceNoted(Event, name="takedown.reference.noted"):
    """A platform's own number for what a notice is about was written down."""

    kind: ReferenceKind


class StatementMatched(Event, name="takedown.statement.matched"):
    """A statement answers a notice: by the platform's own number, or a person says so."""

    statement: UUID
    host: UUID
    for_line: Code
    score: int
    by_number: bool


class MatchRejected(Event, name="takedown.match.rejected"):
    """A person says that a statement does not answer a notice."""

    statement: UUID
    score: int


class ContradictionFound(Event, name="takedown.contradiction.found"):
    """What a host said of a notice is not what the watch sees."""

    host: UUID
    for_line: Code
    kind: Contradicts


class ContradictionEnded(Event, name="takedown.contradiction.ended"):
    host: UUID
    for_line: Code
    kind: Contradicts
