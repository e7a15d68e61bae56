"""What waits for the people of awareness: reviews, translations, alternatives; and who asks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wagtail.models import WorkflowState

from balise.awareness.publications import access
from balise.awareness.publications.models import TYPES, Published, Text
from balise.awareness.publications.queries.standing import faults
from balise.awareness.publications.rules.standing import Fault
from balise.foundation import clock
from balise.foundation.actors import Actor

MOST_DUE: Final = 500


@dataclass(frozen=True, slots=True)
class Lacking:
    """A public page, and one thing that someone has to look at."""

    page: Published
    fault: Fault


@dataclass(frozen=True, slots=True)
class Asking:
    """A version that waits for a head of awareness; or for its editor, with the head's `word`."""

    page: int
    title: str
    language: str
    who: str
    since: datetime
    word: str


@dataclass(frozen=True, slots=True)
class Due:
    """What waits for the people of awareness."""

    lacking: Sequence[Lacking]
    asked: Sequence[Asking]


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language, public or not."""

    page: int
    title: str
    type: str
    language: str
    is_live: bool
    is_behind: bool
    is_translation: bool
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A page in all its languages; `first` was written before the others."""

    first: Version
    by_language: Mapping[str, Version]

    @property
    def is_behind(self) -> bool:
        return any(version.is_behind for version in self.by_language.values())


def due(*, seen_by: Actor) -> Due:
    """Return what the public pages lack, those that wait longest first; and who asks for a review.

    Raises PermissionDenied for someone who does not write.
    """
    access.require(seen_by, access.WRITE)
    today = clock.today()
    looked = faults(Published.objects.defer("html", "words"), today)
    lacking = [Lacking(row, fault) for row, found in looked for fault in found]
    lacking.sort(key=lambda each: (each.fault.since or today, each.page.title))
    return Due(lacking[:MOST_DUE], list(_asked()))


def _asked() -> Iterator[Asking]:
    open_ = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    waiting = WorkflowState.objects.filter(status__in=open_)
    joined = waiting.select_related("requested_by", "current_task_state")
    for state in joined.order_by("created_at"):
        page = state.content_object
        who = state.requested_by.name if state.requested_by else ""
        word = state.current_task_state.comment if state.current_task_state else ""
        language = page.locale.language_code
        yield Asking(page.pk, page.draft_title, language, who, state.created_at, word)


def languages(*, seen_by: Actor) -> Sequence[Line]:
    """Return each page in all languages, those whose translations are behind first.

    Raises PermissionDenied for someone who does not write.
    """
    access.require(seen_by, access.WRITE)
    by_key: dict[object, dict[str, Version]] = defaultdict(dict)
    for each in TYPES:
        rows = each.objects.select_related("locale", "made_from__original__locale")
        for page in rows.order_by("pk"):
            by_key[page.translation_key][page.locale.language_code] = _version(page)
    lines = [
        Line(min(versions.values(), key=lambda each: each.page), versions)
        for versions in by_key.values()
    ]
    return sorted(lines, key=lambda line: (not line.is_behind, line.first.title))


def _version(page: Text) -> Version:
    made = getattr(page, "made_from", None)
    return Version(
        page.pk,
        page.draft_title,
        type(page).__name__,
        page.locale.language_code,
        is_live=page.live,
        is_behind=bool(made and made.is_behind),
        is_translation=made is not None,
        changed_at=made.original.last_published_at if made and made.is_behind else None,
    )
