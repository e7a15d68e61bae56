"""What staff say of an event, what is refused of it, and which change must reach calendars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from balise.awareness.events.rules import refusals
from balise.awareness.events.rules.places import MOST
from balise.awareness.events.rules.words import Audience, EventKind

LONGEST: Final = timedelta(days=31)
# What someone who comes must know: each change of it is mailed, and is one more SEQUENCE.
TELLING: Final = ("starts_at", "ends_at", "zone", "place", "link")


@dataclass(frozen=True, slots=True)
class Said:
    """An event in one language: `points` are what will be seen, one a line."""

    title: str
    summary: str
    points: str = ""

    def told(self) -> dict[str, str]:
        """Return it as it is stored."""
        return {"title": self.title, "summary": self.summary, "points": self.points}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who speaks, as the page names them; `group` is a working group of experts."""

    name: str
    role: str = ""
    group: str = ""

    def told(self) -> dict[str, str]:
        """Return it as it is stored."""
        return {"name": self.name, "role": self.role, "group": self.group}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An event as staff write it. Times are aware; `zone` is the one they are told in.

    `capacity` 0: nobody registers. `campaign` is a code, `structure` the one that organises.
    """

    kind: EventKind
    words: Mapping[str, Said]
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str = ""
    link: str = ""
    capacity: int = 0
    audience: Audience = Audience.ADULTS
    speakers: Sequence[Speaker] = ()
    campaign: str = ""
    structure: UUID | None = None
    organiser: str = ""
    series: str = ""
    edition: int | None = field(default=None)

    def columns(self) -> dict[str, Any]:
        """Return the columns of an event and their values; `capacity` stands elsewhere."""
        return {
            "kind": self.kind.value,
            "words": {language: said.told() for language, said in self.words.items()},
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "zone": self.zone,
            "place": self.place.strip(),
            "link": self.link.strip(),
            "audience": self.audience.value,
            "speakers": [one.told() for one in self.speakers],
            "campaign": self.campaign,
            "structure": self.structure,
            "organiser": self.organiser.strip(),
            "series": self.series,
            "edition": self.edition,
        }


def check(facts: Facts) -> None:
    """Refuse what no event can be; what only a published one needs is not asked of a draft."""
    if not any(said.title.strip() and said.summary.strip() for said in facts.words.values()):
        raise refusals.WordsMissing(_("Write a title and a summary in one language at least."))
    if not facts.starts_at < facts.ends_at <= facts.starts_at + LONGEST:
        raise refusals.TimesFaulty(_("The end comes after the start, within a month."))
    if not is_zone(facts.zone):
        raise refusals.ZoneUnknown(_("Choose a time zone of the list."))
    if facts.link and not facts.link.startswith("https://"):
        raise refusals.LinkFaulty(_("A link begins with https://."))
    if not 0 <= facts.capacity <= MOST:
        raise refusals.CapacityFaulty(
            _("Enter a number of places, at most %(most)s.") % {"most": MOST}
        )


def check_public(*, place: str, link: str) -> None:
    """Refuse to publish what nobody could find."""
    if not place and not link:
        raise refusals.PlaceMissing(_("Say where it is: a place, a link, or both."))


def check_capacity(capacity: int, *, taken: int) -> None:
    """Refuse fewer places than are taken."""
    if capacity < taken:
        raise refusals.CapacityFaulty(
            _("%(taken)s places are taken: nobody loses one.") % {"taken": taken}
        )


def is_told(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Return whether those who come must hear of a change."""
    return any(before[name] != after[name] for name in TELLING)


def is_zone(name: str) -> bool:
    """Return whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
