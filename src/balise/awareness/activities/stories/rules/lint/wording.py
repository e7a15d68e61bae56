"""Words: plain, readable for the youngest, announced, in each language. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint.facts import Facts
from balise.awareness.activities.stories.rules.walk import Walk
from balise.awareness.readability.rules.measure import measured

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
