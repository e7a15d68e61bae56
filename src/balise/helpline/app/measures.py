"""What is counted of the app: of young people who agreed, so nothing of fewer than eleven; sites.

A day without any is no zero that may be told: those who did not agree are not counted.
"""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import LISTED, TOPICS
from balise.helpline.app.events import AppUsed, ButtonSiteAdded, ButtonSiteEnded
from balise.helpline.app.rules.uses import Kind

USES = "helpline.app"
BUTTONS = "helpline.app.buttons"
SITES = "helpline.app.sites"
SITES_ENDED = "helpline.app.sites-ended"

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
    # Each of these stands in a public list by its name.
    Measure(SITES, counts=ButtonSiteAdded, by=("platform",), day="since", threshold=LISTED),
    Measure(SITES_ENDED, counts=ButtonSiteEnded, by=("platform",), day="until", threshold=LISTED),
)
