"""What is wrong with a story before it is published: read, and walked to every scene. Pure."""

from collections.abc import Sequence

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint import naming, ways
from balise.awareness.activities.stories.rules.lint.ways import Facts as Facts
from balise.awareness.activities.stories.rules.plan import Stop, plan, walk


def check(compiled: str, facts: Facts) -> tuple[Sequence[Finding], Sequence[Stop]]:
    """Return what is wrong with a compiled story, each fault once, and the map of its choices."""
    try:
        story = player.load(compiled)
    except StoryFaulty as error:
        return (Finding(error.code, "", error.message),), ()
    walked = walk(story)
    found = {
        *ways.ways(story, walked),
        *ways.exits(walked),
        *ways.checkpoints(story, walked),
        *ways.endings(walked, facts),
        *naming.named(story, walked, facts),
        *naming.ids(story.built.tags, walked),
        *naming.pictures(walked, facts),
        *naming.reading(walked, facts),
        *naming.triggers(walked, facts),
        *naming.translations(walked, facts),
    }
    return sorted(found), plan(walked)
