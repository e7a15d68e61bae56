"""What waits for the people of awareness: reviews, translations, alternatives; and who asks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime
from wagtail.models import WorkflowState

from balise.awareness.publications import access
from balise.awareness.publications.models import TYPES, Published, Text
from balise.awareness.publications.queries import Read, address, described
from balise.awareness.publications.rules.links import links_in
from balise.awareness.publications.rules.metadata import as_bik
from balise.awareness.publications.rules.standing import Fault, faults_of, source_of, standing_of
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation import clock
from balise.foundation.actors import Actor

# How the public pages stand: which of them someone has to look at, and where they lead.


@dataclass(frozen=True, slots=True)
class Looked:
    """A public page, what is the matter with it, and the addresses that its text leads to.

    `own` are those of this site that lead nowhere.
    """

    address: str
    title: str
    faults: tuple[Fault, ...]
    links: tuple[str, ...]
    own: tuple[str, ...]


def looked_at(on: date) -> Iterator[Looked]:
    """Yield each public page as it stands on a day, those written first before."""
    looked = list(faults(Published.objects.defer("words"), on))
    known = {address(row) for row, _faults in looked}
    for row, its_faults in looked:
        found = links_in(row.html)
        yield Looked(
            address(row, whole=True),
            row.title,
            its_faults,
            tuple(link for link in found if _is_elsewhere(link)),
            tuple(link for link in found if _is_page(link) and _path(link) not in known),
        )


def faults(pages: QuerySet[Published], on: date) -> Iterator[tuple[Published, tuple[Fault, ...]]]:
    """Yield each page with what is the matter with it on a day, those written first before."""
    kinds = taxonomy(settings.COUNTRY)["kind"].terms
    by_key: dict[UUID, list[Published]] = defaultdict(list)
    rows = list(pages.order_by("page_id"))
    for row in rows:
        if row.published_at:
            row.published_at = localtime(row.published_at)  # its day is the centre's
        by_key[row.key].append(row)
    for row in rows:
        yield row, faults_of(standing_of(row, source_of(by_key[row.key]), kinds), on)


def _is_elsewhere(link: str) -> bool:
    return link.startswith(("http://", "https://")) and _path(link) == link


def _is_page(link: str) -> bool:
    """Return whether a link is to a page of the catalogue: its language, `resources`, its name."""
    parts: Sequence[str] = _path(link).split("/")
    return len(parts) == len(("", "fr", "resources", "name", "")) and parts[2] == "resources"


def _path(link: str) -> str:
    """Return the path of a link to this site; any other link as it is."""
    if not link.startswith(("/", f"{settings.PUBLIC_ADDRESS}/")):
        return link
    return link.removeprefix(settings.PUBLIC_ADDRESS).partition("#")[0].partition("?")[0]


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


# The catalogue as lines of the resource directory of Better Internet for Kids.


SHOWN_IN = "en"  # the directory's own language
_NOT_LISTED = frozenset({"news"})


def lines(*, seen_by: Actor) -> Sequence[Mapping[str, str]]:
    """Return a line for each resource: in English where it is translated, else as it was written.

    News are no resource, and are left out.
    """
    access.require(seen_by, access.WRITE)
    rows = Published.objects.defer("html", "words").order_by("page_id")
    by_key: dict[object, list[Published]] = {}
    for row in rows:
        if row.kind not in _NOT_LISTED:
            by_key.setdefault(row.key, []).append(row)
    facets = taxonomy(settings.COUNTRY)
    found = []
    for several in by_key.values():
        shown = next((row for row in several if row.language == SHOWN_IN), several[0])
        others = {row.language: row for row in several if row is not shown}
        found.append(as_bik(described(Read(shown, others, None, None)), facets))
    return found
