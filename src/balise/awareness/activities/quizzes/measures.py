"""What is counted of quizzes: QUIZ-N and GAIN. Of young people, so small numbers are withheld."""

from balise.awareness.activities.quizzes.events import QuizzesCounted
from balise.awareness.activities.quizzes.rules.words import What
from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN

MEASURES = shown_from(
    CHILDREN,
    Measure("awareness.quizzes", counts=QuizzesCounted, by=("what",), day="day", amount="times"),
    Measure(
        "awareness.quizzes-finished",
        counts=QuizzesCounted,
        by=("audience",),
        day="day",
        amount="times",
        only=(("what", What.FINISHED.value),),
    ),
)
