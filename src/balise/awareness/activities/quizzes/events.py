"""What happened to quizzes; never who answered, and no answer of theirs."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class QuizBroughtIn(Event, name="awareness.quiz.brought-in"):
    """A version of a quiz was brought in from a file; the subject is the quiz."""

    quiz: Code
    version: UUID
    nth: int
    questions: int


class QuizPublished(Event, name="awareness.quiz.published"):
    """A version became public; it replaces the one before."""

    quiz: Code
    version: UUID
    nth: int


class QuizWithdrawn(Event, name="awareness.quiz.withdrawn"):
    """A quiz is not public any more."""

    quiz: Code


class QuizRestored(Event, name="awareness.quiz.restored"):
    """A quiz of the country's pack is public again, in the pack's words."""

    quiz: Code


class QuizzesCounted(Event, name="awareness.quiz.counted"):
    """So often something was done with a quiz on a day; `amount` is a sum of answers gained."""

    day: date
    quiz: Code
    audience: Code
    what: Code
    times: int
    amount: int
