"""Tags, codes and ids: what nothing declares, what stands twice, what is missing. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from balise.awareness.activities.stories.rules import tags
from balise.awareness.activities.stories.rules.built import Tagged
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint.facts import Facts
from balise.awareness.activities.stories.rules.lint.wording import REMOTE
from balise.awareness.activities.stories.rules.player import Story
from balise.awareness.activities.stories.rules.walk import Walk

_ID: Final = re.compile(r"[\w.-]{1,80}")


def named(story: Story, walked: Walk, facts: Facts) -> Iterator[Finding]:
    """Yield tags that are no tag, and codes that nothing declares."""
    found = {code for each in walked.arrivals for code in each.scene.tags.clues}
    for tag in story.built.tags:
        if tag.key not in tags.KEYS:
            yield Finding("tag-unknown", tag.scene, f"{tag.key} is no tag of the profile")
        elif not tag.value and tag.key not in tags.FLAGS:
            yield Finding("tag-unknown", tag.scene, f"{tag.key} has no value")
        if tag.key == "clue" and facts.clues is not None and tag.value not in facts.clues:
            yield Finding("clue-unknown", tag.scene, f"story.toml has no clue {tag.value}")
        if tag.key == "trigger" and tag.value not in facts.triggers:
            yield Finding("trigger", tag.scene, f"story.toml does not announce {tag.value}")
        if tag.key in {"image", "audio"} and REMOTE.search(tag.value):
            yield Finding("remote", tag.scene, f"{tag.value} is not one of the story's own")
        elif tag.key == "image" and facts.pictures is not None and tag.value not in facts.pictures:
            yield Finding("image-unknown", tag.scene, f"there is no drawing {tag.value}")
        elif tag.key == "audio" and facts.sounds is not None and tag.value not in facts.sounds:
            yield Finding("sound-unknown", tag.scene, f"there is no file {tag.value}")
    for code in sorted((facts.clues or frozenset()) - found):
        yield Finding("clue-unknown", code, "nobody finds this clue of story.toml")


def ids(written: tuple[Tagged, ...], walked: Walk) -> Iterator[Finding]:
    """Yield an id that stands twice, what has none, and an id of two texts."""
    known = set[str]()
    for tag in written:
        if tag.key == "id":
            if tag.value in known:
                yield Finding("id-twice", tag.value, f"this id stands once more in {tag.scene}")
            if not _ID.fullmatch(tag.value):
                yield Finding("no-id", tag.scene, "an id is letters, digits, points and hyphens")
            known.add(tag.value)
    texts: dict[str, set[str]] = defaultdict(set)
    for scene in (each.scene for each in walked.arrivals):
        said = [(line.id, line.text) for line in scene.lines]
        for name, text in (*said, *((choice.id, choice.text) for choice in scene.choices)):
            texts[name].add(text)
            if name not in known:
                yield Finding("no-id", scene.name, f"this has no id: {text[:60]}")
    for name, found in texts.items():
        if name in known and len(found) > 1:
            yield Finding("two-texts", name, "the words under one id change: give each its own")
