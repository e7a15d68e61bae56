"""A listener takes a referral, reads it, and closes it or gives it back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code, Event
from balise.helpline.cases import access
from balise.helpline.cases.actions import opening, writing
from balise.helpline.cases.events import (
    ReferralClosed,
    ReferralFiled,
    ReferralGivenBack,
    ReferralOpened,
    ReferralTaken,
    ReferralTakenAgain,
)
from balise.helpline.cases.models import LINE, NOTE, WORDS, Referral
from balise.helpline.cases.queries import files
from balise.helpline.cases.rules import received as rules
from balise.helpline.cases.rules.received import Outcome, ReferralState
from balise.helpline.cases.rules.sections import Section


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sealed of a referral, in clear, for the listener who took it."""

    contact: str
    words: str
    note: str


def take(*, referral_id: UUID, by: Actor) -> None:
    """Take a referral. Refuses one that another listener has; one's own stays one's own."""
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        one = Referral.locked(referral_id)
        rules.check_can_take(one.state, taken_by=one.taken_by, by=by.key)
        if one.state == ReferralState.TAKEN:
            return
        event = _taken(one, moment)
        one.state, one.taken_by, one.taken_at = ReferralState.TAKEN, by.key, moment
        one.first_taken_at = one.first_taken_at or moment
        one.save(update_fields=("state", "taken_by", "taken_at", "first_taken_at"))
        record(event, by=by)


def give_back(*, referral_id: UUID, by: Actor) -> None:
    """Release a referral, so that it waits again. Only a lead releases another listener's."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = Referral.locked(referral_id)
        if one.taken_by != by.key and not by.may(access.GIVE_BACK_OTHERS):
            raise NotYours(access.GIVE_BACK_OTHERS)
        rules.check_is_open(one.state)
        if one.state == ReferralState.WAITING:
            return
        one.state, one.taken_by, one.taken_at = ReferralState.WAITING, "", None
        one.save(update_fields=("state", "taken_by", "taken_at"))
        record(ReferralGivenBack(subject=one.id), by=by)


def open_words(*, referral_id: UUID, by: Actor) -> Opened:
    """Read a referral that one has taken. The reading is written down before anything opens."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = find(Referral, id=referral_id)
        rules.check_is_yours(one.state, taken_by=one.taken_by, by=by.key)
        record(ReferralOpened(subject=one.id), by=by)
    key = key_of_line(LINE, one.id)
    told = key.open(one.sealed, where=WORDS, row=one.id)
    return Opened(contact=told["contact"], words=told["words"], note=_note(one, key))


def close(*, referral_id: UUID, outcome: Outcome, note: str, by: Actor) -> None:
    """Close a referral that one has taken, saying how it ended; the note is sealed."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = Referral.locked(referral_id)
        rules.check_is_yours(one.state, taken_by=one.taken_by, by=by.key)
        rules.check_is_open(one.state)
        one.state, one.outcome, one.closed_at = ReferralState.CLOSED, outcome, now()
        if note:
            key = key_of_line(LINE, one.id)
            one.sealed_note = key.seal({"text": note[: rules.LONGEST_NOTE]}, where=NOTE, row=one.id)
        one.save(update_fields=("state", "outcome", "closed_at", "sealed_note"))
        record(ReferralClosed(subject=one.id, outcome=outcome, age_band=Code(one.age_band)), by=by)


def _taken(one: Referral, moment: datetime) -> Event:
    if one.first_taken_at is not None:
        return ReferralTakenAgain(subject=one.id)
    waited = max(moment - one.received_at, rules.NO_TIME)
    return ReferralTaken(
        subject=one.id,
        age_band=Code(one.age_band),
        seconds=int(waited.total_seconds()),
        band=Code(rules.wait_band(waited)),
    )


def _note(one: Referral, key: RecordKey) -> str:
    if not one.sealed_note:
        return ""
    return str(key.open(one.sealed_note, where=NOTE, row=one.id)["text"])


# Make a case of a referral: who it is about and what they said, copied in one press.


def make_file(*, referral_id: UUID, by: Actor) -> UUID:
    """Return the file of a referral that one has taken, made at the first press.

    The reading of what is sealed is written down, as `open_words` does. Where a colleague made the
    file and one is not on it: NotOnCase.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        one = Referral.locked(referral_id)
        told = open_words(referral_id=one.id, by=by)
        if one.case_id is not None:
            files.require_on(one.case_id, who=by)
            return one.case_id
        day = date_format(day_of(one.received_at), "SHORT_DATE_FORMAT")
        case = opening.begin(title=_("Referred on %(day)s") % {"day": day}, by=by)
        if told.contact:
            given = {"reach": told.contact}
            writing.write(case_id=case.id, section=Section.PEOPLE, given=given, by=by)
        for words in filter(None, (told.words, told.note)):
            given = {"text": words}
            writing.write(case_id=case.id, section=Section.NOTES, given=given, by=by)
        one.case = case
        one.save(update_fields=("case",))
        record(ReferralFiled(subject=one.id, case=case.id), by=by)
    return case.id
