"""What is counted of the laboratory; small numbers of it stay in the house."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.hotline.laboratory import events as e

MEASURES = shown_from(
    CHILDREN,
    Measure("hotline.laboratory.cases", counts=e.CaseSent, by=("threat",), amount="hashes"),
    Measure("hotline.laboratory.answers", counts=e.PartnerAnswered, by=("answer",)),
    Measure(
        "hotline.laboratory.turns",
        counts=e.PartnerAnswered,
        by=("turn",),
        only=(("answer", "blocked"),),
    ),
    Measure(
        "hotline.laboratory.first-blocked", counts=e.FirstBlocked, by=("band",), amount="seconds"
    ),
    Measure("hotline.laboratory.withdrawn", counts=e.ItemWithdrawn, by=("kind",)),
    Measure("hotline.laboratory.disputes", counts=e.DisputeOpened, by=("ground",)),
)
