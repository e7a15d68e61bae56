"""What is counted of the app: of young people who agreed, so nothing of fewer than eleven; sites.

A day without any is no zero that may be told: those who did not agree are not counted.
"""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import LISTED, TOPICS
from balise.helpline.app.events import AppUsed, ButtonSiteAdded, ButtonSiteEnded
from balise.helpline.app.rules.uses import AppUseKind

MEASURES = (
    Measure(
        "helpline.app", counts=AppUsed, by=("kind",), day="day", amount="times", threshold=TOPICS
    ),
    Measure(
        "helpline.app.buttons",
        counts=AppUsed,
        by=("platform",),
        day="day",
        amount="times",
        only=(("kind", AppUseKind.BUTTON.value),),
        threshold=TOPICS,
    ),
    # Each of these stands in a public list by its name.
    Measure(
        "helpline.app.sites",
        counts=ButtonSiteAdded,
        by=("platform",),
        day="since",
        threshold=LISTED,
    ),
    Measure(
        "helpline.app.sites-ended",
        counts=ButtonSiteEnded,
        by=("platform",),
        day="until",
        threshold=LISTED,
    ),
)
