"""Decide whether one must report, write down why, and have it co-signed by a supervisor."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases import access
from balise.helpline.cases.actions import writing
from balise.helpline.cases.events.duties import DutyDecided, DutyRead, DutySigned
from balise.helpline.cases.models.duties import DECIDED, SIGNED, Duty
from balise.helpline.cases.models.files import LINE, Case
from balise.helpline.cases.queries import duties, files
from balise.helpline.cases.queries.duties import OpenedDuty
from balise.helpline.cases.rules.duties import (
    LONGEST_RATIONALE,
    AnswerUnknown,
    Decision,
    End,
    NotForYou,
    Signature,
    read_rationale,
)
from balise.helpline.cases.rules.files import check_may_write
from balise.helpline.cases.rules.sections import Section


def decide(
    *,
    case_id: UUID,
    answers: Sequence[tuple[str, str]],
    decision: Decision,
    rationale: str,
    follow_up_on: date | None = None,
    by: Actor,
) -> UUID:
    """Write down what was decided at the end of the questions, and why; it waits for a supervisor.

    The questions are kept in the words in which they were asked. A day to look again becomes a
    follow-up of the file. Refuses answers that lead to no end, and a decision without reasons.
    """
    access.require(by, access.WORK)
    found = duties.tree()
    end = found.walk(answers)
    if not isinstance(end, End):
        raise AnswerUnknown(_("Answer all the questions first."))
    reasons = read_rationale(rationale)
    with transaction.atomic():
        case = Case.locked(case_id)
        files.require_on(case.id, who=by)
        check_may_write(case.state)
        duty_id = uuid4()
        payload = {
            "answers": [[code, answer] for code, answer in answers],
            "said": [[asked, answer] for asked, answer in found.said(answers)],
            "rationale": reasons,
        }
        Duty.objects.create(
            id=duty_id,
            case=case,
            end=end.code,
            decision=decision,
            sealed=key_of_line(LINE, case.id).seal(payload, where=DECIDED, row=duty_id),
            decided_by=by.key,
            decided_at=now(),
        )
        event = DutyDecided(subject=duty_id, case=case.id, end=Code(end.code), decision=decision)
        record(event, by=by)
        if follow_up_on is not None:
            writing.write(
                case_id=case.id,
                section=Section.FOLLOW_UPS,
                given={
                    "what": _("Review: %(end)s") % {"end": end.title},
                    "due_on": follow_up_on.isoformat(),
                    "who": by.key if files.is_on(case.id, who=by) else "",
                },
                by=by,
            )
    return duty_id


def read_duty(*, duty_id: UUID, by: Actor) -> OpenedDuty:
    """Return a decision in clear, to who reads the file and who co-signs; written down first."""
    access.require(by, access.READ)
    one = find(Duty, id=duty_id)
    if not duties.may_read(one, who=by):
        raise NotYours(access.SUPERVISE)
    with transaction.atomic():
        record(DutyRead(subject=one.id, case=one.case_id), by=by)
    return duties.opened(one, key_of_line(LINE, one.case_id), seen_by=by)


def sign(*, duty_id: UUID, agrees: bool, words: str, by: Actor) -> None:
    """Co-sign a decision, or disagree and say why; never one's own, and once."""
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        one = Duty.locked(duty_id)
        if one.decided_by == by.key:
            raise NotForYou(_("The person who decided cannot co-sign."))
        if one.signature != Signature.WAITING:
            raise NotForYou(_("A supervisor has already signed."))
        if not agrees:
            words = read_rationale(words)
        one.signature = Signature.AGREED if agrees else Signature.DISAGREED
        one.signed_by, one.signed_at = by.key, now()
        if words.strip():
            key = key_of_line(LINE, one.case_id)
            payload = {"text": words.strip()[:LONGEST_RATIONALE]}
            one.sealed_signature = key.seal(payload, where=SIGNED, row=one.id)
        one.save(update_fields=("signature", "signed_by", "signed_at", "sealed_signature"))
        record(DutySigned(subject=one.id, case=one.case_id, agrees=agrees), by=by)
