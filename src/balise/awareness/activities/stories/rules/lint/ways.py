"""Ways through a story: what is not reached, leads nowhere, has no end, no checkpoint. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.plan import START, Arrival, Walk
from balise.awareness.activities.stories.rules.player import Story

# What a check must know of a story beside its text. Pure.


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


APART: Final = 5  # choices between two checkpoints


def ways(story: Story, walked: Walk) -> Iterator[Finding]:
    """Yield what cannot be reached, and where the story stops or fails."""
    reached = {name for each in walked.arrivals for name in each.entered}
    for name in story.built.scenes:
        is_through = any(other.startswith(f"{name}.") for other in reached)
        if name not in reached and not is_through and walked.is_whole:
            yield Finding("unreachable", name, "no choice leads to this scene")
    for scene, error in walked.broken:
        yield Finding(error.code, scene, error.message)
    for each in walked.arrivals:
        for message in each.heard:
            yield Finding("engine", each.scene.name, message)
        if not each.scene.choices and not each.scene.ending:
            yield Finding("dead-end", each.scene.name, "the story stops here without an ending")
    if story.built.asks_turns:
        yield Finding("not-kept", "", "TURNS_SINCE is not kept in a save: use a variable")


def exits(walked: Walk) -> Iterator[Finding]:
    """Yield the scenes that no way leads out of, to an ending."""
    if not walked.is_whole:
        yield Finding("too-many-states", "", "a variable or a visit grows without end")
        return
    ends = {each.to for each in walked.arrivals if not each.scene.choices}
    while more := {each.at for each in walked.arrivals if each.to in ends} - ends - {START}:
        ends |= more
    for each in walked.arrivals:
        if each.to not in ends:
            yield Finding("no-exit", each.scene.name, "no way leads from here to an ending")


def checkpoints(story: Story, walked: Walk) -> Iterator[Finding]:
    """Yield the scenes that come after too many choices without a checkpoint."""
    known = story.built.checkpoints
    for tag in story.built.tags:
        if tag.key == "checkpoint" and not (tag.at_head and tag.scene in known):
            yield Finding("checkpoint-inside", tag.scene, "a checkpoint stands at a scene's head")
    after: dict[int, list[Arrival]] = defaultdict(list)
    for each in walked.arrivals:
        after[each.at].append(each)
    most: dict[int, int] = {}
    waiting = [(START, -1)]
    while waiting:
        state, count = waiting.pop()
        for each in after[state]:
            since = 0 if known.intersection(each.entered) else count + 1
            if since > APART or (not each.scene.choices):
                if since > APART:
                    message = f"more than {APART} choices without a checkpoint"
                    yield Finding("no-checkpoint", each.scene.name, message)
                continue
            if since > most.get(each.to, -1):
                most[each.to] = since
                waiting.append((each.to, since))


def endings(walked: Walk, facts: Facts) -> Iterator[Finding]:
    reached = set[str]()
    for scene in (each.scene for each in walked.arrivals if each.scene.ending):
        code = scene.ending
        reached.add(code)
        helps, debriefs = (facts.endings or {}).get(code, (False, False))
        if facts.endings is not None and code not in facts.endings:
            yield Finding("ending-unknown", scene.name, f"story.toml has no ending {code}")
        if not (helps or scene.tags.help):
            yield Finding("no-help", scene.name, f"the ending {code} says nobody who helps")
        if not (debriefs or scene.tags.debrief):
            yield Finding("no-debrief", scene.name, f"the ending {code} has no debrief")
    for code in sorted((facts.endings or {}).keys() - reached):
        yield Finding("ending-unknown", code, "no way leads to this ending of story.toml")
