"""Which quizzes everyone sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from balise.awareness.activities.quizzes import access
from balise.awareness.activities.quizzes.models import DayTally, Quiz as Row, Version
from balise.awareness.activities.quizzes.rules import Quiz, What, findings, pack, read
from balise.awareness.questions.rules.checking import Finding
from balise.foundation.actors import Actor
from balise.foundation.finding import find, there


def public() -> list[Quiz]:
    """Return the quizzes that everyone sees: those of the pack, then the centre's own."""
    rows = {row.code: row for row in Row.objects.select_related("public")}
    codes = dict.fromkeys([*pack(settings.COUNTRY), *sorted(rows)])
    found = (_public(code, rows.get(code)) for code in codes)
    return [each for each in found if each is not None]


def quiz(code: str) -> Quiz:
    """Return a quiz that everyone sees. Raises NotHere."""
    row = Row.objects.select_related("public").filter(code=code).first()
    return there(_public(code, row))


def _public(code: str, row: Row | None) -> Quiz | None:
    if row is not None and row.withdrawn:
        return None
    if row is not None and row.public is not None:
        return read(row.public.told)
    return pack(settings.COUNTRY).get(code)


# Quizzes for staff: versions, what is found in them, what was counted.


@dataclass(frozen=True, slots=True)
class Known:
    """A quiz for staff: as it is public, or as its last version is where it is not."""

    code: str
    quiz: Quiz
    is_public: bool
    is_own: bool  # in words of the centre; else in those of the country's pack
    of_pack: bool  # the pack has one of this code
    drafts: int  # versions that are newer than the public one


@dataclass(frozen=True, slots=True)
class Written:
    """A version, and what is found in it."""

    id: UUID
    nth: int
    at: datetime
    published_at: datetime | None
    is_public: bool
    quiz: Quiz
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a quiz.

    `gain` is the mean of right answers gained, of `pairs` answered before and after; None of none.
    """

    started: int
    finished: int
    classes: int
    pairs: int
    gain: float | None


def every(*, by: Actor) -> Sequence[Known]:
    """Return all quizzes: those of the pack, then the centre's own."""
    access.require(by, access.READ)
    rows = {row.code: row for row in Row.objects.prefetch_related("versions")}
    codes = dict.fromkeys([*pack(settings.COUNTRY), *sorted(rows)])
    return [_known(code, rows.get(code)) for code in codes]


def one(code: str, *, by: Actor) -> Known:
    """Return a quiz. Raises NotHere."""
    return there(next((each for each in every(by=by) if each.code == code), None))


def versions(code: str, *, by: Actor) -> Sequence[Written]:
    """Return the versions that the centre brought in of a quiz, the newest first."""
    access.require(by, access.READ)
    row = Row.objects.filter(code=code).first()
    found = Version.objects.filter(quiz=row) if row else []
    return [_written(each, public=row.public_id if row else None) for each in found]


def version(version_id: UUID, *, by: Actor) -> Written:
    """Return a version. Raises NotHere."""
    access.require(by, access.READ)
    found = find(Version.objects.select_related("quiz"), id=version_id)
    return _written(found, public=found.quiz.public_id)


def counted(code: str, *, by: Actor) -> Counted:
    """Return what was counted of a quiz."""
    access.require(by, access.READ)
    sums = {
        what: (times, total)
        for what, times, total in DayTally.objects.filter(quiz=code)
        .values_list("what")
        .annotate(Sum("times"), Sum("total"))
    }
    pairs, total = sums.get(What.GAIN, (0, 0))
    started, finished, classes = (
        sums.get(what, (0, 0))[0] for what in (What.STARTED, What.FINISHED, What.CLASS)
    )
    return Counted(started, finished, classes, pairs, total / pairs if pairs else None)


def _known(code: str, row: Row | None) -> Known:
    of_pack = pack(settings.COUNTRY).get(code)
    written = list(row.versions.all()) if row else []
    public = next((each for each in written if row and each.id == row.public_id), None)
    shown = public or (None if of_pack else written[0])
    quiz = read(shown.told) if shown else there(of_pack)
    is_public = not (row and row.withdrawn) and (public is not None or of_pack is not None)
    newer = [each for each in written if public is None or each.nth > public.nth]
    is_own = public is not None or of_pack is None
    return Known(code, quiz, is_public, is_own, of_pack is not None, len(newer))


def _written(version: Version, *, public: UUID | None) -> Written:
    quiz = read(version.told)
    return Written(
        version.id,
        version.nth,
        version.at,
        version.published_at,
        version.id == public,
        quiz,
        findings(quiz, languages=[code for code, _name in settings.LANGUAGES]),
    )
