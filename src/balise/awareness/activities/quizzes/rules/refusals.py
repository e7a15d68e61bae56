"""What is refused of a quiz."""

from balise.foundation.refusals import Refused


class QuizFaulty(Refused, code="quiz-faulty"):
    """A file is no quiz: it says where it fails."""

    field = "file"


class QuizNotReady(Refused, code="quiz-not-ready"):
    """A version has findings that must be put right before it is published."""


class QuizNotPublic(Refused, code="quiz-not-public"):
    """There is nothing to withdraw: the quiz is not public."""
