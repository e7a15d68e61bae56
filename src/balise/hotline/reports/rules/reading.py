"""Why a person has to read a report, although its content has its verdict already."""

from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.words import PASSING_VERDICTS, ContentState, ToRead


def to_read(answers: Answers) -> ToRead:
    """Return why a report that joined a decided content has to be read, from its answers.

    A verdict is about content, never about its reporter. Contact details count as words: someone
    who leaves them expects an answer.
    """
    if answers.in_danger:
        return ToRead.DANGER
    if answers.is_minor or answers.is_concerned:
        return ToRead.CHILD
    words = (answers.description, answers.contact, answers.identities, answers.context)
    return ToRead.WORDS if any(text.strip() for text in words) else ToRead.NOTHING


def to_read_of_message(answers: Answers) -> ToRead:
    """Return how urgent a message of a reporter is, from what they had answered."""
    return max(ToRead.MESSAGE, to_read(answers))


def comes_back(state: str, verdict: str) -> bool:
    """Return whether a new report puts a content back to the queue: its verdict may have passed."""
    return state == ContentState.CLOSED and verdict in PASSING_VERDICTS
