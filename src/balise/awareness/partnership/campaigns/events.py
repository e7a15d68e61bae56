"""What happened to campaigns."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class CampaignEvent(Event):
    """A campaign as it is from now on; `edition` is the number of one that comes again."""

    campaign: Code
    edition: int | None
    first: date
    last: date


class CampaignAdded(CampaignEvent, name="awareness.campaign.added"):
    """A campaign has a code, which figures can carry."""


class CampaignChanged(CampaignEvent, name="awareness.campaign.changed"):
    """Its name, dates, partners or kits are others; its code never is."""


class MediumDeclared(Event, name="awareness.campaign.declared"):
    """A number of its media plan was declared."""

    campaign: Code
    medium: Code
    number: int


class MediumWithdrawn(Event, name="awareness.campaign.withdrawn"):
    """A number that was declared is not true."""

    campaign: Code
    medium: Code
    number: int
