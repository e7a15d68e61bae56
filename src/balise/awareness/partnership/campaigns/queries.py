"""Which campaigns there are, and what carried the code of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balise.awareness.partnership.campaigns import access, ports
from balise.awareness.partnership.campaigns.events import CampaignAdded, CampaignChanged
from balise.awareness.partnership.campaigns.models import Campaign, Declared
from balise.awareness.partnership.campaigns.ports import Counted
from balise.awareness.partnership.campaigns.rules import (
    CampaignState,
    CampaignUnknown,
    CodeFaulty,
    Medium,
    Reach,
    cleaned,
    reach_of,
)
from balise.awareness.publications.queries import named
from balise.awareness.usage import queries as usage
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import told
from balise.foundation.statistics.indicators import Said


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign in the list, and where it stands today."""

    row: Campaign
    state: CampaignState


@dataclass(frozen=True, slots=True)
class Shown:
    """A campaign with its plan, and what carried its code, side by side."""

    row: Campaign
    state: CampaignState
    kits: Sequence[tuple[str, str]]  # title and address
    plan: Sequence[Declared]
    reach: Reach | None
    counted: Sequence[Counted]


def known(code: str) -> bool:
    """Return whether a campaign has this code, as it is kept."""
    return Campaign.objects.filter(code=code).exists()


def require_known(code: str) -> str:
    """Return the code of a campaign as it is kept, "" for none. Raises CampaignUnknown."""
    if not code.strip():
        return ""
    try:
        kept = cleaned(code)
    except CodeFaulty:
        kept = ""
    if not kept or not known(kept):
        raise CampaignUnknown(_("No campaign has the code %(code)s.") % {"code": code.strip()})
    return kept


def choices() -> Sequence[tuple[str, str]]:
    """Return each campaign's code with its name, the newest first; of those that are not over."""
    rows = Campaign.objects.filter(last__gte=clock.today())
    return [(row.code, f"{row.name} ({row.code})") for row in rows]


def listed(*, seen_by: Actor) -> Sequence[Listed]:
    """Return every campaign, the newest first."""
    access.require(seen_by, access.READ)
    today = clock.today()
    return [Listed(row, row.state_on(today)) for row in Campaign.objects.all()]


def campaign(campaign_id: UUID, *, seen_by: Actor) -> Campaign:
    """Return a campaign. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Campaign, id=campaign_id)


def shown(campaign_id: UUID, *, language: str, seen_by: Actor) -> Shown:
    """Return a campaign with all that is known of it. Raises NotHere."""
    row = campaign(campaign_id, seen_by=seen_by)
    order = list(Medium)
    plan = sorted(row.declared.all(), key=lambda each: order.index(each.stands_for))
    titles = named(things=row.kits, language=language)
    followers = [each.number for each in plan if each.stands_for is Medium.INFLUENCER]
    return Shown(
        row,
        row.state_on(clock.today()),
        [(titles[key].title, titles[key].address) for key in row.kits if key in titles],
        plan,
        reach_of(followers),
        carried(row.code),
    )


def carried(code: str) -> list[Counted]:
    """Return what carried a campaign's code in each room, side by side: nothing adds up."""
    return [*_used(code), *(each for ask in ports.counted.ask for each in ask(code=code))]


def ran(first: date, last: date) -> Sequence[tuple[str, str, date, date]]:
    """Return the campaigns that ran on a day of a period, the first to begin first.

    Each is its code, its name, its first and its last day.
    """
    rows = Campaign.objects.filter(first__lte=last, last__gte=first).order_by("first", "code")
    return list(rows.values_list("code", "name", "first", "last"))


def editions(_first: date, last: date, /, *, until: datetime) -> Said:
    """Return the edition of each campaign that comes again and had begun on a day, by its code.

    As it was entered before a moment. Editions have no sum.
    """
    found: dict[str, tuple[str, int | None]] = {}
    for _event, _subject, facts in told(CampaignAdded, CampaignChanged, until=until):
        if "first" in facts:  # facts of before a version that tells it have none
            found[facts["campaign"]] = (facts["first"], facts["edition"])
    begun = {
        code: edition
        for code, (first, edition) in found.items()
        if edition and first <= last.isoformat()
    }
    return Said(None, parts=begun)


def _used(code: str) -> Sequence[Counted]:
    """Return the short links that carry a code, and how often they were followed."""
    links, followed = usage.carried(code)
    return [
        Counted(_("Short links that carry the code"), links, _("links")),
        Counted(_("Short links followed"), followed, _("uses")),
    ]
