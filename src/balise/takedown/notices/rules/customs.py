"""The customs of a country's centre with its recipients, from its pack; what a contact changes of
them. The pack is checked whole when it is first read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, Words, load
from balise.takedown.notices.rules.grouping import Leaving
from balise.takedown.notices.rules.ladder import Rung, Step, Way
from balise.takedown.notices.rules.quiet import Quiet
from balise.takedown.notices.rules.urgency import Targets, Urgency

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
