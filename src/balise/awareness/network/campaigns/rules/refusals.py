"""Why something of a campaign is refused."""

from balise.foundation.refusals import Refused


class CampaignUnknown(Refused, code="campaign-unknown"):
    """No campaign has this code."""

    field = "campaign"


class CodeFaulty(Refused, code="campaign-code-faulty"):
    """The text is no code."""

    field = "code"


class CodeTaken(Refused, code="campaign-code-taken"):
    """Another campaign has this code."""

    field = "code"


class HashtagFaulty(Refused, code="campaign-hashtag-faulty"):
    """The text is no hashtag."""

    field = "hashtag"


class DatesFaulty(Refused, code="campaign-dates-faulty"):
    """It ends before it begins."""

    field = "last"


class DeclaredLater(Refused, code="campaign-declared-later"):
    """A number is declared today or before."""

    field = "declared_on"
