"""What is asked after a session: pure."""

from functools import cache
from typing import Final

from balise.awareness.questions.rules.questions import Question
from balise.awareness.questions.rules.reading import questions
from balise.foundation.packs import PackFaulty, load

PACKAGE = "balise.awareness.activities.feedback"


# The questions after a session, as a country's pack has them. Pure.
#
# Of the first two, `a` and `b` are the answers that say yes.


USEFUL: Final = "useful"
ABLE: Final = "able"
AGES: Final = "ages"
YES: Final = "ab"


@cache
def asked(country: str) -> tuple[Question, ...]:
    """Return the questions, in order. Raises PackFaulty."""
    pack = load(PACKAGE, country=country, name="feedback")
    found = questions(pack["questions"], where="feedback")
    if [each.code for each in found] != [USEFUL, ABLE, AGES]:
        raise PackFaulty("feedback: it asks useful, able and ages")
    return found
