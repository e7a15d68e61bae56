"""What a young person sees of their request: stages, and nothing that says what it is about.

Only clear columns are read here: the public process opens nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import Receipt
from balise.foundation.web import timeline
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.rules.requests import ContentType, ItemKind
from balise.helpline.removals.rules.states import RemovalState
from balise.helpline.removals.rules.tracking import Stage, counted, is_over, journey, stage, what

# The public process may read no other column of a request.
_SEEN = ("id", "asked_at")
_READ = (
    *("number", "kind", "content_type", "state", "gone_at"),
    *("ended_at", "decided_at", "decision"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was asked for: what it is, in a word, and how far it is."""

    number: int
    kind: ItemKind
    content_type: ContentType
    stage: Stage
    # Its way, done and to come; where we stopped and the platform says that it removed it, both.
    journey: tuple[timeline.Step, ...]

    @property
    def what(self) -> str:
        """What it is, in the young person's words."""
        return what(self.kind, self.content_type)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A request for who follows it."""

    asked_at: datetime
    steps: tuple[Step, ...]

    @property
    def removed(self) -> int:
        return counted(step.stage for step in self.steps)[0]

    @property
    def is_all_removed(self) -> bool:
        return bool(self.steps) and self.removed == len(self.steps)

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens, removed or not."""
        return is_over(step.stage for step in self.steps)


def tracked(code: Receipt) -> Tracked | None:
    """Return the request that a code leads to, or None."""
    found = Request.objects.filter(tracker_key=receipt_index(code))
    return next((_tracked(*row) for row in found.values_list(*_SEEN)[:1]), None)


def of_conversation(conversation_id: UUID) -> tuple[Tracked, ...]:
    """Return the requests that began in a conversation, the latest first."""
    found = Request.objects.filter(conversation=conversation_id).order_by("-asked_at")
    return tuple(_tracked(*row) for row in found.values_list(*_SEEN))


def began_in(conversation_id: UUID) -> bool:
    """Return whether a request began in a conversation."""
    return Request.objects.filter(conversation=conversation_id).exists()


def _tracked(request_id: UUID, asked_at: datetime) -> Tracked:
    found = Item.objects.filter(request=request_id).order_by("number")
    rows = found.values_list(*_READ)
    return Tracked(
        asked_at,
        tuple(
            Step(
                number,
                ItemKind(kind),
                ContentType(content_type),
                stage(RemovalState(state), is_gone=gone_at is not None),
                journey(
                    RemovalState(state),
                    gone_at=gone_at,
                    ended_at=ended_at,
                    decided_at=decided_at,
                    decision=decision,
                ),
            )
            for number, kind, content_type, state, gone_at, ended_at, decided_at, decision in rows
        ),
    )
