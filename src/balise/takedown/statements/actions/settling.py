"""Settle which notice a statement answers: by the platform's own number, or by a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.takedown.notices.queries.values import NoticeRow, rows
from balise.takedown.statements import access
from balise.takedown.statements.events import MatchRejected, ReferenceNoted, StatementMatched
from balise.takedown.statements.models import Match, Reference, Statement
from balise.takedown.statements.queries import ours
from balise.takedown.statements.queries.ours import Sent
from balise.takedown.statements.rules.matching import (
    CERTAIN,
    Proposal,
    Reason,
    ReferenceKind,
    check_reference,
    proposals,
)
from balise.takedown.statements.rules.settling import AnswersAnother, MatchState, check_is_open


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many matches are new: waiting for a person, and certain."""

    proposed: int
    certain: int


def propose(*, statements: Sequence[Statement], sent: Sent, by: Actor) -> Proposed:
    """Propose which notices these statements answer, in the open transaction.

    What was settled stays as it is; the platform's own number settles at once.
    """
    access.require(by, access.COMPARE)
    found = [each for one in statements for each in _proposals(one, sent)]
    known: defaultdict[UUID, dict[UUID, Match]] = defaultdict(dict)
    for match in Match.objects.filter(statement__in=[one.statement for one in found]):
        known[match.statement_id][match.notice_id] = match
    answered = {
        statement
        for statement, matches in known.items()
        if any(match.stands is MatchState.CONFIRMED for match in matches.values())
    }
    fresh, certain = [], []
    for one in found:
        before = known[one.statement].get(one.notice)
        if one.statement in answered or (
            before is not None and before.stands is not MatchState.PROPOSED
        ):
            continue
        if one.is_certain:
            certain.append(one)
            answered.add(one.statement)
        elif before is None:
            fresh.append(one)
    Match.objects.bulk_create(_match(one) for one in fresh)
    _confirm_certain(certain, by=by)
    return Proposed(len(fresh), len(certain))


def note_reference(*, notice_id: UUID, kind: ReferenceKind, value: str, by: Actor) -> int:
    """Write down the platform's number for what a notice is about; return what it settled.

    Refuses (ReferenceFaulty) what cannot be such a number.
    """
    access.require(by, access.COMPARE)
    number = check_reference(kind, value)
    with transaction.atomic():
        notice = _notice(notice_id, by)
        named = {"notice_id": notice.id, "kind": kind.value, "value": number}
        _reference, is_new = Reference.objects.get_or_create(**named, defaults={"noted_at": now()})
        if is_new:
            record(ReferenceNoted(subject=notice.id, kind=kind), by=by)
        if kind is not ReferenceKind.PUID:
            return 0
        answers = Statement.objects.filter(host=notice.host, puid=number)
        free = answers.exclude(matches__state=MatchState.CONFIRMED.value)
        certain = [Proposal(one.id, notice.id, CERTAIN, (Reason.PUID,)) for one in free]
        _confirm_certain(certain, by=by)
    return len(certain)


def confirm(*, match_id: UUID, by: Actor) -> None:
    """Confirm that a statement answers a notice; its other proposals are rejected with it.

    Refuses one that was settled before, and a statement that answers another notice.
    """
    access.require(by, access.COMPARE)
    with transaction.atomic():
        match = _open(match_id, by)
        _settle(match, MatchState.CONFIRMED, by)
        try:
            with transaction.atomic():
                match.save(update_fields=("state", "settled_by", "settled_at"))
        except IntegrityError:
            raise AnswersAnother(_("This statement already answers another notice.")) from None
        host, line = match.notice.contact.organisation_id, match.notice.line
        record(_matched(match, host, line, by_number=False), by=by)
        for other in Match.objects.select_for_update().filter(
            statement=match.statement_id, state=MatchState.PROPOSED.value
        ):
            _reject(other, by)


def reject(*, match_id: UUID, by: Actor) -> None:
    """Reject that a statement answers a notice. Refuses one that was settled before."""
    access.require(by, access.COMPARE)
    with transaction.atomic():
        _reject(_open(match_id, by), by)


def _proposals(statement: Statement, sent: Sent) -> list[Proposal]:
    said = ours.said(statement)
    return proposals(said, sent.near(said))


def _open(match_id: UUID, by: Actor) -> Match:
    found = Match.objects.select_for_update(of=("self",)).select_related(
        "notice__contact", "statement"
    )
    match = find(found, id=match_id)
    access.require_line(by, match.notice.line)
    check_is_open(match.stands)
    return match


def _notice(notice_id: UUID, by: Actor) -> NoticeRow:
    notice = rows([notice_id]).get(notice_id)
    if notice is None:
        raise NotHere
    access.require_line(by, notice.line)
    return notice


def _reject(match: Match, by: Actor) -> None:
    _settle(match, MatchState.REJECTED, by)
    match.save(update_fields=("state", "settled_by", "settled_at"))
    fact = MatchRejected(subject=match.notice_id, statement=match.statement_id, score=match.score)
    record(fact, by=by)


def _settle(match: Match, state: MatchState, by: Actor) -> None:
    match.state, match.settled_by, match.settled_at = state.value, by.key, now()


def _confirm_certain(certain: Sequence[Proposal], *, by: Actor) -> None:
    """Settle what the platform's own number says, without a person."""
    notices = rows({one.notice for one in certain})
    events = []
    for one in certain:
        match, _is_new = Match.objects.update_or_create(
            statement_id=one.statement,
            notice_id=one.notice,
            defaults={
                "score": one.score,
                "reasons": [reason.value for reason in one.reasons],
                "state": MatchState.CONFIRMED.value,
                "settled_at": now(),
            },
        )
        notice = notices[one.notice]
        events.append(_matched(match, notice.host, notice.line, by_number=True))
    record_many(events, by=by)


def _match(one: Proposal) -> Match:
    reasons = [reason.value for reason in one.reasons]
    return Match(statement_id=one.statement, notice_id=one.notice, score=one.score, reasons=reasons)


def _matched(match: Match, host: UUID, line: str, *, by_number: bool) -> StatementMatched:
    return StatementMatched(
        subject=match.notice_id,
        statement=match.statement_id,
        host=host,
        for_line=Code(line),
        score=match.score,
        by_number=by_number,
    )
