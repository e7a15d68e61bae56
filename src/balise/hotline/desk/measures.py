"""What is counted of partners: what each sent, and how much of it is processed."""

from balise.foundation.statistics.measures import Measure
from balise.hotline.desk.events import PartnerReportProcessed, PartnerReportReceived

MEASURES = (
    Measure(
        "hotline.partners.received",
        counts=PartnerReportReceived,
        by=("partner",),
        day="received_on",
    ),
    Measure(
        "hotline.partners.processed",
        counts=PartnerReportProcessed,
        by=("partner",),
        day="processed_on",
    ),
    Measure(
        "hotline.partners.time-to-processed",
        counts=PartnerReportProcessed,
        by=("band",),
        day="processed_on",
        amount="seconds",
    ),
)
