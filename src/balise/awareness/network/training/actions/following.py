"""Follow the module: begin, answer, keep under six words, come back. Anyone may; nobody is known.

What is counted is counted once for a path, in the same transaction; no row says what one answered
once the gain is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.network.training.actions.counting import count
from balise.awareness.network.training.models import KeptPath
from balise.awareness.network.training.queries.paths import Held, held
from balise.awareness.network.training.rules.course import Course, course
from balise.awareness.network.training.rules.paths import Path
from balise.awareness.network.training.rules.words import What
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere
from balise.foundation.refusals import Refused


class LessonsFirst(Refused, code="lessons-first"):
    pass


def begin(*, by: Actor) -> Held:
    """Return a new path, carried by the addresses of the pages; it counts as started."""
    path = Path(uuid4())
    with transaction.atomic():
        count(what=What.STARTED, path=path, by=by)
    return Held(path, None)


def skip(*, token: str, by: Actor) -> Held:  # noqa: ARG001
    """Go on without the test before: no gain is counted of this path."""
    return _changed(token, lambda path, _course: replace(path, skipped=True, before={}))


def answer(*, token: str, within: str, code: str, given: Sequence[str], by: Actor) -> Held:
    """Note an answer; the last of the test after counts the end, and the gain once.

    `within` is before, checks or after. A question of a test is answered once. Refuses an answer
    that is none (AnswerFaulty), and the test after while a lesson is not done (LessonsFirst).
    Raises NotHere for a question that there is not.
    """

    def change(path: Path, whole: Course) -> Path:
        question = whole.question(code)
        if question is None or (question in whole.test) != (within != "checks"):
            raise NotHere
        letters = question.read(given)
        if within == "checks":
            return path.answered(code, letters, within=within)
        if within == "before":
            is_late = path.counted or path.skipped or code in path.before
            return path if is_late else path.answered(code, letters, within=within)
        if path.next_lesson(whole):
            raise LessonsFirst(_("Finish the lessons before the test."))
        if code in path.after:
            return path
        return _counted(path.answered(code, letters, within=within), whole, last=code, by=by)

    return _changed(token, change)


def try_again(*, token: str, by: Actor) -> Held:  # noqa: ARG001
    """Begin the test after again, as often as one likes; the gain is that of the first time."""
    return _changed(token, lambda path, _course: path.again())


def keep(*, token: str, language: str, by: Actor) -> tuple[Held, list[str]]:  # noqa: ARG001
    """Keep a path, and return it with the six words that open it; they are shown this once.

    One that is kept already gets new words; the old ones open nothing.
    """
    with transaction.atomic():
        one = held(token, lock=True)
        words, index = KeptPath.new_words(language)
        if one.kept is None:
            row = KeptPath.objects.create(index=index, told=one.path.told(), changed_at=now())
            return Held(one.path, row.id), words
        KeptPath.objects.filter(id=one.kept).update(index=index, changed_at=now())
        return one, words


def resume(*, words: str, by: Actor) -> Held:  # noqa: ARG001
    """Return the path that six words open. Refuses words that open nothing (WordsUnknown)."""
    row = KeptPath.opened(words)
    if row is None:
        raise WordsUnknown(
            _("These words open nothing. Check each of the six; words unused for 180 days expire.")
        )
    return Held(Path.read(row.told), row.id)


def _counted(path: Path, whole: Course, *, last: str, by: Actor) -> Path:
    """Count what the last answer of the test after ended; return the path without its answers."""
    if not path.is_over(whole):
        return path
    count(what=What.FINISHED, path=path, by=by)
    gain = path.gain(whole)
    if gain is not None:
        count(what=What.GAIN, path=path, total=gain, by=by)
    if path.is_passed(whole):
        count(what=What.PASSED, path=path, by=by)
    return path.finished(whole, last=last)


def _changed(token: str, change: Callable[[Path, Course], Path]) -> Held:
    with transaction.atomic():
        one = held(token, lock=True)
        after = change(one.path, course(settings.COUNTRY))
        if one.kept is not None and after != one.path:
            KeptPath.objects.filter(id=one.kept).update(told=after.told(), changed_at=now())
    return replace(one, path=after)
