"""Stories and what is published of them; plays kept under six words, tallies of days."""

from typing import Final

from balise.awareness.activities.stories.models.playing import KeptPlay, PlayTally
from balise.awareness.activities.stories.models.written import Published, Story, Version

LINE: Final = "awareness"

__all__ = ["LINE", "KeptPlay", "PlayTally", "Published", "Story", "Version"]
