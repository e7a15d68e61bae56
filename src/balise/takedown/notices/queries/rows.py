"""Notices as other modules of takedown compare them: values, and not a word of any."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from balise.takedown.directory.rules.contacts import LegalBasis
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.states import State

_COLUMNS = (
    *("id", "line", "subject", "contact__organisation", "contact__organisation__name", "offence"),
    *("about_minor", "facts_on", "basis", "sent_at", "outcome"),
)
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice, the organisation that it is for, and what came of it."""

    id: UUID
    line: str
    subject: UUID
    host: UUID
    host_name: str
    offence: str
    about_minor: bool
    facts_on: date
    basis: str
    sent_at: datetime | None
    outcome: str

    @property
    def came_of_it(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome else None

    @property
    def left_at(self) -> datetime:
        """Return when it was sent. Raises ValueError for one that was not."""
        if self.sent_at is None:
            raise ValueError("a notice that was not sent has no moment")
        return self.sent_at


def rows(notice_ids: Collection[UUID]) -> dict[UUID, NoticeRow]:
    """Return these notices by id."""
    found = Notice.objects.filter(id__in=notice_ids).values_list(*_COLUMNS)
    return {one.id: one for one in (NoticeRow(*row) for row in found)}


def rows_sent(
    *,
    but: Collection[State],
    since: datetime | None = None,
    before: datetime | None = None,
    basis: LegalBasis | None = None,
) -> Iterator[NoticeRow]:
    """Yield the notices that were sent and are in none of these states, the first sent first."""
    found = Notice.objects.filter(sent_at__isnull=False).exclude(state__in=but)
    if since is not None:
        found = found.filter(sent_at__gte=since)
    if before is not None:
        found = found.filter(sent_at__lt=before)
    if basis is not None:
        found = found.filter(basis=basis.value)
    for row in found.order_by("sent_at", "id").values_list(*_COLUMNS).iterator(_AT_ONCE):
        yield NoticeRow(*row)


def sent_about(contents: Iterable[tuple[str, UUID]]) -> list[UUID]:
    """Return the notices about these contents, each named by its line and its id."""
    wanted = set(contents)
    found = Notice.objects.filter(
        subject__in=[subject for _line, subject in wanted], sent_at__isnull=False
    )
    return [
        notice
        for notice, line, subject in found.values_list("id", "line", "subject")
        if (line, subject) in wanted
    ]
