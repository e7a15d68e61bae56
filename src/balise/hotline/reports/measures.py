"""What is counted about reports and contents."""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN
from balise.hotline.reports.events import (
    ContentAssessed,
    ContentDecided,
    ContentInherited,
    ContentReappeared,
    ContentRemoved,
    ItemsCounted,
    ReportFinished,
    ReportReceived,
    VerdictTakenBack,
)

MEASURES = (
    Measure(
        "hotline.reports.received",
        counts=ReportReceived,
        by=("channel",),
        day="received_on",
        amount="contents",
    ),
    Measure(
        "hotline.contents.known",
        counts=ReportReceived,
        by=("channel",),
        day="received_on",
        amount="known",
    ),
    Measure(
        "hotline.reports.finished",
        counts=ReportFinished,
        by=("category", "age_band", "abandoned"),
        day="received_on",
        threshold=CHILDREN,
    ),
    Measure("hotline.verdicts", counts=ContentDecided, by=("verdict",)),
    Measure(
        "hotline.verdicts.taken-back", counts=VerdictTakenBack, by=("verdict",), day="decided_on"
    ),
    Measure("hotline.verdicts.grounds", counts=ContentAssessed, by=("ground",)),
    Measure("hotline.time-to-verdict", counts=ContentDecided, by=("band",), amount="seconds"),
    Measure("hotline.time-to-removal", counts=ContentRemoved, by=("band",), amount="seconds"),
    # INHOPE's headings are said of these codes (takedown/law/rules/mappings).
    Measure(
        "hotline.items",
        counts=ItemsCounted,
        by=("age", "sex", "act"),
        day="decided_on",
        amount="items",
        threshold=CHILDREN,
    ),
    Measure("hotline.contents.reappeared", counts=ContentReappeared, by=("category",)),
    Measure("hotline.contents.inherited", counts=ContentInherited, by=("way",)),
    Measure("hotline.contents.turned", counts=ContentInherited, by=("turn",)),
    Measure("hotline.looks.spared", counts=ContentInherited, by=("way",), amount="spared"),
)
