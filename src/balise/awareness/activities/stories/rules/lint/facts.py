"""What a check must know of a story beside its text. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Facts:
    """What a check must know of a story beside its text; what is None is not checked.

    `endings` has, by code, whether `story.toml` gives help and a debrief. `words` are those of
    other languages by id, `topics` the words of each trigger, `pictures` the names of drawings,
    `sounds` those of the story's own sounds.
    """

    language: str = "fr"
    ages: tuple[int, int] = (11, 13)
    clues: frozenset[str] | None = None
    endings: Mapping[str, tuple[bool, bool]] | None = None
    triggers: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: frozenset[str] | None = None
    sounds: frozenset[str] | None = None

    def told(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {
            "language": self.language,
            "ages": self.ages,
            "clues": None if self.clues is None else sorted(self.clues),
            "endings": None if self.endings is None else dict(self.endings),
            "triggers": sorted(self.triggers),
            "words": {language: dict(words) for language, words in self.words.items()},
            "topics": dict(self.topics),
            "pictures": None if self.pictures is None else sorted(self.pictures),
            "sounds": None if self.sounds is None else sorted(self.sounds),
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return what `told` wrote."""
        clues, endings = told["clues"], told["endings"]
        pictures, sounds = told["pictures"], told["sounds"]
        youngest, oldest = told["ages"]
        return cls(
            told["language"],
            (youngest, oldest),
            None if clues is None else frozenset(clues),
            None if endings is None else {code: tuple(own) for code, own in endings.items()},
            frozenset(told["triggers"]),
            told["words"],
            {topic: tuple(words) for topic, words in told["topics"].items()},
            None if pictures is None else frozenset(pictures),
            None if sounds is None else frozenset(sounds),
        )
