"""Contacts of the season: calls as the exchange told of them, conversations, and their records."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID, uuid5

from balise.demonstration.day.script import About, about
from balise.demonstration.season2023.plan import CALL_S, WIDER_HOURS, Plan, months
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.cases.actions import opening
from balise.helpline.contacts.actions import wrapping
from balise.helpline.contacts.actions.wrapping import Brought as Contact, Met
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.actions import bringing as conversations
from balise.helpline.conversations.actions.bringing import Brought as Conversation
from balise.helpline.conversations.rules import Side
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening
from balise.helpline.telephony.rules.records import Record

_SOURCE = "exchange-of-2023"
_CHANNELS = (
    *(Channel.CALL,) * 66,
    *(Channel.CHAT,) * 22,
    *(Channel.E_MAIL,) * 7,
    *(Channel.FORM,) * 3,
    *(Channel.MESSAGE,) * 2,
)
_NAMES = UUID(int=2023)
_OPENS, _CLOSED, _CLOSES = 9 * 3600, 20 * 3600, 23 * 3600  # until 20, then until 23
_SHORTEST_S = 300
_WRAP_UP_S = 120
_SUMMARIES = (
    "Moqueries dans un groupe de classe. On a vu comment bloquer et à qui en parler.",
    "Compte copié par quelqu’un. On a vu comment le signaler au réseau.",
    "Désaccord à la maison sur le temps d’écran. On a cherché une règle à deux.",
    "Demande d’argent après un échange de photos. On a vu quoi garder et qui prévenir.",
)
_SAID = (
    (Side.YOUNG, "bonjour, je peux poser une question ?"),
    (Side.STAFF, "Bonjour, oui bien sûr. Je t’écoute."),
    (Side.YOUNG, "dans le groupe de ma classe ils se moquent d’une photo de moi"),
    (Side.STAFF, "Merci de me le dire. On va regarder ensemble ce qu’on peut faire."),
)


@dataclass(slots=True)
class _Month:
    calls: dict[date, list[Record]] = field(default_factory=dict)
    talked: list[tuple[Conversation, Actor]] = field(default_factory=list)
    # The contacts, each with its listener; of a conversation, its place in `talked`.
    met: list[tuple[Contact, Actor, int | None]] = field(default_factory=list)


def tell(plan: Plan, cast: Cast) -> dict[str, int]:
    """Bring in the calls, conversations and contacts, month by month; return how many of each."""
    told = {"calls": 0, "conversations": 0, "contacts": 0, "cases": 0}
    again: dict[tuple[int, int], int] = {}
    for day, more in plan.days("cases-again").items():
        again[day.year, day.month] = again.get((day.year, day.month), 0) + more
    is_helped = {year: _in_turn(plan, year) for year in (2022, 2023)}
    lasted = {year: _talks(plan.chance("talks", date(year, 1, 1))) for year in (2022, 2023)}
    met, offered = plan.days("contacts"), plan.days("calls")
    for _month, days in months(dict.fromkeys(sorted({*met, *offered}), 0)):
        found = _Month()
        for day in days:
            many = (met.get(day, 0), offered.get(day, 0))
            _tell_day(found, day, many, lasted[day.year], is_helped[day.year], plan, cast)
        for day, records in found.calls.items():
            with clock.at(moment(day, 24 * 3600 - 1)):
                told["calls"] += import_records(records=records, source=_SOURCE, by=SYSTEM)
        ids = conversations.bring_in(conversations=found.talked, by=SYSTEM)
        told["conversations"] += len(ids)
        kept = wrapping.bring_in(
            contacts=[
                (one if place is None else replace(one, subject=ids[place]), by)
                for one, by, place in found.met
            ],
            by=SYSTEM,
        )
        told["contacts"] += len(kept)
        told["cases"] += _follow(found, kept, again.get(days_month(found), 0))
    return told


def days_month(found: "_Month") -> tuple[int, int]:
    """Return the year and month that calls and contacts are of."""
    day = next(iter(found.calls))
    return day.year, day.month


def _follow(found: "_Month", kept: list[UUID], many: int) -> int:
    """Let so many young people come back in a month, with the code of their case."""
    mine: dict[Actor, list[tuple[datetime, UUID]]] = {}
    for (one, by, _place), contact in zip(found.met, kept, strict=True):
        if one.met["topics"]:
            mine.setdefault(by, []).append((one.closed_at, contact))
    pairs = [
        (by, some[place], some[place + 1])
        for by, some in mine.items()
        for place in range(0, len(some) - 1, 2)
    ][:many]
    for by, (first, begun), (second, back) in pairs:
        with clock.at(first):
            case = opening.open_case(title="Un dossier d’exemple", contact_id=begun, by=by)
            words = opening.make_code(case_id=case, language="fr", by=by)
        with clock.at(second):
            opening.open_with_code(code=" ".join(words), contact_id=back, by=by)
    return len(pairs)


def _talks(chance: Random) -> Iterator[int]:
    """Yield seconds of talks that are 35 minutes long on average, exactly, at any place."""
    while True:
        longer = min(int(chance.gammavariate(2, CALL_S / 4)), CALL_S - _SHORTEST_S)
        yield CALL_S + longer
        yield CALL_S - longer


def _in_turn(plan: Plan, year: int) -> Iterator[bool]:
    """Yield of each contact of a year whether it is counselling: so many of all, evenly."""
    some = plan.sum("supported", year) + plan.sum("cases-again", year)
    every = plan.sum("contacts", year)
    for place in count():
        yield (place + 1) * some // every > place * some // every


def _tell_day(
    found: _Month,
    day: date,
    many: tuple[int, int],
    lasted: Iterator[int],
    is_helped: Iterator[bool],
    plan: Plan,
    cast: Cast,
) -> None:
    chance, (met, offered) = plan.chance("helpline", day), many
    calls: list[Record] = []
    for number in range(met):
        by = chance.choice(cast.listeners)
        channel = chance.choice(_CHANNELS)
        if channel is Channel.CALL and len(calls) >= offered:
            channel = Channel.FORM
        at = moment(day, _hour(day, chance))
        waited = min(int(chance.expovariate(1 / 45)), 600)
        talked = next(lasted) if channel is Channel.CALL else int(chance.gammavariate(4, 600)) + 60
        begun = at + timedelta(seconds=waited)
        ended = begun + timedelta(seconds=talked)
        place = None
        if channel is Channel.CALL:
            calls.append(_answered(f"{day}-{number}", at, begun, ended))
        elif channel is Channel.CHAT:
            place = len(found.talked)
            found.talked.append((_conversation(at, begun, ended, chance), by))
        drawn = about(chance, is_counselling=next(is_helped))
        subject = uuid5(_NAMES, f"{day}-{number}")
        span = (begun, ended + timedelta(seconds=_WRAP_UP_S))
        summary = chance.choice(_SUMMARIES)
        found.met.append((_contact(subject, channel, span, waited, drawn, summary), by, place))
    for number in range(offered - len(calls)):
        at = moment(day, _hour(day, chance))
        gone = at + timedelta(seconds=min(int(chance.expovariate(1 / 200)) + 2, 900))
        told = (CallFact(Happening.QUEUED, at), CallFact(Happening.ABANDONED, gone))
        calls.append(Record(0, f"{day}-left-{number}", told))
    found.calls[day] = calls


def _hour(day: date, chance: Random) -> float:
    """Return when someone comes, in seconds of the day: late afternoon is the peak."""
    closes = _CLOSES if day >= WIDER_HOURS else _CLOSED
    return chance.triangular(_OPENS, closes - 1, 18 * 3600)


def _answered(ref: str, at: datetime, begun: datetime, ended: datetime) -> Record:
    told = (
        CallFact(Happening.QUEUED, at),
        CallFact(Happening.ANSWERED, begun),
        CallFact(Happening.ENDED, ended, EndedBy.CALLER),
    )
    return Record(0, ref, told)


def _conversation(at: datetime, begun: datetime, ended: datetime, chance: Random) -> Conversation:
    step = (ended - begun) / (len(_SAID) + 1)
    said = [(side, text, begun + step * place) for place, (side, text) in enumerate(_SAID, start=1)]
    return Conversation(
        begun_at=at,
        joined_at=begun,
        said=said[: chance.choice((2, 4, 4))],
        ended_at=ended,
        language="fr",
    )


def _contact(
    subject: UUID,
    channel: Channel,
    span: tuple[datetime, datetime],
    waited: int,
    drawn: About,
    summary: str,
) -> Contact:
    met = Met(
        topics=drawn.topics,
        age_band=drawn.age_band,
        gender=drawn.gender,
        caller=drawn.caller,
        place=drawn.place,
        outcome=drawn.outcome,
        actions_taken=drawn.actions_taken,
    )
    return Contact(
        subject=subject,
        channel=channel,
        begun_at=span[0],
        closed_at=span[1],
        contact_type=drawn.kind,
        met=met,
        given={"summary": summary},
        waited_s=waited,
    )
