"""What is decided about campaigns, without a database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused

# Why something of a campaign is refused.


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


# Where a campaign stands on a day, and what its media plan counts.


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


# The code of a campaign, and its hashtag, as they are compared and kept.


LONGEST: Final = 30
LONGEST_HASHTAG: Final = 60
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,29}")
_HASHTAG: Final = re.compile(r"(?!\d+$)\w{2,60}")  # networks take no hashtag of digits alone


def cleaned(text: str) -> str:
    """Return a code as it is kept: capitals, digits and hyphens, 3 to 30. Raises CodeFaulty."""
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise CodeFaulty(_("Use 3 to 30 letters without accents, digits and hyphens."))
    return code


def hashtag_of(text: str) -> str:
    """Return a hashtag without its sign, "" for none. Raises HashtagFaulty."""
    hashtag = text.strip().removeprefix("#")
    if hashtag and not _HASHTAG.fullmatch(hashtag):
        raise HashtagFaulty(_("A hashtag has letters, digits and underscores, and no space."))
    return hashtag
