"""The profile of tags: what `# key: value` may say in a story, and nothing else. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

FLAGS: Final = frozenset({"checkpoint", "hard"})  # these have no value
SEVERAL: Final = frozenset({"clue", "trigger"})  # these may stand more than once in a scene
KEYS: Final = (
    FLAGS
    | SEVERAL
    | frozenset(
        ("image", "alt", "audio", "transcript", "speaker", "help", "ending", "debrief", "id")
    )
)


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tags of a scene say; of a key that stands twice, the last word is kept.

    `image` and `audio` are names of what is shown and heard, `alt` and `transcript` the same in
    words. `clues`, `triggers`, `ending`, `debrief` and `help` are codes of `story.toml`. A
    `checkpoint` is where a save goes back to; before a `hard` scene a class may stop a minute.
    """

    image: str = ""
    alt: str = ""
    audio: str = ""
    transcript: str = ""
    help: str = ""
    ending: str = ""
    debrief: str = ""
    clues: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    checkpoint: bool = False
    hard: bool = False


def pairs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the key and the value of each tag, as an engine gives them; a flag has no value."""
    for text in texts:
        key, _colon, value = text.partition(":")
        yield key.strip().lower(), value.strip()


def value_of(key: str, texts: Iterable[str]) -> str:
    """Return the last value of a key, or nothing."""
    return next((value for name, value in reversed([*pairs(texts)]) if name == key), "")


def read(texts: Iterable[str]) -> Tags:
    """Return what the tags of a scene say; keys of no profile are left to the lint."""
    said: dict[str, str] = {}
    several: dict[str, list[str]] = {key: [] for key in SEVERAL}
    for key, value in pairs(texts):
        if key in SEVERAL and value not in several[key]:
            several[key].append(value)
        said[key] = value
    return Tags(
        image=said.get("image", ""),
        alt=said.get("alt", ""),
        audio=said.get("audio", ""),
        transcript=said.get("transcript", ""),
        help=said.get("help", ""),
        ending=said.get("ending", ""),
        debrief=said.get("debrief", ""),
        clues=tuple(several["clue"]),
        triggers=tuple(several["trigger"]),
        checkpoint="checkpoint" in said,
        hard="hard" in said,
    )


# What a reader sees: a scene, its lines, and what they may choose. Pure.


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
