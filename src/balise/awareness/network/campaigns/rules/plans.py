"""Where a campaign stands on a day, and what its media plan counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.awareness.network.campaigns.rules.refusals import DatesFaulty, DeclaredLater


class CampaignState(TextChoices):
    """Where a campaign stands."""

    PLANNED = "planned", pgettext_lazy("campaign", "Planned")
    RUNNING = "running", pgettext_lazy("campaign", "Running")
    OVER = "over", pgettext_lazy("campaign", "Over")


class Medium(TextChoices):
    """What a number of a media plan counts."""

    SCREENS = "screens", gettext_lazy("Screens")
    CENTRES = "centres", gettext_lazy("Shopping centres")
    POINTS = "points", gettext_lazy("Points of sale")
    POSTS = "posts", gettext_lazy("Sponsored posts")
    INFLUENCER = "influencer", gettext_lazy("Influencer: followers of a channel")
    OTHER = "other", gettext_lazy("Other medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a campaign is, beside its code, which never changes.

    `edition` is the number of one that comes again; `partners` are names of organisations, `kits`
    keys of pages of publications.
    """

    name: str
    first: date
    last: date
    edition: int | None = None
    hashtag: str = ""
    partners: Sequence[str] = ()
    kits: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """What channels declared: the audiences of several overlap, so `followers` is no people."""

    channels: int
    followers: int


def state_on(day: date, *, first: date, last: date) -> CampaignState:
    """Return where a campaign from one day to another stands, both included."""
    if day < first:
        return CampaignState.PLANNED
    return CampaignState.RUNNING if day <= last else CampaignState.OVER


def check_dates(first: date, last: date) -> None:
    """Raise DatesFaulty for a campaign that ends before it begins."""
    if last < first:
        raise DatesFaulty(_("The last day is before the first."))


def check_declared(day: date, *, today: date) -> None:
    """Raise DeclaredLater for a number that is to be declared."""
    if day > today:
        raise DeclaredLater(_("This day is in the future."))


def reach_of(declared: Sequence[int]) -> Reach | None:
    """Return what the channels of a campaign declared; None where there is none."""
    return Reach(len(declared), sum(declared)) if declared else None
