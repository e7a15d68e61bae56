"""Change, add, withdraw and restore practices of the bank; each is a new version."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from balise.awareness.activities.charter import access, events
from balise.awareness.activities.charter.models import PracticeVersion
from balise.awareness.activities.charter.queries import practices
from balise.awareness.activities.charter.rules.bank import CODE, bank, practice
from balise.awareness.activities.charter.rules.wording import SAID, faults
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused

_LONGEST_CODE = 40

type Row = Mapping[str, Any]  # a practice as a pack has it, without its code


class WordingFaulty(Refused, code="practice-wording-faulty"):
    """The words of a practice break a rule for words; `field` is `<field>_<language>`."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class PracticeChanged(Refused, code="practice-changed"):
    """Somebody else wrote a version since this one was read."""


class CodeTaken(Refused, code="practice-code-taken"):
    """Another practice has this code, or the mark that stands for it in a short text."""

    field = "says_en"


@transaction.atomic
def change(*, code: str, row: Row, after: int, by: Actor) -> None:
    """Write a new version of a practice, after the one that was read.

    Refuses faulty words (WordingFaulty) and a version that is not the last (PracticeChanged).
    """
    access.require(by, access.WRITE)
    there(practices.current().practice(code))
    _check(code, row)
    version = _written(code, row, after=after)
    record(events.PracticeWritten(subject=version, practice=Code(code), number=after + 1), by=by)


@transaction.atomic
def add(*, row: Row, by: Actor) -> str:
    """Add a practice, and return its code, made of its English words.

    Refuses faulty words (WordingFaulty), and a code or mark that there is already (CodeTaken).
    """
    access.require(by, access.WRITE)
    code: str = slugify(str(row["says"]["en"]))[:_LONGEST_CODE].strip("-")
    _check(code, row)
    known = practices.current()
    added = practice({**row, "code": code}, of=known)
    if known.practice(code) or known.marked(added.mark):
        raise CodeTaken(_("A practice with these English words is there already. Change it."))
    version = _written(code, row, after=0)
    record(events.PracticeWritten(subject=version, practice=Code(code), number=1), by=by)
    return code


@transaction.atomic
def withdraw(*, code: str, after: int, by: Actor) -> None:
    """Offer a practice no more; a charter that has it still says it."""
    access.require(by, access.WRITE)
    version = _again(code, after=after, is_withdrawn=True)
    record(events.PracticeWithdrawn(subject=version, practice=Code(code), number=after + 1), by=by)


@transaction.atomic
def restore(*, code: str, after: int, by: Actor) -> None:
    """Offer a withdrawn practice again."""
    access.require(by, access.WRITE)
    version = _again(code, after=after, is_withdrawn=False)
    record(events.PracticeRestored(subject=version, practice=Code(code), number=after + 1), by=by)


def _check(code: str, row: Row) -> None:
    """Refuse the first fault in the words."""
    if not CODE.fullmatch(code):
        raise WordingFaulty(_("Begin the English words with a letter."), "says_en")
    made = practice({**row, "code": code}, of=bank(settings.COUNTRY))
    for fault, field, language in faults(made):
        raise WordingFaulty(str(SAID[fault]), f"{field}_{language}")


def _again(code: str, *, after: int, is_withdrawn: bool) -> UUID:
    """Write the last version once more, offered or not."""
    last = there(practices.current().practice(code))
    return _written(code, last.told(), after=after, is_withdrawn=is_withdrawn)


def _written(code: str, row: Row, *, after: int, is_withdrawn: bool = False) -> UUID:
    last = PracticeVersion.objects.select_for_update().filter(practice=code).last()
    if (last.number if last else 0) != after:
        raise PracticeChanged(_("Someone else changed this practice. Open the page again."))
    try:
        with transaction.atomic():
            version = PracticeVersion.objects.create(
                practice=code,
                number=after + 1,
                row=dict(row),
                is_withdrawn=is_withdrawn,
                written_at=now(),
            )
    except IntegrityError:
        raise PracticeChanged(
            _("Someone else changed this practice. Open the page again.")
        ) from None
    return version.id
