"""What is counted of the platforms' statements: never what they count themselves."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.statements.events import ContradictionFound, StatementMatched

MEASURES = (
    Measure("takedown.statements.matched", counts=StatementMatched, by=("for_line", "host")),
    Measure("takedown.contradictions", counts=ContradictionFound, by=("for_line", "host", "kind")),
)
