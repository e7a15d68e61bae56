"""What a seat is to give, and what working hours must keep, from the country's pack."""

from dataclasses import dataclass
from functools import cache

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.staffing.rules.erlang import Target

HALF = 30  # minutes
HALVES = 48  # of a day


@dataclass(frozen=True, slots=True)
class Work:
    """The pack: shares from 0 to 1, lengths in half hours where a name ends in `_halves`."""

    target: Target
    max_occupancy: float
    shrinkage: float
    on_the_day: float
    concurrency: int
    call_s: float
    chat_s: float
    patience_s: float
    between_days_halves: int
    weekly_halves: int
    days_a_week: int
    shift_halves: tuple[int, ...]
    longest_work_halves: int
    break_halves: int
    break_from_halves: int
    source: Words
    is_to_verify: bool

    def has_break(self, halves: int) -> bool:
        """Return whether a shift of so many half hours has a break."""
        return halves >= self.break_from_halves

    def worked(self, halves: int) -> int:
        """Return how many half hours of a shift are work."""
        return halves - (self.break_halves if self.has_break(halves) else 0)


@cache
def work(country: str) -> Work:
    """Return a country's figures; PackFaulty where the pack does not say what it must."""
    pack = load("balise.helpline.staffing", country=country, name="work")
    target, usual, rest, shift = (pack[name] for name in ("target", "usual", "rest", "shift"))
    found = Work(
        target=Target(target["share"], target["within_seconds"]),
        max_occupancy=target["max_occupancy"],
        shrinkage=target["shrinkage"],
        on_the_day=target["on_the_day"],
        concurrency=target["concurrency"],
        call_s=usual["call_minutes"] * 60,
        chat_s=usual["chat_minutes"] * 60,
        patience_s=usual["patience_minutes"] * 60,
        between_days_halves=rest["between_days_hours"] * 2,
        weekly_halves=rest["weekly_hours"] * 2,
        days_a_week=rest["days_a_week"],
        shift_halves=tuple(hours * 2 for hours in shift["hours"]),
        longest_work_halves=shift["longest_work_hours"] * 2,
        break_halves=shift["break_minutes"] // HALF,
        break_from_halves=shift["break_in_shifts_from_hours"] * 2,
        source=Words.read(pack["source"], where="work.source"),
        is_to_verify=bool(pack["to_verify"]),
    )
    shares = (found.shrinkage, found.on_the_day)
    if not all(0 <= share < 1 for share in shares) or not 0 < found.max_occupancy <= 1:
        raise PackFaulty("work.target: shares are from 0 to 1")
    if any(found.worked(halves) > found.longest_work_halves for halves in found.shift_halves):
        raise PackFaulty("work.shift: a shift is longer than a day may be")
    return found
