"""What a player sees at a place of a story, in a language."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from balise.awareness.activities.stories.queries import Published
from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.about import Clue
from balise.awareness.activities.stories.rules.places import Keep, Mode, Place, found
from balise.awareness.activities.stories.rules.saves import Moved, Save
from balise.awareness.activities.stories.rules.tags import Scene

_SEEDS = 1 << 31


@dataclass(frozen=True, slots=True)
class Held:
    """A place, and under which id it is kept; None where only the pages' addresses have it."""

    place: Place
    kept: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A scene as it is shown, the clues found up to it, and those that are new in it.

    `place` is where it is now: after an edit of the story it may be another than was asked for, and
    `moved` says so.
    """

    place: Place
    scene: Scene
    moved: Moved | None
    clues: Sequence[Clue]
    news: Sequence[Clue]


def beginning(story: Published, *, mode: Mode, keep: Keep = Keep.NOWHERE) -> Place:
    """Return the place before the first choice; chance has a seed of its own in each play."""
    save = Save(story.card.slug, story.card.hash, secrets.randbelow(_SEEDS))
    return Place(save, mode=mode, keep=keep)


def seen(story: Published, place: Place, *, language: str) -> Seen:
    """Return what is seen at a place. Raises SaveElsewhere, StoryFaulty."""
    play, moved = played(story, place)
    now = reached(place, play)
    before = found(now.clues, play.passed[len(play.passed) - len(now.since) - 1 : -1])
    codes = found(before, (play.scene,))
    known = [clue for code in codes if (clue := story.about.clue(code)) is not None]
    return Seen(
        now,
        story.said(play.scene, language),
        moved,
        known,
        [clue for clue in known if clue.code not in before],
    )


def played(story: Published, place: Place) -> tuple[player.Play, Moved | None]:
    """Return the play that leads to a place. Raises SaveElsewhere, StoryFaulty."""
    return player.resume(story.story(), place.save, place.since, moves=story.about.moves)


def reached(place: Place, play: player.Play) -> Place:
    """Return the place where a play is that began at another."""
    save, since = play.state()
    return place.after(save, since, play.passed)


def again(place: Place) -> Place:
    """Return the last checkpoint before a place."""
    return replace(place, since=())


def back(place: Place) -> Place:
    """Return the place before the last choice since the checkpoint."""
    return replace(place, since=place.since[:-1])
