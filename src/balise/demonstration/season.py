"""Two years of the demonstration centre as facts: what its boards and files count, year on year.

Invented, and the same in every demonstration that is set up on the same day. The facts enter the
journal with the days they tell of, so that a recount gives the same figures; only statistics
receive them, as other subscribers would find nothing to act on. Weeks with school bring more,
weekends fewer, and Safer Internet Day in February many.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.demonstration.day.script import OPENS_S, Person, how_many, people
from balise.foundation import clock
from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.counting import SUBSCRIBER
from balise.foundation.statistics.usual import band
from balise.helpline.contacts.actions.remembering import Remembered, remember
from balise.helpline.contacts.rules import Channel as ContactChannel
from balise.helpline.conversations.events import ConversationBegun
from balise.helpline.staffing.rules.forecast import calendar
from balise.helpline.telephony.events import CallAbandoned, CallAnswered, CallOffered
from balise.helpline.telephony.rules import calls
from balise.hotline.desk.events import PartnerReportProcessed, PartnerReportReceived
from balise.hotline.reports.events import (
    ContentDecided,
    ContentRemoved,
    ReportFinished,
    ReportReceived,
)
from balise.hotline.reports.rules.assessing import state_after
from balise.hotline.reports.rules.words import Channel, Verdict
from balise.takedown.watch.events import ContentGone
from balise.takedown.watch.rules.removals import heading
from balise.takedown.watch.rules.verdicts import Seen

MONTHS = 24
_REPORTS, _CALLS, _CHATS = 4, 18, 6  # on a day with school
_GROWTH = 0.12  # a year
_SAFER_INTERNET = 1.7  # times as many in its week
_ANSWERED = 0.8
_CHATS_TALKED = 0.85
_HOLIDAYS = (((7, 6), (8, 31)), ((12, 20), (12, 31)), ((1, 1), (1, 4)))  # where no calendar goes
_CATEGORIES = (
    *(("csam", 14), ("grooming", 6), ("ncii", 9), ("hate", 22), ("terrorism", 5)),
    *(("shocking", 18), ("sexual-harassment", 8), ("unknown", 18)),
)
_AGES = (("", 30), ("adult", 40), ("15-17", 15), ("13-14", 10), ("under-13", 5))
_CHANNELS = ((Channel.WEB, 85), (Channel.API, 15))
_VERDICTS = (
    (Verdict.ILLEGAL, 52),
    (Verdict.HARMFUL, 18),
    (Verdict.OUT_OF_SCOPE, 17),
    (Verdict.GONE, 9),
    (Verdict.UNVERIFIABLE, 4),
)
_COUNTRIES = (("FR", 40), ("NL", 25), ("US", 25), ("DE", 10))


@dataclass(frozen=True, slots=True)
class Until:
    """The day before which each part of the history ends: what comes after is told as a whole."""

    reports: date
    calls: date
    contacts: date


def tell(*, until: Until, listener: Actor) -> int:
    """Write the history into the journal and have it counted; return how many facts it has."""
    last = max(until.reports, until.calls, until.contacts)
    told = 0
    for day in _days(last):
        chance = Random(f"{day}-history")  # noqa: S311 - a play, no secret
        busy = _busy(day)
        with transaction.atomic():
            if day < until.reports:
                told += _tell_reports(day, chance, busy)
            told += _tell_helpline(day, chance, busy, until=until, listener=listener)
    clerk.link()
    clerk.begin_here(except_for=frozenset({SUBSCRIBER}))
    clerk.deliver()
    return told


def _days(last: date) -> Iterator[date]:
    today = clock.today()
    first = today.replace(year=today.year - MONTHS // 12, day=1)
    for place in range((last - first).days):
        yield first + timedelta(days=place)


def _busy(day: date) -> float:
    """Return how many times as much as usual happens on a day, school and weekends left aside."""
    years_ago = (clock.today() - day).days / 365
    factor: float = (1 + _GROWTH) ** -years_ago
    return factor * _SAFER_INTERNET if _is_safer_internet_week(day) else factor


def _is_safer_internet_week(day: date) -> bool:
    """Return whether a day is in the week of the second Tuesday of February."""
    first = date(day.year, 2, 1)
    tuesday = first + timedelta(days=(1 - first.weekday()) % 7 + 7)
    monday = tuesday - timedelta(days=1)
    return monday <= day < monday + timedelta(days=7)


def _many(usual: float, day: date, chance: Random) -> int:
    known = calendar(settings.COUNTRY).share_off(day)
    off = any(begin <= (day.month, day.day) <= end for begin, end in _HOLIDAYS)
    return how_many(max(round(usual), 1), day, share_off=max(known, off), chance=chance)


def _at(day: date, seconds: float) -> datetime:
    midnight = datetime.combine(day, time(), tzinfo=clock.zone())
    return midnight + timedelta(seconds=seconds)


def _id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _pick[Choice](chance: Random, choices: Sequence[tuple[Choice, int]]) -> Choice:
    (found,) = chance.choices([one for one, _ in choices], [weight for _, weight in choices])
    return found


def _record(events: Iterable[Event], *, at: datetime, by: Actor) -> int:
    with clock.at(at):
        return record_many(events, by=by)


def _tell_reports(day: date, chance: Random, busy: float) -> int:
    partners = list(partner_names())
    received: list[Event] = []
    later: list[Event] = []
    for _each in range(_many(_REPORTS * busy, day, chance)):
        content, channel = _id(chance), _pick(chance, _CHANNELS)
        category = Code(_pick(chance, _CATEGORIES))
        received += [
            ReportReceived(subject=content, channel=channel, received_on=day, contents=1, known=0),
            ReportFinished(
                subject=content,
                channel=channel,
                category=category,
                age_band=Code(_pick(chance, _AGES)),
                abandoned=False,
                received_on=day,
            ),
        ]
        took = timedelta(minutes=int(chance.lognormvariate(5.2, 1.1)))
        later += _decided(content, category, took, day, chance)
        if channel is Channel.API and partners:
            partner = UUID(chance.choice(partners))
            received.append(
                PartnerReportReceived(subject=content, partner=partner, received_on=day)
            )
            later.append(
                PartnerReportProcessed(
                    subject=content,
                    partner=partner,
                    processed_on=day,
                    category=category,
                    seconds=int(took.total_seconds()),
                    band=Code(band(took)),
                )
            )
    return _record(received, at=_at(day, 14 * 3600), by=ANYONE) + _record(
        later, at=_at(day, 20 * 3600), by=SYSTEM
    )


def _decided(
    content: UUID, category: Code, took: timedelta, day: date, chance: Random
) -> Iterator[Event]:
    verdict = _pick(chance, _VERDICTS)
    yield ContentDecided(
        subject=content,
        verdict=verdict,
        state=state_after(verdict),
        category=category,
        seconds=int(took.total_seconds()),
        band=Code(band(took)),
    )
    if verdict is not Verdict.ILLEGAL or chance.random() > 0.9:  # noqa: PLR2004 - some stay
        return
    lasted = timedelta(hours=chance.lognormvariate(2.6, 1.2))
    seconds, country = int(lasted.total_seconds()), Code(_pick(chance, _COUNTRIES))
    yield ContentRemoved(
        subject=content,
        category=category,
        country=country,
        seconds=seconds,
        band=Code(band(lasted)),
    )
    yield ContentGone(
        subject=content,
        for_line=Code("hotline"),
        seen=Seen.GONE,
        gone_at=_at(day, 18 * 3600),
        gone_on=day,
        seconds=seconds,
        heading=heading(seconds),
        host=None,
        network=0,
        country=country,
        category=category,
    )


def _tell_helpline(day: date, chance: Random, busy: float, *, until: Until, listener: Actor) -> int:
    callers = _many(_CALLS * busy, day, chance)
    writers = _many(_CHATS * busy, day, chance)
    told: list[Event] = []
    contacts: list[Remembered] = []
    count = 0
    for person in people(callers, writers, chance=chance, name=f"{day}-history"):
        at = _at(day, OPENS_S + person.at_s)
        waited = int(min(chance.expovariate(1 / 45), person.patience_s))
        is_talked = chance.random() < (_CHATS_TALKED if person.is_chat else _ANSWERED)
        subject = _id(chance)
        if day < until.calls and person.is_chat:
            begun = ConversationBegun(subject=subject, language=Code("fr"), age_band=Code(""))
            count += _record([begun], at=at, by=ANYONE)
        elif day < until.calls:
            told += _call(subject, person, at, waited=waited, is_answered=is_talked)
        if day < until.contacts and is_talked:
            contacts.append(_contact(subject, person, at, waited))
    count += _record(told, at=_at(day, 23 * 3600), by=SYSTEM)
    return count + remember(contacts=contacts, at=_at(day, 23 * 3600), by=listener)


def _call(
    subject: UUID, person: Person, at: datetime, *, waited: int, is_answered: bool
) -> Iterator[Event]:
    half_hour = Code(calls.half_hour(at))
    yield CallOffered(subject=subject, day=at.date(), half_hour=half_hour, returning=False)
    seconds = waited if is_answered else int(person.patience_s)
    ended: Callable[..., Event] = CallAbandoned
    if is_answered:
        ended = partial(CallAnswered, in_time=waited <= calls.IN_TIME_S)
    yield ended(
        subject=subject,
        day=at.date(),
        half_hour=half_hour,
        seconds=seconds,
        band=Code(calls.band(seconds)),
    )


def _contact(subject: UUID, person: Person, at: datetime, waited: int) -> Remembered:
    about = person.about
    return Remembered(
        id=subject,
        at=at,
        channel=ContactChannel.CHAT if person.is_chat else ContactChannel.CALL,
        kind=about.kind,
        seconds=int(person.talk_s + person.wrap_up_s),
        waited=waited,
        topics=about.topics,
        age_band=about.age_band,
        gender=about.gender,
        caller=about.caller,
        place=about.place,
        outcome=about.outcome,
        actions_taken=about.actions_taken,
    )
