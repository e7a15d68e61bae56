"""Stories for those who bring them in and publish them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.awareness.activities.stories import access, models
from balise.awareness.activities.stories.queries import Card, Published
from balise.awareness.activities.stories.queries.checked import words_of
from balise.awareness.activities.stories.rules.about import FILE, AboutFaulty, read
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.plan import Stop
from balise.awareness.activities.stories.rules.sounds import is_sound
from balise.foundation.actors import Actor
from balise.foundation.finding import find, there


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a story, as a list shows it."""

    number: int
    findings: tuple[Finding, ...]
    is_packed: bool
    is_public: bool
    written_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def may_be_published(self) -> bool:
        """Return whether nothing is wrong with it and it is not the public one."""
        return not self.findings and not self.is_public


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story, with the last version and the public one; `title` is that of the last."""

    id: UUID
    slug: str
    title: str
    last: VersionRow
    public: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A story with its versions, the latest first, and the one that is looked at.

    `playable` is this one as it would be played, published or not; None where it cannot be. `plan`
    is its map, empty where it has none.
    """

    row: StoryRow
    versions: tuple[VersionRow, ...]
    shown: VersionRow
    files: Mapping[str, str]
    playable: Published | None
    plan: Sequence[Stop]


def every(*, by: Actor) -> Sequence[StoryRow]:
    """Return all stories, those that changed last first."""
    access.require(by, access.READ)
    public = dict(models.Published.objects.values_list("slug", "number"))
    stories = models.Story.objects.prefetch_related("versions")
    rows = [_row(each, list(each.versions.all()), public.get(each.slug)) for each in stories]
    return sorted(rows, key=lambda row: row.last.written_at, reverse=True)


def one(story_id: UUID, *, number: int | None = None, by: Actor) -> Opened:
    """Return a story, with one of its versions: the last if none is named. Raises NotHere."""
    access.require(by, access.READ)
    story = find(models.Story, id=story_id)
    public = models.Published.objects.filter(slug=story.slug).values_list("number", flat=True)
    versions = list(story.versions.all())
    shown = versions[0] if number is None else find(story.versions.all(), number=number)
    row = _row(story, versions, public.first())
    rows = tuple(_version(each, row.public) for each in versions)
    plan = [Stop.read(each) for each in shown.plan]
    playable = _playable(story, shown)
    return Opened(row, rows, _version(shown, row.public), shown.files, playable, plan)


def source(story_id: UUID, number: int, name: str, *, by: Actor) -> str:
    """Return a text of a version, no sound. Raises NotHere."""
    access.require(by, access.READ)
    row = find(models.Version, story_id=story_id, number=number)
    return str(there(None if is_sound(name) else row.files.get(name)))


def _playable(story: models.Story, row: models.Version) -> Published | None:
    try:
        about, words = read(row.files.get(FILE, "")), words_of(row.files)
    except AboutFaulty:
        return None
    if not row.compiled:
        return None
    card = Card(story.slug, row.number, row.hash, about, (about.language, *words), row.written_at)
    return Published(card, row.compiled, words)


def _row(story: models.Story, versions: list[models.Version], public: int | None) -> StoryRow:
    last = versions[0]
    try:
        title = str(read(last.files.get(FILE, "")).title)
    except AboutFaulty:
        title = story.slug
    return StoryRow(story.id, story.slug, title, _version(last, public), public)


def _version(row: models.Version, public: int | None) -> VersionRow:
    return VersionRow(
        row.number,
        tuple(Finding.read(each) for each in row.findings),
        row.is_packed,
        row.number == public,
        row.written_at,
        row.published_at,
        row.withdrawn_at,
    )
