"""What staff say of an event, what is refused of it, and which change must reach calendars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused

# What is refused, each with the field that it is about.


class WordsMissing(Refused, code="event-words-missing"):
    """An event has a title and a summary in one of the centre's languages at least."""

    field = "title"


class TimesFaulty(Refused, code="event-times-faulty"):
    """It ends before it starts, or lasts longer than a month."""

    field = "ends_at"


class ZoneUnknown(Refused, code="event-zone-unknown"):
    """No such time zone."""

    field = "zone"


class PlaceMissing(Refused, code="event-place-missing"):
    """An event that is published is somewhere: at a place, behind a link, or both."""

    field = "place"


class LinkFaulty(Refused, code="event-link-faulty"):
    """A link is an address that begins with https://."""

    field = "link"


class CapacityFaulty(Refused, code="event-capacity-faulty"):
    """Fewer places than are taken, or more than there can be."""

    field = "capacity"


class EditionTaken(Refused, code="event-edition-taken"):
    """A series has one event of each number."""

    field = "edition"


class NotNow(Refused, code="event-not-now"):
    """What is asked does not fit the state of the event."""


class RegistrationClosed(Refused, code="event-registration-closed"):
    """Nobody registers for it: not published, cancelled, over, or without registration."""


class AdultsOnly(Refused, code="event-adults-only"):
    """Nothing is asked of a minor; an adult registers."""

    field = "is_adult"


# The words of an event and of who registers.


class EventKind(TextChoices):
    """What an event is."""

    WEBINAR = "webinar", _("Webinar")
    COLLOQUIUM = "colloquium", _("Colloquium")
    STAND = "stand", _("Stand")
    STOP = "stop", _("Stop of a tour")
    FESTIVAL = "festival", _("Festival")
    TRAINING = "training", _("Training session")
    DIALOGUE = "dialogue", _("Dialogue")


class EventState(TextChoices):
    """Where an event stands; one that was published is cancelled, never deleted."""

    DRAFT = "draft", pgettext_lazy("event", "Draft")
    PUBLISHED = "published", pgettext_lazy("event", "Published")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")


class Standing(TextChoices):
    """Where someone who registered stands."""

    CONFIRMED = "confirmed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    NOT_COMING = "not-coming", _("Not coming")


class Audience(TextChoices):
    """Whom an event is for; a class comes through its teacher, who registers."""

    ADULTS = "adults", _("Adults")
    MINORS = "minors", _("Children and teenagers")


class Comes(TextChoices):
    """As what someone comes, where they say it."""

    PARENT = "parent", pgettext_lazy("registration", "Parent")
    PROFESSIONAL = "professional", pgettext_lazy("registration", "Professional")
    OTHER = "other", pgettext_lazy("registration", "Other")


# Places: who has one, who waits, who is next. Nobody waits while a place is free.
#
# Counters stand for the rows, so that no place is given by counting: the row that holds them is
# locked while they change.


MOST: Final = 100_000  # places of one event
_EXACT: Final = 10  # below this, what is shown of a number is that it is small


@dataclass(frozen=True, slots=True)
class Tally:
    """The counters of an event: `last` is the number that was given last; they never come again."""

    capacity: int
    confirmed: int = 0
    waiting: int = 0
    not_coming: int = 0
    last: int = 0

    @property
    def left(self) -> int:
        """How many places are free."""
        return self.capacity - self.confirmed

    @property
    def registered(self) -> int:
        """How many registered, whatever they said since."""
        return self.confirmed + self.waiting + self.not_coming

    @property
    def to_promote(self) -> int:
        """How many who wait may have a place now."""
        return min(self.left, self.waiting)


def standing_next(tally: Tally) -> Standing:
    """Return where the next to register would stand."""
    return Standing.CONFIRMED if tally.left > 0 else Standing.WAITING


def with_one_more(tally: Tally, *, came_back: bool = False) -> Tally:
    """Return the counters after someone registered, or came back: at the end of the line."""
    after = replace(tally, last=tally.last + 1, not_coming=tally.not_coming - came_back)
    if standing_next(tally) is Standing.CONFIRMED:
        return replace(after, confirmed=tally.confirmed + 1)
    return replace(after, waiting=tally.waiting + 1)


def without_one(tally: Tally, was: Standing) -> Tally:
    """Return the counters after someone said that they do not come; nobody is promoted yet."""
    if was is Standing.NOT_COMING:
        return tally
    return replace(
        tally,
        confirmed=tally.confirmed - (was is Standing.CONFIRMED),
        waiting=tally.waiting - (was is Standing.WAITING),
        not_coming=tally.not_coming + 1,
    )


def with_promoted(tally: Tally, many: int) -> Tally:
    """Return the counters after the first who waited have a place. ValueError beyond the places."""
    if many > tally.to_promote:
        raise ValueError("more promoted than places are free")
    return replace(tally, confirmed=tally.confirmed + many, waiting=tally.waiting - many)


def shown(number: int) -> int | None:
    """Return a number as anyone reads it: rounded down to ten; None for 1 to 9.

    An exact one would tell, before and after a registration, whether an address was new.
    """
    if 0 < number < _EXACT:
        return None
    return number - number % _EXACT


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
        raise WordsMissing(gettext("Write a title and a summary in one language at least."))
    if not facts.starts_at < facts.ends_at <= facts.starts_at + LONGEST:
        raise TimesFaulty(gettext("The end comes after the start, within a month."))
    if not is_zone(facts.zone):
        raise ZoneUnknown(gettext("Choose a time zone of the list."))
    if facts.link and not facts.link.startswith("https://"):
        raise LinkFaulty(gettext("A link begins with https://."))
    if not 0 <= facts.capacity <= MOST:
        raise CapacityFaulty(
            gettext("Enter a number of places, at most %(most)s.") % {"most": MOST}
        )


def check_public(*, place: str, link: str) -> None:
    """Refuse to publish what nobody could find."""
    if not place and not link:
        raise PlaceMissing(gettext("Say where it is: a place, a link, or both."))


def check_capacity(capacity: int, *, taken: int) -> None:
    """Refuse fewer places than are taken."""
    if capacity < taken:
        raise CapacityFaulty(
            gettext("%(taken)s places are taken: nobody loses one.") % {"taken": taken}
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


# The zones in which a country's events are told, from its pack.


PACKAGE: Final = "balise.awareness.learning.events"


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone by its IANA name: `says` is “Paris time”, `there` “in Réunion”."""

    name: str
    says: Words
    there: Words


@cache
def zones(country: str) -> Sequence[Zone]:
    """Return the zones of a country, its own first. Raises PackFaulty."""
    found = []
    for row in load(PACKAGE, country=country, name="zones")["zones"]:
        name = str(row["name"])
        if not is_zone(name):
            raise PackFaulty(f"zones: there is no zone {name}")
        says = Words.read(row["says"], where=f"zones: {name}")
        found.append(Zone(name, says, Words.read(row["there"], where=f"zones: {name}")))
    return found


def said(name: str, country: str) -> str:
    """Return what stands after an hour of a zone; its name where the pack does not know it."""
    return next((str(zone.says) for zone in zones(country) if zone.name == name), name)
