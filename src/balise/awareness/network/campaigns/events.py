"""What happened to campaigns."""

from balise.foundation.journal.events import Code, Event


class CampaignAdded(Event, name="awareness.campaign.added"):
    """A campaign has a code, which figures can carry."""

    campaign: Code


class CampaignChanged(Event, name="awareness.campaign.changed"):
    """Its name, dates, partners or kits are others; its code never is."""

    campaign: Code


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
