"""Bring in a quiz from a file, publish a version, withdraw it. A version is never changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.activities.quizzes import access, events
from balise.awareness.activities.quizzes.models import Quiz as Row, Version
from balise.awareness.activities.quizzes.rules.findings import findings
from balise.awareness.activities.quizzes.rules.quizzes import Quiz, pack, read
from balise.awareness.activities.quizzes.rules.refusals import (
    QuizFaulty,
    QuizNotPublic,
    QuizNotReady,
)
from balise.awareness.questions.rules.plain import refuse_markup
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.packs import PackFaulty

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
