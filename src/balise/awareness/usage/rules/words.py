"""The words of a use."""

import re
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

_THING: Final = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")
_CAMPAIGN: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,39})?")
# Kept beside the kinds in a tally: how many uses of a day could not be held.
LOST: Final = "lost"


class UsageKind(TextChoices):
    """How a thing is used."""

    VIEW = "view", _("Views")
    DOWNLOAD = "download", _("Downloads")
    PRINT = "print", _("Prints")
    LINK = "link", _("Short links")


@dataclass(frozen=True, slots=True)
class Use:
    """A thing used once, in one way: `thing` is its key, `campaign` the code of a short link.

    Raises ValueError for what no tally can hold: one row of it would hold back all others.
    """

    kind: UsageKind
    thing: str
    language: str = ""
    campaign: str = ""

    def __post_init__(self) -> None:
        if not _THING.fullmatch(self.thing) or not is_campaign(self.campaign):
            raise ValueError(f"no tally is kept of {self.thing!r} in {self.campaign!r}")


@dataclass(frozen=True, slots=True)
class Client:
    """What a request says of where it comes from; never stored."""

    address: str
    agent: str


def is_campaign(code: str) -> bool:
    """Return whether this is a campaign's code, or none: letters, digits and hyphens."""
    return _CAMPAIGN.fullmatch(code) is not None
