"""Our notices compared with what platforms said and what the monitoring sees."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor, ActorKind
from balise.takedown.notices.access import lines_of
from balise.takedown.notices.queries.values import NoticeRow, rows
from balise.takedown.statements import access
from balise.takedown.statements.models import Contradiction, Dump, Match, Reference
from balise.takedown.statements.rules.dumps import Contradicts, Seen, contradiction, decided
from balise.takedown.statements.rules.settling import MatchState
from balise.takedown.watch.queries.looking import states_of

SHOWN = 100
SHOWN_TO_SETTLE = 25


@dataclass(frozen=True, slots=True)
class Compared:
    """A notice, what the host and its statements say of it, and what the watch sees."""

    notice: NoticeRow
    kind: Contradicts
    decisions: tuple[str, ...]
    seen: Seen

    @property
    def said(self) -> list[str]:
        """What the host declared, in words."""
        return decided(self.decisions)


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits for a person, where word and fact differ, and the files that were read."""

    contradictions: Sequence[Compared]
    counts: dict[Contradicts, int]
    to_settle: Sequence[Match]
    to_settle_count: int
    confirmed_count: int
    dumps: Sequence[Dump]


@dataclass(frozen=True, slots=True)
class AboutNotice:
    """What is known of one notice."""

    notice: NoticeRow
    seen: Seen
    references: Sequence[Reference]
    matches: Sequence[Match]
    contradiction: Contradicts | None


def compared(notice_ids: Iterable[UUID]) -> list[tuple[NoticeRow, Contradicts | None]]:
    """Return each of these notices with how its host's word and the watch differ, if they do."""
    notices = rows(list(notice_ids)).values()
    decisions, seen = _decisions(notices), _seen(notices)
    return [
        (
            notice,
            contradiction(
                outcome=notice.outcome,
                decisions=decisions.get(notice.id, ()),
                seen=seen[notice.line, notice.subject],
            ),
        )
        for notice in notices
    ]


def overview(*, seen_by: Actor) -> Overview:
    """Return what there is to compare and to settle, for the lines of the reader."""
    access.require(seen_by, access.READ)
    mine = _of_lines(seen_by)
    standing = Contradiction.objects.filter(mine, ended_at=None)
    latest = standing.order_by("-found_at")[:SHOWN]
    kinds = {one.notice_id: Contradicts(one.kind) for one in latest}
    notices = rows(kinds)
    decisions, seen = _decisions(notices.values()), _seen(notices.values())
    counted = dict(standing.values_list("kind").annotate(Count("id")).order_by())
    matches = Match.objects.filter(mine)
    to_settle = matches.filter(state=MatchState.PROPOSED.value)
    return Overview(
        contradictions=[
            Compared(
                notice := notices[notice_id],
                kind,
                decisions.get(notice_id, ()),
                seen[notice.line, notice.subject],
            )
            for notice_id, kind in kinds.items()
        ],
        counts={kind: counted.get(kind.value, 0) for kind in Contradicts},
        to_settle=_told(to_settle)[:SHOWN_TO_SETTLE],
        to_settle_count=to_settle.count(),
        confirmed_count=matches.filter(state=MatchState.CONFIRMED.value).count(),
        dumps=list(Dump.objects.order_by("-read_at")[:20]),
    )


def about_notice(notice_id: UUID, *, seen_by: Actor) -> AboutNotice | None:
    """Return what platforms and the watch say of one notice, or None."""
    access.require(seen_by, access.READ)
    notice = rows([notice_id]).get(notice_id)
    if notice is None:
        return None
    access.require_line(seen_by, notice.line)
    standing = Contradiction.objects.filter(notice=notice_id, ended_at=None).first()
    return AboutNotice(
        notice=notice,
        seen=_seen([notice])[notice.line, notice.subject],
        references=list(Reference.objects.filter(notice=notice_id).order_by("kind", "value")),
        matches=_told(Match.objects.filter(notice=notice_id)),
        contradiction=Contradicts(standing.kind) if standing else None,
    )


def dump(dump_id: UUID, *, seen_by: Actor) -> Dump | None:
    """Return one file that was read, with its corrupt rows, or None."""
    access.require(seen_by, access.READ)
    return Dump.objects.prefetch_related("corrupt_rows").filter(id=dump_id).first()


def _told(matches: QuerySet[Match]) -> list[Match]:
    found = matches.select_related("statement__host", "notice__contact__organisation")
    return list(found.defer("notice__sealed").order_by("-score", "id"))


def _of_lines(actor: Actor) -> Q:
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    return Q(notice__line__in=lines_of(actor))


def _decisions(notices: Collection[NoticeRow]) -> dict[UUID, tuple[str, ...]]:
    """Return what confirmed statements decided, by notice."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    confirmed = Match.objects.filter(
        notice__in=[notice.id for notice in notices], state=MatchState.CONFIRMED.value
    )
    for notice, decisions in confirmed.values_list("notice_id", "statement__decisions"):
        found[notice] += decisions
    return {notice: tuple(dict.fromkeys(decisions)) for notice, decisions in found.items()}


def _seen(notices: Collection[NoticeRow]) -> dict[tuple[str, UUID], Seen]:
    """Return what the watch sees of each notice's content, by line and content."""
    states = states_of({notice.subject for notice in notices})
    contents = {(notice.line, notice.subject) for notice in notices}
    return {content: Seen(states.get(content, "")) for content in contents}
