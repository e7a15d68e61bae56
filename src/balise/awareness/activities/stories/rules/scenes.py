"""What a reader sees: a scene, its lines, and what they may choose. Pure."""

from dataclasses import dataclass

from balise.awareness.activities.stories.rules.tags import Tags


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `id` is that of its words in every language, `speaker` who says it."""

    id: str
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen; without an id of its own, its text stands for one."""

    id: str
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands between two choices. `name` is the knot, or `knot.stitch`, it came to last.

    A scene with no choice is the end; `ending` is its code, or nothing where the story only stops.
    """

    name: str
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]
    tags: Tags

    @property
    def ending(self) -> str:
        """Return the code of the ending that this scene is."""
        return self.tags.ending if not self.choices else ""

    @property
    def text(self) -> str:
        """Return the lines as one text."""
        return "\n".join(line.text for line in self.lines)
