"""Checking a story before it is published: its `story.toml`, its compilation, the lint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from balise.awareness.activities.stories import access, models
from balise.awareness.activities.stories.documents import checking, compiling
from balise.awareness.activities.stories.documents.compiling import NotCompiled
from balise.awareness.activities.stories.queries import Card, Published
from balise.awareness.activities.stories.rules import about
from balise.awareness.activities.stories.rules.about import (
    FILE,
    About,
    AboutFaulty,
    read,
    trigger_words,
)
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint import Facts
from balise.awareness.activities.stories.rules.pictures import PICTURES
from balise.awareness.activities.stories.rules.plan import Stop
from balise.awareness.activities.stories.rules.player import digest
from balise.awareness.activities.stories.rules.sounds import is_sound
from balise.foundation import apart
from balise.foundation.actors import Actor
from balise.foundation.finding import find, there

MAIN: Final = "main.ink"


@dataclass(frozen=True, slots=True)
class Checked:
    """A story that was checked, and its map; `compiled` is empty where it did not compile."""

    compiled: str
    findings: tuple[Finding, ...]
    plan: Sequence[Stop] = ()

    @property
    def hash(self) -> str:
        """Return what tells this state of the story from another."""
        return digest(self.compiled) if self.compiled else ""


def checked(files: Mapping[str, str], *, main: str = MAIN, compiled: str = "") -> Checked:
    """Return a story with what is wrong with it; the work is done in children with limits.

    What is compiled already is not compiled again.
    """
    found, facts = _about(files)
    if not compiled:
        try:
            sources = {name: text for name, text in files.items() if name.endswith(".ink")}
            made = compiling.compiled(sources, main=main, library=settings.INKJS)
        except NotCompiled as error:
            return Checked("", (*found, Finding(error.code, main, str(error))))
        found = (*found, *(Finding("ink", each.where, each.message) for each in made.said))
        compiled = made.text
    if not compiled:
        return Checked("", tuple(sorted(set(found))))
    more, plan = checking.linted(compiled, facts)
    return Checked(compiled, tuple(sorted({*found, *more})), plan)


def _about(files: Mapping[str, str]) -> tuple[tuple[Finding, ...], Facts]:
    """Return what is wrong with `story.toml` and the words, and what the lint must know of them."""
    topics = trigger_words(settings.COUNTRY)
    if about.FILE not in files:
        return (Finding("no-about", about.FILE, "there is no such file"),), Facts(topics=topics)
    try:
        own = about.of(_told(files[about.FILE]))
    except AboutFaulty as error:
        return (Finding("no-about", about.FILE, str(error)),), Facts(topics=topics)
    found = [
        Finding("image-unknown", about.FILE, f"there is no drawing {each.image}")
        for each in own.trailer
        if each.image not in PICTURES
    ]
    words = dict[str, Mapping[str, str]]()
    for language, name in _languages(files):
        try:
            words[language] = about.words_in(_told(files[name]))
        except AboutFaulty as error:
            found.append(Finding("no-translation", name, str(error)))
    return tuple(found), _facts(own, words, topics, files)


def read_table(name: str, text: str) -> None:
    """Read `story.toml`, or the words of another language. Raises AboutFaulty."""
    told = _told(text)
    if name == about.FILE:
        about.of(told)
    else:
        about.words_in(told)


def _told(text: str) -> dict[str, Any]:
    """Return what a file in TOML says, read in a child with limits. Raises AboutFaulty."""
    try:
        return apart.toml(text.encode())
    except apart.Unreadable as fault:
        raise AboutFaulty(f"no TOML: {fault.detail or fault.code}") from None


def _facts(
    own: About,
    words: Mapping[str, Mapping[str, str]],
    topics: Mapping[str, tuple[str, ...]],
    files: Mapping[str, str],
) -> Facts:
    return Facts(
        language=own.language,
        ages=own.ages,
        clues=frozenset(each.code for each in own.clues),
        endings={each.code: (bool(each.help), each.debrief is not None) for each in own.endings},
        triggers=frozenset(own.triggers),
        words=words,
        topics=topics,
        pictures=frozenset(PICTURES),
        sounds=frozenset(filter(is_sound, files)),
    )


def _languages(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the languages that a story has tables of words in, with the tables' names."""
    tables = (name for name in files if name.endswith(".toml") and name != about.FILE)
    return [(name.removesuffix(".toml"), name) for name in sorted(tables)]


def words_of(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the words of other languages, by language. Raises AboutFaulty."""
    return {language: about.words(files[name]) for language, name in _languages(files)}


# Stories for those who bring them in and publish them.


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
