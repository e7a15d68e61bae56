"""What happened to a person who was referred to the helpline."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.received import Outcome


class ReferralReceived(Event, name="helpline.referral.received"):
    """Another line referred someone; `origin` is that line."""

    origin: Code
    age_band: Code


class ReferralTaken(Event, name="helpline.referral.taken"):
    """A listener took a referral for the first time; `seconds` since it came."""

    age_band: Code
    seconds: int
    band: Code


class ReferralTakenAgain(Event, name="helpline.referral.taken-again"):
    """A listener took a referral that another had released."""


class ReferralGivenBack(Event, name="helpline.referral.given-back"):
    """A listener released a referral."""


class ReferralOpened(Event, name="helpline.referral.opened"):
    """A listener read the person's words and how to reach them."""


class ReferralFiled(Event, name="helpline.referral.filed"):
    """A file was made of a referral."""

    case: UUID


class ReferralClosed(Event, name="helpline.referral.closed"):
    outcome: Outcome
    age_band: Code
