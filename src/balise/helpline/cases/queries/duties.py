"""What was decided about duties to report: for those on the file, and for who co-signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import RecordKey
from balise.helpline.cases import access
from balise.helpline.cases.models import DECIDED, SIGNED, Duty
from balise.helpline.cases.queries.files import glass_until, is_on, require_on
from balise.helpline.cases.rules.duties import Decision, End, Must, Signature, Tree, tree as tree_of
from balise.helpline.cases.rules.files import reference

_AT_ONCE = 200
_DUTIES = (Must.HELP, Must.YES)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A decision in codes. `end` is None where the questions have changed since."""

    id: UUID
    case_id: UUID
    reference: str
    end: End | None
    decision: Decision
    decided_by: str
    decided_at: datetime
    signature: Signature
    signed_by: str
    signed_at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class DutyDue:
    """A duty to report that nobody has co-signed, by when the law or the centre wants it done."""

    id: UUID
    reference: str
    end: End
    decided_at: datetime

    @property
    def due(self) -> datetime:
        return self.decided_at + timedelta(hours=self.end.within_hours)


@dataclass(frozen=True, slots=True)
class OpenedDuty:
    """A decision in clear: what was asked and answered, why, and what the supervisor said."""

    row: DutyRow
    answers: tuple[tuple[str, str], ...]
    rationale: str
    said: str


def tree() -> Tree:
    """Return the questions of the centre's country."""
    return tree_of(settings.COUNTRY)


def duties_of_case(case_id: UUID, *, seen_by: Actor) -> tuple[DutyRow, ...]:
    """Return what was decided in a file, the last first; for those on it."""
    access.require(seen_by, access.READ)
    require_on(case_id, who=seen_by)
    return _rows(Duty.objects.filter(case=case_id).order_by("-decided_at"), seen_by)


def to_sign(*, seen_by: Actor) -> tuple[DutyRow, ...]:
    """Return what waits for a supervisor other than who decided, the first decided first."""
    access.require(seen_by, access.SUPERVISE)
    found = Duty.objects.filter(signature=Signature.WAITING).exclude(decided_by=seen_by.key)
    return _rows(found.order_by("decided_at")[:_AT_ONCE], seen_by)


def due_to_sign(before: datetime, *, seen_by: Actor) -> tuple[DutyDue, ...]:
    """Return the duties to report that wait for a second signature and are due before a moment.

    By the hours that the country's questions give; the first due first. One's own too, which
    another signs.
    """
    access.require(seen_by, access.SUPERVISE)
    ends = tree().ends
    found = Duty.objects.filter(signature=Signature.WAITING).order_by("decided_at")[:_AT_ONCE]
    rows = [
        DutyDue(one.id, reference(one.case_id.hex), ends[one.end], one.decided_at)
        for one in found
        if one.end in ends and ends[one.end].must in _DUTIES
    ]
    return tuple(sorted((one for one in rows if one.due <= before), key=lambda one: one.due))


def may_read(one: Duty, *, who: Actor) -> bool:
    """Return whether someone may read a decision: its second signer, and readers of the case.

    Those are its members, and people with emergency access.
    """
    if who.may(access.SUPERVISE) or is_on(one.case_id, who=who):
        return True
    return glass_until(one.case_id, who=who) is not None


def opened(one: Duty, key: RecordKey, *, seen_by: Actor) -> OpenedDuty:
    """Return a decision in clear; the caller has written the reading down."""
    kept = key.open(bytes(one.sealed), where=DECIDED, row=one.id)
    said = (
        str(key.open(bytes(one.sealed_signature), where=SIGNED, row=one.id)["text"])
        if one.sealed_signature
        else ""
    )
    return OpenedDuty(
        row=_rows([one], seen_by)[0],
        answers=tuple((str(asked), str(answer)) for asked, answer in kept["said"]),
        rationale=str(kept["rationale"]),
        said=said,
    )


def _rows(found: Iterable[Duty], seen_by: Actor) -> tuple[DutyRow, ...]:
    kept = list(found)
    names = accounts.names_of(
        {one.decided_by for one in kept} | {one.signed_by for one in kept if one.signed_by}
    )
    ends = tree().ends
    return tuple(
        DutyRow(
            id=one.id,
            case_id=one.case_id,
            reference=reference(one.case_id.hex),
            end=ends.get(one.end),
            decision=Decision(one.decision),
            decided_by=names.get(one.decided_by, ""),
            decided_at=one.decided_at,
            signature=Signature(one.signature),
            signed_by=names.get(one.signed_by, ""),
            signed_at=one.signed_at,
            is_mine=one.decided_by == seen_by.key,
        )
        for one in kept
    )
