"""What happened to a person who was referred to the helpline."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.received import Outcome


class ReferralReceived(Event):
    """Another line referred someone; `origin` is that line."""

    name = "helpline.referral.received"

    origin: Code
    age_band: Code


class ReferralTaken(Event):
    """A listener took a referral for the first time; `seconds` since it came."""

    name = "helpline.referral.taken"

    age_band: Code
    seconds: int
    band: Code


class ReferralTakenAgain(Event):
    """A listener took a referral that another had released."""

    name = "helpline.referral.taken-again"


class ReferralGivenBack(Event):
    name = "helpline.referral.given-back"


class ReferralOpened(Event):
    """A listener read the person's words and how to reach them."""

    name = "helpline.referral.opened"


class ReferralFiled(Event):
    """A file was made of a referral."""

    name = "helpline.referral.filed"

    case: UUID


class ReferralClosed(Event):
    name = "helpline.referral.closed"

    outcome: Outcome
    age_band: Code
