"""What a partner's people have prepared and not sent yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.hotline.desk import access
from balise.hotline.desk.models import LINE, Batch, Draft
from balise.hotline.desk.rules.files import Form
from balise.hotline.desk.rules.reading import understand
from balise.hotline.desk.rules.words import DraftState
from balise.hotline.reports.queries.partners import not_settled
from balise.hotline.reports.rules.completeness import Completeness, Element
from balise.hotline.reports.rules.given import Answers, Fault, Note
from balise.takedown.tracing.rules.addresses import ASKED

CELLS = "hotline_desk.draft.sealed"
PAGE = 100


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft in clear: its cells as they were written, and what is the matter with them."""

    id: UUID
    batch: UUID
    number: int
    state: DraftState
    cells: Mapping[str, str]
    faults: Sequence[Fault]
    completeness: Completeness
    report: UUID | None
    known_count: int
    same_as: int | None
    notes: Sequence[Note]

    @property
    def where(self) -> str:
        """Where its contents are, in the words of the file."""
        named = (self.cells.get(code, "") for code in ("service", "place"))
        elsewhere = " · ".join(filter(None, named))
        return "\n".join(filter(None, (self.cells.get("address", ""), elsewhere)))


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """A batch and how many of its lines are in each state."""

    id: UUID
    form: Form
    made_at: datetime
    lines: int
    counts: Mapping[DraftState, int]
    incomplete: int

    @property
    def to_send(self) -> int:
        return self.counts[DraftState.READY]


@dataclass(frozen=True, slots=True)
class OpenedBatch:
    """A batch with a page of its lines in clear."""

    standing: BatchStanding
    drafts: Sequence[OpenedDraft]
    page: int
    pages: int


def batches(*, seen_by: Actor, limit: int = 20) -> list[BatchStanding]:
    """Return this partner's batches that have lines to send or to correct, the newest first."""
    found = _own_batches(seen_by).filter(drafts__state__in=_WAITING).distinct()
    return [_standing(batch) for batch in found.order_by("-made_at")[:limit]]


def batch(batch_id: UUID, *, seen_by: Actor, page: int = 1) -> OpenedBatch | None:
    """Return one batch of this partner with a page of its lines in clear; None for any other."""
    found = _own_batches(seen_by).filter(id=batch_id).first()
    if found is None:
        return None
    standing = _standing(found)
    pages = max(1, -(-standing.lines // PAGE))
    at = min(max(page, 1), pages)
    drafts = found.drafts.order_by("number")[(at - 1) * PAGE : at * PAGE]
    return OpenedBatch(standing, _opened(drafts, found.id), at, pages)


def faulty(batch_id: UUID, *, seen_by: Actor) -> list[OpenedDraft]:
    """Return the lines of a batch of this partner that are to be corrected, in clear."""
    partner = access.require_member(seen_by)
    drafts = Draft.objects.filter(
        batch=batch_id, partner=partner, state=DraftState.FAULTY
    ).order_by("number")
    return _opened(drafts, batch_id)


def draft(draft_id: UUID, *, seen_by: Actor) -> OpenedDraft | None:
    """Return one draft of this partner in clear; None for any other."""
    partner = access.require_member(seen_by)
    found = Draft.objects.filter(id=draft_id, partner=partner).first()
    if found is None:
        return None
    return _opened([found], found.batch_id)[0]


def sent_before(partner: UUID, said_keys: Sequence[bytes]) -> dict[bytes, UUID]:
    """Return the reports that say the same and are not settled yet, by what they say."""
    found = Draft.objects.filter(
        partner=partner, state=DraftState.SENT, said_key__in=said_keys, report__isnull=False
    )
    by_report = {
        report: bytes(said) for said, report in found.values_list("said_key", "report") if report
    }
    return {by_report[report]: report for report in not_settled(by_report)}


def answers_of(found: Draft, key: RecordKey) -> Answers | None:
    """Return what a draft says as of today, or None where that cannot be sent."""
    if not found.sealed or found.stands is DraftState.SENT:
        return None
    cells = key.open(found.sealed, where=CELLS, row=found.id)["cells"]
    return understand(cells, country=settings.COUNTRY, today=today()).answers


_WAITING = (DraftState.READY, DraftState.FAULTY, DraftState.KNOWN)


def _own_batches(actor: Actor) -> QuerySet[Batch]:
    partner = access.require_member(actor)
    return Batch.objects.filter(partner=partner)


def _standing(found: Batch) -> BatchStanding:
    drafts = found.drafts.order_by()
    counted = dict(drafts.values_list("state").annotate(Count("id")))
    ready = Q(state=DraftState.READY)
    return BatchStanding(
        id=found.id,
        form=Form(found.form),
        made_at=found.made_at,
        lines=sum(counted.values()),
        counts={state: counted.get(state.value, 0) for state in DraftState},
        incomplete=drafts.filter(ready, score__lt=100).count(),
    )


def _opened(drafts: QuerySet[Draft] | list[Draft], batch_id: UUID) -> list[OpenedDraft]:
    found = list(drafts)
    key = key_of_line(LINE, batch_id) if any(one.sealed for one in found) else None
    return [_open(one, key) for one in found]


def _open(found: Draft, key: RecordKey | None) -> OpenedDraft:
    opened = key.open(found.sealed, where=CELLS, row=found.id) if key and found.sealed else {}
    cells = {str(code): str(cell) for code, cell in opened.get("cells", {}).items()}
    missing = tuple(map(Element, found.missing))
    is_short = Element.SEEN in missing and bool(cells.get("description", "").strip())
    return OpenedDraft(
        id=found.id,
        batch=found.batch_id,
        number=found.number,
        state=found.stands,
        cells=cells,
        faults=tuple(Fault(*fault) for fault in opened.get("faults", ())),
        completeness=Completeness(missing, is_short=is_short),
        report=found.report,
        known_count=found.known_count,
        same_as=found.same_as,
        notes=_notes(found.stands, cells),
    )


def _notes(stands: DraftState, cells: Mapping[str, str]) -> Sequence[Note]:
    """Return what was understood of the addresses of a draft that can still be corrected."""
    if stands in {DraftState.SENT, DraftState.FAULTY}:
        return ()
    read = understand(cells, country=settings.COUNTRY, today=today())
    return [note for note in read.notes if note.code in ASKED]
