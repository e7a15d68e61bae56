"""Tags, codes and ids: what nothing declares, what stands twice, what is missing. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from balise.awareness.activities.stories.rules import tags
from balise.awareness.activities.stories.rules.built import Tagged
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint.ways import Facts
from balise.awareness.activities.stories.rules.plan import Walk
from balise.awareness.activities.stories.rules.player import Story
from balise.awareness.readability.rules.measure import measured

# Words: plain, readable for the youngest, announced, in each language. Pure.


WORDS_TO_MEASURE: Final = 40
REMOTE: Final = re.compile(r"(?:https?:)?//\S+|data:\S+|!\[", re.IGNORECASE)
_SENTENCES: Final = ((10, 12), (13, 15), (16, 20))  # up to this age, words of a sentence
_LONGEST_SENTENCE: Final = 25
_EASE: Final = ((10, 70), (13, 60), (16, 50))  # up to this age, 0 to 100
_LEAST_EASE: Final = 40
_HTML: Final = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:[a-z]+|#\d+);")


def pictures(walked: Walk, facts: Facts) -> Iterator[Finding]:
    """Yield pictures without words, and words that are no plain text."""
    for scene in (each.scene for each in walked.arrivals):
        if scene.tags.image and not scene.tags.alt:
            yield Finding("no-alt", scene.name, f"the picture {scene.tags.image} has no words")
        if scene.tags.audio and not scene.tags.transcript:
            yield Finding("no-alt", scene.name, f"the sound {scene.tags.audio} has no transcript")
        said = [(line.id or scene.name, line.text) for line in scene.lines]
        said += [(choice.id, choice.text) for choice in scene.choices]
        yield from _plain([*said, (scene.name, scene.tags.alt)])
    for language, words in facts.words.items():
        yield from _plain((f"{language}:{name}", text) for name, text in words.items())


def _plain(said: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for where, text in said:
        if _HTML.search(text):
            yield Finding("html", where, "this is shown as it is written: use plain words")
        if REMOTE.search(text):
            yield Finding("remote", where, "nothing is shown from elsewhere, nor linked to")


def reading(walked: Walk, facts: Facts) -> Iterator[Finding]:
    """Yield sentences that are too long for the youngest, and scenes that are hard to read."""
    goal = next((most for age, most in _SENTENCES if facts.ages[0] <= age), _LONGEST_SENTENCE)
    least = next((ease for age, ease in _EASE if facts.ages[0] <= age), _LEAST_EASE)
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for scene in (each.scene for each in walked.arrivals):
        said[scene.name].update({line.id or line.text: line.text for line in scene.lines})
    for name, lines in said.items():
        for where, text in lines.items():
            for long in measured(escape(text), language=facts.language, goal=goal).too_long:
                yield Finding("long-sentence", where, f"more than {goal} words: {long[:80]}")
        whole = measured(escape("\n".join(lines.values())), language=facts.language, goal=goal)
        if whole.words >= WORDS_TO_MEASURE and whole.ease < least:
            yield Finding("hard-to-read", name, f"{whole.ease} of 100, where {least} is asked")


def triggers(walked: Walk, facts: Facts) -> Iterator[Finding]:
    """Yield words of a topic that the story does not announce."""
    patterns = {
        topic: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
        for topic, words in facts.topics.items()
        if words and topic not in facts.triggers
    }
    for scene in (each.scene for each in walked.arrivals):
        said = [*(line.text for line in scene.lines), *(each.text for each in scene.choices)]
        for topic, pattern in patterns.items():
            if heard := pattern.search("\n".join(said)):
                message = f"“{heard[0]}” speaks of {topic}, which story.toml does not announce"
                yield Finding("trigger", scene.name, message)


def translations(walked: Walk, facts: Facts) -> Iterator[Finding]:
    """Yield the ids that have no words in another language of the story."""
    wanted = set[str]()
    for scene in (each.scene for each in walked.arrivals):
        wanted |= {line.id for line in scene.lines} | {choice.id for choice in scene.choices}
        wanted |= {f"{scene.name}.alt"} if scene.tags.alt else set()
        wanted |= {f"{scene.name}.transcript"} if scene.tags.transcript else set()
    for language, words in facts.words.items():
        for name in sorted(wanted - words.keys() - {""}):
            yield Finding("no-translation", name, f"it has no words in {language}")


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
