"""What happened to stories, and how often they were played; never who played."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class StoryWritten(Event, name="awareness.story.written"):
    """A version of a story was brought in, with so many findings; the subject is the story."""

    number: int
    findings: int


class StoryPublished(Event, name="awareness.story.published"):
    """A version of a story is public."""

    number: int


class StoryWithdrawn(Event, name="awareness.story.withdrawn"):
    """A story is not public any more; this version was."""

    number: int


class StoryCounted(Event, name="awareness.story.counted"):
    """A story was begun or finished so many times on a day; `ending` is the story's and its own."""

    day: date
    story: Code
    mode: Code
    what: Code
    ending: Code
    times: int
