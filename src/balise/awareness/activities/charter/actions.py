"""Every change here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from balise.awareness.activities.charter import access, events, queries
from balise.awareness.activities.charter.events import ChartersCounted, RulesCounted
from balise.awareness.activities.charter.models import (
    Challenged,
    CharterTally,
    PracticeVersion,
    RuleTally,
)
from balise.awareness.activities.charter.rules.bank import CODE, bank, practice
from balise.awareness.activities.charter.rules.challenges import MANY
from balise.awareness.activities.charter.rules.picks import Of, What
from balise.awareness.activities.charter.rules.wording import SAID, faults
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.mail import subscribers
from balise.foundation.refusals import Refused
from balise.foundation.statistics import tallies

# Six challenges by e-mail: ask, confirm, leave. An address is kept for them alone.
#
# The public door adds a row and writes facts; the worker does what they say.


@transaction.atomic
def ask(*, address: str, language: str, by: Actor) -> UUID:
    """Keep an address, sealed, until its owner confirms; returns whose it is. Anyone may."""
    found = subscribers.add(Challenged, address=address, language=language)
    record(events.ChallengesAsked(subject=found), by=by)
    return found


@transaction.atomic
def confirm(*, challenged: UUID, by: Actor) -> None:
    """Say that the address is one's own, with the link that only its mailbox has."""
    record(events.ChallengesConfirmed(subject=challenged), by=by)


@transaction.atomic
def leave(*, challenged: UUID, by: Actor) -> None:
    """Say that one does not want them any more, with the link of a mail."""
    record(events.ChallengesLeft(subject=challenged), by=by)


@transaction.atomic
def settle(*, challenged: UUID, left: bool, by: Actor) -> None:
    """Do what the bearer of a link said: keep this address for six weeks, or destroy it."""
    access.require(by, access.WRITE)
    subscribers.settle(Challenged, challenged, left=left)


@transaction.atomic
def note_sent(*, challenged: UUID, number: int, by: Actor) -> None:
    """Note that a challenge left; after the sixth the address is destroyed."""
    access.require(by, access.WRITE)
    subscribers.note_told(Challenged, challenged, number=number)
    record(events.ChallengeSent(subject=challenged, number=number), by=by)
    if number >= MANY:
        subscribers.erase(Challenged, [challenged])


@transaction.atomic
def erase(*, addresses: Sequence[UUID], by: Actor) -> int:
    """Destroy addresses and their keys; return how many."""
    access.require(by, access.WRITE)
    return subscribers.erase(Challenged, addresses)


# Count a family's charter in the tally of the day, where the family says yes; tell the journal.
#
# Nothing here says which family: what comes is a word, a band of ages and codes of rules.


@transaction.atomic
def count(
    *,
    what: What,
    band: str,
    chosen: Collection[str] = (),
    kept: Collection[str] = (),
    by: Actor,  # noqa: ARG001 - anyone
) -> None:
    """Add one family to the day's tallies: what it did, the rules it chose and those it keeps."""
    tallies.add(CharterTally, what=what.value, band=band)
    for of, codes in ((Of.CHOSEN, chosen), (Of.KEPT, kept)):
        for code in sorted(set(codes)):
            tallies.add(RuleTally, of=of.value, practice=code, band=band)


def count_past(*, what: What, band: str, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add what families did on days of the past, so many each day; no rule of theirs is known."""
    tallies.add_past(CharterTally, days, what=what.value, band=band)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    told = tallies.tell(CharterTally, _charters, by=by)
    return told + tallies.tell(RuleTally, _rules, by=by)


def _charters(one: CharterTally) -> ChartersCounted:
    return ChartersCounted(
        subject=_subject(one.day),
        day=one.day,
        what=Code(one.what),
        band=Code(one.band),
        families=one.untold,
    )


def _rules(one: RuleTally) -> RulesCounted:
    return RulesCounted(
        subject=_subject(one.day),
        day=one.day,
        of=Code(one.of),
        practice=Code(one.practice),
        band=Code(one.band),
        families=one.untold,
    )


def _subject(day: date) -> UUID:
    return uuid5(NAMESPACE_URL, f"awareness/charter/{day}")


# Change, add, withdraw and restore practices of the bank; each is a new version.


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
    there(queries.current().practice(code))
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
    known = queries.current()
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
    last = there(queries.current().practice(code))
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
