"""Where a player is in a story: a save, the choices since, and what they found. Pure.

It stands in the addresses of the pages, or is kept under six words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.activities.stories.rules.saves import Save, SaveFaulty
from balise.awareness.activities.stories.rules.tags import Scene

# The code lists of playing: with whom, kept where, and what is counted.


class Mode(TextChoices):
    """Who plays: one person, or a class before one screen."""

    ALONE = "alone", pgettext_lazy("story", "one person")
    CLASS = "class", pgettext_lazy("story", "a class")


class Keep(TextChoices):
    """Where a play is kept; it is said at the start."""

    NOWHERE = "nowhere", pgettext_lazy("story", "Nowhere")
    DEVICE = "device", pgettext_lazy("story", "On this device")
    CODE = "code", pgettext_lazy("story", "With a code of six words")


class What(TextChoices):
    """What is counted of stories by day."""

    BEGUN = "begun", _("Stories begun")
    CHOSEN = "chosen", _("Choices made")
    ENDED = "ended", _("Stories finished")


def ending_code(story: str, ending: str) -> str:
    """Return the code of an ending that no other story has."""
    return f"{story}/{ending}"


KEPT: Final = timedelta(days=180)  # without a new choice
MOST: Final = 200  # choices since a save: the lint asks for a checkpoint after five
_LONGEST: Final = 4_000  # characters of all of them


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a story; `clues` are the codes of what was found before the save."""

    save: Save
    since: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    mode: Mode = Mode.ALONE
    keep: Keep = Keep.NOWHERE

    @property
    def story(self) -> str:
        """Return the story's slug."""
        return self.save.story

    @property
    def nth(self) -> int:
        """Return the number of the scene, from 1: each choice leads to one more."""
        before = self.save.marks[-1].turns + 1 if self.save.marks else 0
        return before + len(self.since) + 1

    def after(self, save: Save, since: tuple[str, ...], passed: Sequence[Scene]) -> Self:
        """Return the place by another save and the choices since.

        `passed` is each scene from this place's save on, the one that is seen included.
        """
        before = passed[: max(len(passed) - len(since) - 1, 0)]
        return replace(
            self,
            save=save,
            since=since,
            clues=found(self.clues, before),
        )

    def told(self) -> dict[str, Any]:
        """Return what `read` takes, as short as it can be: it stands in addresses."""
        whole = {
            "s": self.save.told(),
            "c": list(self.clues),
            "m": "" if self.mode is Mode.ALONE else self.mode.value,
            "k": "" if self.keep is Keep.NOWHERE else self.keep.value,
        }
        return {name: value for name, value in whole.items() if value}

    @classmethod
    def read(cls, told: Mapping[str, Any], since: Sequence[str] = ()) -> Self:
        """Return the place that `told` wrote, with the choices since. Raises SaveFaulty."""
        if len(since) > MOST or sum(map(len, since)) > _LONGEST:
            raise SaveFaulty("more choices than a story has without a checkpoint")
        return cls(
            Save.read(told.get("s")),
            tuple(since),
            tuple(map(str, told.get("c", ()))),
            Mode(told.get("m", Mode.ALONE)),
            Keep(told.get("k", Keep.NOWHERE)),
        )


def found(clues: Sequence[str], scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Return the codes of the clues of these scenes too, each once, in the order of finding."""
    return tuple(dict.fromkeys((*clues, *(code for each in scenes for code in each.tags.clues))))
