"""What is counted of stories: begun and finished. Those who play may be children."""

from balise.awareness.activities.stories.events import StoryCounted
from balise.awareness.activities.stories.rules.words import What
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN

MEASURES = (
    Measure(
        "awareness.stories.begun",
        counts=StoryCounted,
        by=("story", "mode"),
        day="day",
        amount="times",
        only=(("what", What.BEGUN.value),),
        threshold=CHILDREN,
    ),
    Measure(
        "awareness.stories.ended",
        counts=StoryCounted,
        by=("story", "mode", "ending"),
        day="day",
        amount="times",
        only=(("what", What.ENDED.value),),
        threshold=CHILDREN,
    ),
)
