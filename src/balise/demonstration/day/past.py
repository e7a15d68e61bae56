"""The weeks before: played as a whole, or told in brief as an exchange tells of its past."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.demonstration.day.playing import Day, Played
from balise.demonstration.day.script import OPENS_S, how_many, people
from balise.foundation import clock
from balise.foundation.accounts.demonstration import create_colleagues
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.roles import role_of
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing.actions import people as contracts
from balise.helpline.staffing.queries import people as known
from balise.helpline.staffing.rules.forecast import calendar
from balise.helpline.staffing.rules.rota import Wish
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.rules import calls as telephony_calls
from balise.helpline.telephony.rules.calls import CallFact
from balise.helpline.telephony.rules.records import Record

_SOURCE = "earlier-exchange"
_SEATS = 4
_FULL_TIME, _PART_TIME, _ONE_IN = 70, 56, 4  # half hours a week; who works less


def team(listeners: int) -> tuple[list[Actor], Actor]:
    """Return the demonstration's listeners and their lead, made where they are missing.

    A person who has no contract yet gets one: most full time, a profession in turn.
    """
    accounts = create_colleagues(role_of("listener"), listeners)
    (leading,) = create_colleagues(role_of("helpline_lead"), 1)
    who, lead = [actor_of(each) for each in accounts], actor_of(leading)
    planned = {one.account for one in known.team(seen_by=lead) if one.hours}
    for place, one in enumerate(who):
        if one.key not in planned:
            skill = list(Skill)[place % len(Skill)]
            halves = _PART_TIME if place % _ONE_IN == 0 else _FULL_TIME
            contracts.set_contract(account=UUID(one.key), halves=halves, skills=[skill], by=lead)
            wish = (Wish.ANY, Wish.EARLY, Wish.LATE)[place % len(Wish)]
            contracts.note_wish(wish=wish, by=one)
    return who, lead


def play_weeks(
    weeks: int, *, calls: int, chats: int, listeners: int, seed: int
) -> Iterator[tuple[date, Played]]:
    """Play the days of some weeks, each at once; yield each as it is done.

    Up to the day before yesterday: yesterday is left to be watched.
    """
    who, lead = team(listeners)
    for day, chance in _days(weeks, seed, until=2):
        share_off = calendar(settings.COUNTRY).share_off(day)
        yield (
            day,
            Day(
                day,
                calls=how_many(calls, day, share_off=share_off, chance=chance),
                chats=how_many(chats, day, share_off=share_off, chance=chance),
                listeners=who,
                lead=lead,
                seed=seed,
            ).play(),
        )


def tell_weeks(weeks: int, *, calls: int, chats: int, seed: int) -> int:
    """Create the calls of some weeks as records, and chats that nobody answered; return how many.

    For the forecast that is enough, and it takes seconds.
    """
    told = 0
    for day, chance in _days(weeks, seed):
        share_off = calendar(settings.COUNTRY).share_off(day)
        with transaction.atomic():
            told += _tell_calls(
                day, how_many(calls, day, share_off=share_off, chance=chance), chance
            )
            told += _tell_chats(
                day, how_many(chats, day, share_off=share_off, chance=chance), chance
            )
    return told


def _days(weeks: int, seed: int, *, until: int = 1) -> Iterator[tuple[date, Random]]:
    """Yield the days of some weeks, the last one so many days ago, each with its own chance."""
    for back in range(weeks * 7 + until - 1, until - 1, -1):
        day = clock.today() - timedelta(days=back)
        yield day, Random(f"{day}-{seed}")  # noqa: S311 - a play, no secret


def _opening(day: date) -> datetime:
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=clock.zone())
    return midnight + timedelta(seconds=OPENS_S)


def _tell_calls(day: date, many: int, chance: Random) -> int:
    who = telephony_calls.callers(many, chance=chance, name=day.isoformat())
    told: dict[str, list[CallFact]] = {}
    for beat in telephony_calls.beats(who, seats=_SEATS):
        at = _opening(day) + telephony_calls.offset(beat)
        told.setdefault(beat.caller.ref, []).append(CallFact(beat.happening, at, beat.ended_by))
    for line, (ref, some) in enumerate(told.items(), 2):
        with clock.at(some[-1].at):
            import_records(records=[Record(line, ref, tuple(some))], source=_SOURCE, by=SYSTEM)
    return len(told)


def _tell_chats(day: date, many: int, chance: Random) -> int:
    writers = [one for one in people(0, many, chance=chance, name=day.isoformat()) if one.is_chat]
    for one in writers:
        asked_at = _opening(day) + timedelta(seconds=one.at_s)
        with clock.at(asked_at):
            begun = saying.ask(language="fr", by=ANYONE)
        with clock.at(asked_at + timedelta(seconds=one.patience_s)):
            passing.end_own(token=begun.token, by=ANYONE)
    return len(writers)
