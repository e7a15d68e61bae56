"""What is counted of people referred to the helpline, and of cases."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.cases.events.duties import DutyDecided
from balise.helpline.cases.events.files import CaseMetAgain, CaseOpened
from balise.helpline.cases.events.received import ReferralClosed, ReferralReceived, ReferralTaken
from balise.helpline.cases.events.sent import (
    ReferralSent,
    SentAccepted,
    SentDone,
    SentExpired,
    SentRefused,
)

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.referrals.received", counts=ReferralReceived, by=("age_band",)),
    Measure("helpline.referrals.taken", counts=ReferralTaken, by=("band",), amount="seconds"),
    Measure("helpline.referrals.closed", counts=ReferralClosed, by=("outcome",)),
    Measure("helpline.cases.opened", counts=CaseOpened, by=("channel",)),
    Measure("helpline.cases.again", counts=CaseMetAgain, day="day", amount="amount"),
    Measure("helpline.sent.told", counts=ReferralSent, by=("receiver", "ground", "way")),
    Measure(
        "helpline.sent.accepted", counts=SentAccepted, by=("receiver", "band"), amount="seconds"
    ),
    Measure("helpline.sent.refused", counts=SentRefused, by=("receiver", "refusal")),
    Measure("helpline.sent.done", counts=SentDone, by=("receiver",)),
    Measure("helpline.sent.expired", counts=SentExpired, by=("receiver",)),
    Measure("helpline.duties.decided", counts=DutyDecided, by=("end", "decision")),
)
