"""Every change in quizzes."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.activities.quizzes import access, events
from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.events import QuizzesCounted
from balise.awareness.activities.quizzes.models import DayTally, Once, Pair, Quiz as Row, Version
from balise.awareness.activities.quizzes.queries import quiz as public_quiz
from balise.awareness.activities.quizzes.rules import (
    Mode,
    Path,
    Quiz,
    QuizFaulty,
    QuizNotPublic,
    QuizNotReady,
    What,
    findings,
    pack,
    read,
)
from balise.awareness.questions.rules.plain import refuse_markup
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.packs import PackFaulty
from balise.foundation.statistics import tallies

# Count what was done with a quiz in the tally of the day; tell the journal of days gone by.


def is_first(*, path_id: UUID, by: Actor) -> bool:  # noqa: ARG001 - anyone
    """Return whether the end of a path comes for the first time, and remember that it came."""
    return tallies.once(Once, path_id.bytes, what="quiz")


def count(*, what: What, quiz: Quiz, total: int = 0, by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally of a quiz, within the caller's transaction."""
    place = {"quiz": quiz.code, "audience": quiz.audience.value, "what": what.value}
    tallies.add(DayTally, total=total, **place)


def count_past(*, what: What, quiz: Quiz, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add what was done with a quiz on days of the past, so many times each day."""
    place = {"quiz": quiz.code, "audience": quiz.audience.value, "what": what.value}
    tallies.add_past(DayTally, days, **place)


@transaction.atomic
def begin_class(*, quiz: Quiz, by: Actor) -> None:
    """Note that a class begins a quiz."""
    count(what=What.CLASS, quiz=quiz, by=by)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    return tallies.tell(DayTally, _fact, by=by)


def _fact(one: DayTally) -> QuizzesCounted:
    return QuizzesCounted(
        subject=uuid5(NAMESPACE_URL, f"awareness/quizzes/{one.day}"),
        day=one.day,
        quiz=Code(one.quiz),
        audience=Code(one.audience),
        what=Code(one.what),
        times=one.untold,
        amount=one.untold_total,
    )


# Answer a quiz: begin, answer, skip; the six words that pair two times. Anyone may, unknown.
#
# No answer is kept. Of the first of two times a number of right answers waits for the second,
# under six words that only its owner has; it is deleted once the gain is counted.


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


# Bring in a quiz from a file, publish a version, withdraw it. A version is never changed.


_LONGEST_CODE = 40


@transaction.atomic
def bring_in(*, told: Mapping[str, Any], by: Actor) -> UUID:
    """Keep a quiz as a new version, which nobody sees yet; return the version's id.

    Refuses HTML and pictures of other places (NotPlain), and what is no quiz (QuizFaulty).
    """
    access.require(by, access.WRITE)
    refuse_markup(told)
    quiz = _read(told)
    Row.objects.get_or_create(code=quiz.code)
    row = Row.objects.select_for_update().get(code=quiz.code)
    newest = row.versions.first()
    nth = newest.nth + 1 if newest else 1
    version = Version.objects.create(id=uuid4(), quiz=row, nth=nth, told=_as_json(told), at=now())
    record(
        events.QuizBroughtIn(
            subject=row.id,
            quiz=Code(quiz.code),
            version=version.id,
            nth=nth,
            questions=len(quiz.questions),
        ),
        by=by,
    )
    return version.id


@transaction.atomic
def publish(*, version_id: UUID, by: Actor) -> str:
    """Make a version what everyone sees; return the quiz's code. Refuses one with findings."""
    access.require(by, access.PUBLISH)
    version = find(Version, id=version_id)
    row = Row.locked(version.quiz_id)
    found = findings(read(version.told), languages=[code for code, _name in settings.LANGUAGES])
    stops = [each for each in found if each.stops]
    if stops:
        raise QuizNotReady(
            _("Put this right first: %(what)s") % {"what": f"{stops[0].where}, {stops[0].message}"}
        )
    row.public, row.withdrawn = version, False
    row.save(update_fields=("public", "withdrawn"))
    version.published_at = version.published_at or now()
    version.save(update_fields=("published_at",))
    record(
        events.QuizPublished(
            subject=row.id, quiz=Code(row.code), version=version.id, nth=version.nth
        ),
        by=by,
    )
    return row.code


@transaction.atomic
def withdraw(*, code: str, by: Actor) -> None:
    """Take a quiz off the public pages, one of the pack as well. Refuses one that is not there."""
    access.require(by, access.PUBLISH)
    row = _row(code)
    if row.withdrawn or (row.public is None and code not in pack(settings.COUNTRY)):
        raise QuizNotPublic(_("This quiz is not public."))
    row.withdrawn = True
    row.save(update_fields=("withdrawn",))
    record(events.QuizWithdrawn(subject=row.id, quiz=Code(code)), by=by)


@transaction.atomic
def restore(*, code: str, by: Actor) -> None:
    """Show a quiz of the country's pack again, in the pack's words. Raises NotHere for others."""
    access.require(by, access.PUBLISH)
    row = _row(code)
    find(Row.objects.filter(code__in=pack(settings.COUNTRY)), id=row.id)
    row.public, row.withdrawn = None, False
    row.save(update_fields=("public", "withdrawn"))
    record(events.QuizRestored(subject=row.id, quiz=Code(code)), by=by)


def _row(code: str) -> Row:
    """Return a quiz's row, locked; one of the pack gets its row now."""
    if code in pack(settings.COUNTRY):
        Row.objects.get_or_create(code=code)
    return find(Row.objects.select_for_update(of=("self",)).select_related("public"), code=code)


def _as_json(told: Mapping[str, Any]) -> Any:
    """Return what was read from a file as a row keeps it: a date is a text."""
    return orjson.loads(orjson.dumps(told))


def _read(told: Mapping[str, Any]) -> Quiz:
    try:
        quiz = read(told)
        validate_slug(quiz.code)
    except PackFaulty as fault:
        raise QuizFaulty(
            _("This is not a quiz as it is written here: %(why)s") % {"why": fault}
        ) from None
    except ValidationError:
        quiz = None
    if quiz is None or len(quiz.code) > _LONGEST_CODE:
        raise QuizFaulty(_("A quiz’s code has small letters, digits and hyphens, 40 at most."))
    return quiz
