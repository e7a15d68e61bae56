"""Compare what hosts said with what the watch sees, and write down where they differ."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.notices.queries.values import NoticeRow
from balise.takedown.statements import access
from balise.takedown.statements.events import ContradictionEnded, ContradictionFound
from balise.takedown.statements.models import Contradiction
from balise.takedown.statements.queries.comparing import compared
from balise.takedown.statements.rules.dumps import Contradicts


def compare(*, notice_ids: Iterable[UUID], by: Actor) -> int:
    """Compare these notices again; return how many newly contradict the monitoring."""
    access.require(by, access.COMPARE)
    found = 0
    with transaction.atomic():
        now_so = compared(notice_ids)
        standing = {
            one.notice_id: one
            for one in Contradiction.objects.select_for_update().filter(
                notice__in=[notice.id for notice, _kind in now_so], ended_at=None
            )
        }
        for notice, kind in now_so:
            before = standing.get(notice.id)
            if before is not None and before.kind == kind:
                continue
            if before is not None:
                _end(before, notice, by)
            if kind is not None:
                _find(notice, kind, by)
                found += 1
    return found


def _find(notice: NoticeRow, kind: Contradicts, by: Actor) -> None:
    Contradiction.objects.create(notice_id=notice.id, kind=kind.value, found_at=now())
    fact = ContradictionFound(
        subject=notice.id,
        host=notice.host,
        for_line=Code(notice.line),
        kind=kind,
    )
    record(fact, by=by)


def _end(before: Contradiction, notice: NoticeRow, by: Actor) -> None:
    before.ended_at = now()
    before.save(update_fields=("ended_at",))
    fact = ContradictionEnded(
        subject=notice.id,
        host=notice.host,
        for_line=Code(notice.line),
        kind=Contradicts(before.kind),
    )
    record(fact, by=by)
