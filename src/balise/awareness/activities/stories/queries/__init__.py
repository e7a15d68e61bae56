"""What is published: the stories that anyone plays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from balise.awareness.activities.stories import models
from balise.awareness.activities.stories.rules import player, sounds
from balise.awareness.activities.stories.rules.about import About, read
from balise.awareness.activities.stories.rules.plan import Stop
from balise.awareness.activities.stories.rules.player import Story
from balise.awareness.activities.stories.rules.tags import Scene
from balise.awareness.activities.stories.rules.translated import translated
from balise.foundation.finding import find, there


@dataclass(frozen=True, slots=True)
class Card:
    """A published story, as a list shows it."""

    slug: str
    number: int
    hash: str
    about: About
    languages: tuple[str, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A published story, to be played; `words` are those of other languages, by id."""

    card: Card
    compiled: str
    words: Mapping[str, Mapping[str, str]]

    @property
    def about(self) -> About:
        """Return what the story says of itself."""
        return self.card.about

    def story(self) -> Story:
        """Return the story to play, parsed once in this thread."""
        return player.load(self.compiled, slug=self.card.slug)

    def said(self, scene: Scene, language: str) -> Scene:
        """Return a scene in a language, as far as the story has its words."""
        return translated(scene, self.words.get(language, {}))


def published(slug: str) -> Published:
    """Return a published story. Raises NotHere."""
    row = find(models.Published.objects.defer("plan", "sounds"), slug=slug)
    return Published(_card(row), row.compiled, row.words)


def mapped(slug: str) -> Sequence[Stop]:
    """Return the map of a published story's choices. Raises NotHere."""
    row = find(models.Published.objects.only("plan"), slug=slug)
    return [Stop.read(each) for each in row.plan]


def sound(slug: str, name: str) -> bytes:
    """Return a sound of a published story. Raises NotHere."""
    row = find(models.Published.objects.only("sounds"), slug=slug)
    return sounds.octets(there(row.sounds.get(name)))


def catalogue() -> Sequence[Card]:
    """Return the published stories, the newest first."""
    rows = models.Published.objects.defer("compiled", "plan", "sounds").order_by(
        "-published_at", "slug"
    )
    return [_card(row) for row in rows]


def _card(row: models.Published) -> Card:
    about = read(row.about)
    languages = (about.language, *(each for each in row.words if each != about.language))
    return Card(row.slug, row.number, row.hash, about, languages, row.published_at)
