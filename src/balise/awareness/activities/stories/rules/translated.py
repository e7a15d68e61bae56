"""A scene in another language: the same lines and choices, said in other words. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from balise.awareness.activities.stories.rules.tags import Scene


def translated(scene: Scene, words: Mapping[str, str]) -> Scene:
    """Return a scene in the words of another language; what has none stays as it is written."""
    alt = words.get(f"{scene.name}.alt", scene.tags.alt)
    transcript = words.get(f"{scene.name}.transcript", scene.tags.transcript)
    return replace(
        scene,
        lines=tuple(replace(line, text=words.get(line.id, line.text)) for line in scene.lines),
        choices=tuple(replace(each, text=words.get(each.id, each.text)) for each in scene.choices),
        tags=replace(scene.tags, alt=alt, transcript=transcript),
    )
