"""The edits of the words of danger: those in force, in each process, and those to decide."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.queue import access
from balise.helpline.queue.models import WordsEdit
from balise.helpline.queue.rules.danger_words import pack_of
from balise.helpline.queue.rules.danger_words.editing import Edit, apply, concepts

LOOKED_AT_EVERY = 10  # seconds, by each process
_MOST_SHOWN = 50


@dataclass(slots=True)
class _Held:
    """What a process holds of the edits in force, and since when."""

    edits: tuple[Edit, ...] = ()
    looked_at: datetime | None = None


_HELD = _Held()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """An edit, as a supervisor reads it."""

    id: UUID
    language: str
    concept: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    why: str
    trial: Mapping[str, Any]
    proposed_by: str
    proposed_at: datetime
    is_own: bool
    decided_by: str
    decided_at: datetime | None
    is_approved: bool | None


def in_force() -> tuple[Edit, ...]:
    """Return the approved edits, the oldest first, as they were ten seconds ago at most.

    In an event loop, which asks no database, as `in_force` found them last elsewhere.
    """
    moment = now()
    since = _HELD.looked_at
    is_fresh = since is not None and 0 <= (moment - since).total_seconds() < LOOKED_AT_EVERY
    if not is_fresh and not _is_in_loop():
        _HELD.edits, _HELD.looked_at = approved(), moment
    return _HELD.edits


def forget() -> None:
    """Let this process look anew at once."""
    _HELD.edits, _HELD.looked_at = (), None


def approved() -> tuple[Edit, ...]:
    """Return the approved edits, the oldest first."""
    rows = WordsEdit.objects.filter(is_approved=True).order_by("decided_at", "id")
    return tuple(
        Edit(language, concept, tuple(added), tuple(removed))
        for language, concept, added, removed in rows.values_list(
            "language", "concept", "added", "removed"
        )
    )


def words_now(*, seen_by: Actor) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the words of each concept that are in force, by language, for a supervisor."""
    access.require(seen_by, access.SUPERVISE)
    return concepts(apply(pack_of(settings.COUNTRY), approved()))


def edits(*, seen_by: Actor) -> tuple[list[EditRow], list[EditRow]]:
    """Return the edits to decide, and the last fifty that were decided, for a supervisor."""
    access.require(seen_by, access.SUPERVISE)
    waiting = list(WordsEdit.objects.filter(decided_at=None).order_by("proposed_at"))
    decided = WordsEdit.objects.exclude(decided_at=None).order_by("-decided_at")[:_MOST_SHOWN]
    past = list(decided)
    names = accounts.names_of({key for one in waiting + past for key in _who(one) if key})
    return (
        [_row(one, names, seen_by) for one in waiting],
        [_row(one, names, seen_by) for one in past],
    )


def _who(one: WordsEdit) -> tuple[str, str]:
    return one.proposed_by, one.decided_by


def _row(one: WordsEdit, names: Mapping[str, str], seen_by: Actor) -> EditRow:
    return EditRow(
        id=one.id,
        language=one.language,
        concept=one.concept,
        added=tuple(one.added),
        removed=tuple(one.removed),
        why=one.why,
        trial=one.trial,
        proposed_by=names.get(one.proposed_by, ""),
        proposed_at=one.proposed_at,
        is_own=one.proposed_by == seen_by.key,
        decided_by=names.get(one.decided_by, ""),
        decided_at=one.decided_at,
        is_approved=one.is_approved,
    )


def _is_in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
