"""What is counted about the people who were handed to the helpline."""

from balise.foundation.statistics.measures import Measure
from balise.helpline.cases.events.received import ReferralClosed, ReferralReceived, ReferralTaken

MEASURES = (
    Measure("helpline.referrals.received", counts=ReferralReceived, by=("age_band",)),
    Measure("helpline.referrals.taken", counts=ReferralTaken, by=("band",), amount="seconds"),
    Measure("helpline.referrals.closed", counts=ReferralClosed, by=("outcome",)),
)
