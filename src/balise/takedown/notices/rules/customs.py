"""Customs: the sending settings of a country's centre, from its pack, and of one contact.

Quiet hours, how items are grouped, how long is waited. The pack is checked whole when it is first
read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import batched
from typing import Any

from balise.foundation.packs import PackFaulty, Words, load
from balise.takedown.notices.rules.clocks import Targets, Urgency
from balise.takedown.notices.rules.ladder import Rung, Step, Way

# When nothing leaves: nights, days of the week, holidays. Pure; in a zone that is given.


# Longer than any row of quiet days; a country that is quiet all week is refused when it is read.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Quiet:
    """The quiet of a country or a contact.

    From `begins` to `ends` each day, over midnight where `begins` is the later; all of the ISO
    `weekdays` (7 is Sunday), of the holidays given as (month, day), and of those that are so many
    days after Easter Sunday. `begins` equal to `ends`: no hours of the day.
    """

    begins: time
    ends: time
    weekdays: frozenset[int] = frozenset()
    holidays: frozenset[tuple[int, int]] = frozenset()
    after_easter: frozenset[int] = frozenset()

    def takes_the_day(self, day: date) -> bool:
        """Return whether nothing leaves on a day."""
        return (
            day.isoweekday() in self.weekdays
            or (day.month, day.day) in self.holidays
            or (day - easter(day.year)).days in self.after_easter
        )

    def takes_the_hour(self, at: time) -> bool:
        """Return whether nothing leaves at a time of the day."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    quarter, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def next_open(at: datetime, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """Return the first moment, from this one on, at which something may leave."""
    if quiet is None:
        return at
    local = at.astimezone(zone)
    for later in range(_LONGEST):
        day = local.date() + timedelta(days=later)
        if quiet.takes_the_day(day):
            continue
        start = local if later == 0 else datetime.combine(day, time.min, tzinfo=zone)
        if not quiet.takes_the_hour(start.time()):
            return at if later == 0 else start.astimezone(at.tzinfo)
        opens = datetime.combine(day, quiet.ends, tzinfo=zone)
        if opens >= start:  # otherwise the quiet of this evening ends tomorrow
            return opens.astimezone(at.tzinfo)
    raise ValueError("it is always quiet there")


# Which notices leave in one mail, and when. Pure.


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """When a notice may leave: after its `window` for others, and not in the `quiet`."""

    window: timedelta = timedelta()
    quiet: Quiet | None = None

    def at(self, asked_at: datetime, *, zone: tzinfo, others: Iterable[datetime] = ()) -> datetime:
        """Return when it leaves: with the first of the others that wait for the same mail.

        `others` are the moments at which notices to the same recipient leave.
        """
        alone = next_open(asked_at + self.window, self.quiet, zone)
        return max(asked_at, min((alone, *others)))


def mails[Item](items: Sequence[Item], *, most: int) -> list[tuple[Item, ...]]:
    """Return the items in groups of one mail each, as even as they can be, in order."""
    if not items:
        return []
    count = -(-len(items) // max(most, 1))
    size = -(-len(items) // count)
    return [tuple(group) for group in batched(items, size, strict=False)]


_PACKAGE = "balise.takedown.notices"
_DAYS_A_WEEK = 7
MOST_ITEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """All that a pack says, or that holds for one contact."""

    targets: Mapping[Urgency, Targets]
    offences: Mapping[str, Urgency]
    windows: Mapping[Urgency, timedelta]
    most_items: int
    quiet: Quiet | None
    lets_through: frozenset[Urgency]
    most_reminders: int
    ahead: timedelta
    waits_first: frozenset[Urgency]
    first_contact_source: str
    first_contact_verified: bool
    answer_link: timedelta
    contest_link: timedelta
    ladder: tuple[Step, ...]

    def urgency_of(self, offence: str) -> Urgency:
        """Return how urgent a notice of an offence is unless someone says otherwise."""
        return self.offences.get(offence, Urgency.STEADY)

    def leaving(self, urgency: Urgency) -> Leaving:
        """Return when a notice of this urgency may leave."""
        quiet = None if urgency in self.lets_through else self.quiet
        return Leaving(window=self.windows[urgency], quiet=quiet)

    def with_own(self, own: "Own") -> "Customs":
        """Return these customs, but for what one contact has of its own."""
        windows = self.windows
        if own.window is not None:  # what is immediate never waits
            windows = {
                urgency: min(own.window, window) if urgency is Urgency.IMMEDIATE else own.window
                for urgency, window in windows.items()
            }
        quiet = self.quiet
        if own.always_open:
            quiet = None
        elif quiet is not None and own.quiet_hours is not None:
            begins, ends = own.quiet_hours
            quiet = replace(quiet, begins=begins, ends=ends)
        ladder = tuple(
            replace(step, automatic=step.automatic or step.rung in own.climbs_alone)
            for step in self.ladder
        )
        return replace(
            self,
            windows=windows,
            most_items=own.most_items or self.most_items,
            quiet=quiet,
            most_reminders=(
                self.most_reminders if own.most_reminders is None else own.most_reminders
            ),
            ladder=ladder,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What one contact has of its own; what is None or empty is the country's."""

    window: timedelta | None = None
    most_items: int | None = None
    most_reminders: int | None = None
    quiet_hours: tuple[time, time] | None = None
    always_open: bool = False
    climbs_alone: frozenset[Rung] = frozenset()


@cache
def customs_of(country: str) -> Customs:
    """Return a country's customs; raise PackFaulty where its pack does not say what it must."""
    pack = load(_PACKAGE, country=country, name="notices")
    try:
        return _read(pack)
    except (KeyError, TypeError, ValueError) as error:
        raise PackFaulty(f"notices.{country}: {error}") from None


def _read(pack: dict[str, Any]) -> Customs:
    grouping, first, links = pack["grouping"], pack["first_contact"], pack["links"]
    most_items = int(grouping["most_items"])
    if not 1 <= most_items <= MOST_ITEMS:
        raise ValueError(f"grouping.most_items is at most {MOST_ITEMS}")
    return Customs(
        targets={urgency: _targets(pack["targets"][urgency]) for urgency in Urgency},
        offences={
            code: Urgency(urgency) for urgency, codes in pack["urgency"].items() for code in codes
        },
        windows={
            urgency: timedelta(minutes=int(grouping["minutes"][urgency])) for urgency in Urgency
        },
        most_items=most_items,
        quiet=_quiet(pack["quiet"]),
        lets_through=frozenset(map(Urgency, pack["quiet"]["lets_through"])),
        most_reminders=int(pack["reminders"]["most"]),
        ahead=timedelta(hours=int(first["hours"])),
        waits_first=frozenset(map(Urgency, first["waits"])),
        first_contact_source=str(first["source"]),
        first_contact_verified=bool(first["verified"]),
        answer_link=timedelta(days=int(links["answer"])),
        contest_link=timedelta(days=int(links["contest"])),
        ladder=_ladder(pack["ladder"]),
    )


def _targets(given: dict[str, int]) -> Targets:
    minutes = [timedelta(minutes=int(given[name])) for name in ("acknowledge", "decide", "gone")]
    if minutes != sorted(minutes) or minutes[0] <= timedelta():
        raise ValueError("targets grow from acknowledge to decide to gone")
    return Targets(*minutes)


def _quiet(given: dict[str, Any]) -> Quiet:
    weekdays = frozenset(map(int, given["weekdays"]))
    if len(weekdays) >= _DAYS_A_WEEK or not weekdays <= set(range(1, _DAYS_A_WEEK + 1)):
        raise ValueError("quiet.weekdays are ISO numbers, and not all of them")
    holidays = frozenset(
        (int(month), int(day))
        for month, _, day in (text.partition("-") for text in given["holidays"])
    )
    return Quiet(
        begins=given["begins"],
        ends=given["ends"],
        weekdays=weekdays,
        holidays=holidays,
        after_easter=frozenset(map(int, given["after_easter"])),
    )


def _ladder(given: list[dict[str, Any]]) -> tuple[Step, ...]:
    steps = tuple(
        Step(
            rung=Rung(entry["rung"]),
            way=Way(entry["way"]),
            automatic=bool(entry["automatic"]),
            who=Words.read(entry["who"], where="ladder.who") if "who" in entry else None,
            basis=str(entry.get("basis", "")),
        )
        for entry in given
    )
    rungs = [step.rung for step in steps]
    if rungs != [rung for rung in Rung if rung in rungs] or rungs[:1] != [Rung.HOST]:
        raise ValueError("the ladder begins at the host and goes up, each rung once")
    return steps
