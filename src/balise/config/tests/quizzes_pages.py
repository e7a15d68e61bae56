"""The public pages of quizzes, each in a state that the real actions made."""

from django.test import Client

from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.rules import Mode
from balise.awareness.activities.quizzes.tests.makers import answered, begun, first_time
from balise.awareness.activities.quizzes.web.public import address
from balise.config.tests.public_ways import Reach, Sending

QUIZ = "/fr/quizzes/11-13/"


def question(nth: int, *, whole: bool = False, mode: Mode = Mode.ALONE) -> Reach:
    """Return the way to a question, with the whole quiz answered or nothing of it."""

    def reach(_client: Client) -> str:
        path = begun(mode=mode)
        return address("question", answered(path) if whole else path, nth)

    return reach


def end(_client: Client) -> str:
    """Return the address of the end."""
    return address("end", answered(begun()))


def words(_client: Client) -> str:
    """Return the address at which six words are shown."""
    return f"/fr/quiz-words/{links.shown('11-13', ['un', 'deux', 'trois', 'quatre', 'cinq'])}/"


def again(_client: Client) -> Sending:
    """Begin the second time."""
    return Sending(f"{QUIZ}again/", {"words": first_time()}, {})
