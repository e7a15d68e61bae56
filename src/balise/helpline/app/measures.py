"""What is counted of the app: of young people who agreed, so nothing of fewer than eleven.

A day without any is no zero that may be told: those who did not agree are not counted.
"""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import TOPICS
from balise.helpline.app.events import AppUsed
from balise.helpline.app.rules.uses import Kind

USES = "helpline.app"
BUTTONS = "helpline.app.buttons"

MEASURES = (
    Measure(USES, counts=AppUsed, by=("kind",), day="day", amount="times", threshold=TOPICS),
    Measure(
        BUTTONS,
        counts=AppUsed,
        by=("platform",),
        day="day",
        amount="times",
        only=(("kind", Kind.BUTTON.value),),
        threshold=TOPICS,
    ),
)
