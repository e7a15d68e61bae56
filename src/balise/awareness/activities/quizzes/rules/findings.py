"""What is found in a quiz before it is published. Pure."""

from collections.abc import Sequence
from itertools import chain

from balise.awareness.activities.quizzes.rules.quizzes import Quiz
from balise.awareness.questions.rules.checking import Finding, check, check_words


def findings(quiz: Quiz, *, languages: Sequence[str]) -> tuple[Finding, ...]:
    """Return what is to be put right, in the order of the quiz."""
    goal = quiz.audience.goal
    own = {
        "title": [quiz.title],
        "lead": [quiz.lead],
        "learnt": quiz.learnt,
        "act": [quiz.act],
        "talk": [quiz.talk],
    }
    around = chain.from_iterable(
        check_words(where, words, languages, goal=goal) for where, words in own.items()
    )
    return (*around, *check(quiz.whole, languages, goal=goal, is_quiz=True))
