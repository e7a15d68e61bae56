"""Answer a quiz: begin, answer, skip; the six words that pair two times. Anyone may, unknown.

No answer is kept. Of the first of two times a number of right answers waits for the second, under
six words that only its owner has; it is deleted once the gain is counted.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.actions.counting import count, is_first
from balise.awareness.activities.quizzes.models import Pair
from balise.awareness.activities.quizzes.queries import quiz as public_quiz
from balise.awareness.activities.quizzes.rules.paths import Path
from balise.awareness.activities.quizzes.rules.quizzes import Quiz
from balise.awareness.activities.quizzes.rules.words import Mode, What
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere


def begin(*, code: str, mode: Mode = Mode.ALONE, by: Actor) -> Path:
    """Return a new path through a quiz; it counts as started. Raises NotHere."""
    found = public_quiz(code)
    with transaction.atomic():
        count(what=What.STARTED, quiz=found, by=by)
    return Path(uuid4(), found.code, found.mark, Mode.BEFORE if mode is Mode.BEFORE else Mode.ALONE)


def answer(*, token: str, code: str, given: Sequence[str], by: Actor) -> Path:
    """Return the path with an answer, given once; the last one counts the end, and the gain.

    Refuses an answer that is none (AnswerFaulty). Raises NotHere for a question that is not asked.
    """
    path, found = _held(token)
    question = next((each for each in path.asked(found) if each.code == code), None)
    if question is None:
        raise NotHere
    if code in path.answers:
        return path
    return _noted(path.answered(code, question.read(given)), found, by=by)


def skip(*, token: str, code: str, by: Actor) -> Path:
    """Return the path with a question left out."""
    path, found = _held(token)
    if code in path.answers or all(each.code != code for each in path.asked(found)):
        return path
    return _noted(path.answered(code, ""), found, by=by)


def give_words(*, token: str, language: str, by: Actor) -> list[str]:
    """Return the six words under which the answers before wait for those after; none again.

    Raises NotHere for a path that is not at the end of the first time. Returns nothing where its
    words were given already: they are shown once.
    """
    path, found = _held(token)
    if path.mode is not Mode.BEFORE or path.next(found):
        raise NotHere
    with transaction.atomic():
        if not is_first(path_id=path.id, by=by):
            return []
        words, index = Pair.new_words(language)
        Pair.objects.create(
            index=index, quiz=found.code, mark=found.mark, right=path.right(found), at=now()
        )
        return words


def begin_again(*, code: str, words: str, by: Actor) -> Path:  # noqa: ARG001
    """Return the path of the second time, by six words. Refuses words that open none of this quiz.

    Where the quiz was changed meanwhile, there is nothing to compare: refused too.
    """
    found = public_quiz(code)
    pair = Pair.opened(words, quiz=code)
    if pair is None:
        raise WordsUnknown(
            _("These words open nothing. Check each of the six; they are good once, for 60 days.")
        )
    if pair.mark != found.mark:
        raise WordsUnknown(
            _("The quiz was changed after the first time: the two cannot be compared.")
        )
    return Path(uuid4(), found.code, found.mark, Mode.AFTER, pair=pair.id)


def _noted(path: Path, found: Quiz, *, by: Actor) -> Path:
    """Count the end of a path where it is reached; return the path."""
    if path.mode is Mode.BEFORE or path.next(found):
        return path
    with transaction.atomic():
        if is_first(path_id=path.id, by=by):
            count(what=What.FINISHED, quiz=found, by=by)
        _count_pair(path, found, by=by)
    return replace(path, pair=None)


def _count_pair(path: Path, found: Quiz, *, by: Actor) -> None:
    if path.pair is None:
        return
    with suppress(NotHere):  # counted from another tab, or too old
        pair = Pair.locked(path.pair)
        count(what=What.GAIN, quiz=found, total=path.right(found) - pair.right, by=by)
        pair.delete()


def _held(token: str) -> tuple[Path, Quiz]:
    path = links.read(token)
    found = public_quiz(path.quiz)
    return path.of_now(found), found
