"""The past of the demonstration's removal desk: three months, and the same days a year before.

Seventeen invented platforms behave as their programs do (`helpline/removals/doubles`); the past is
told, not sent. Words are mild, nobody is named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, hearing, sending, verifying
from balise.helpline.removals.doubles.behaviours import BEHAVIOURS, Behaviour, Manner, Way
from balise.helpline.removals.rules.api import Telling, Tells
from balise.helpline.removals.rules.figures import year_before
from balise.helpline.removals.rules.next_steps import TARGETS
from balise.helpline.removals.rules.requests import (
    ConsentBy,
    ContentType,
    Given,
    ItemKind,
    is_hotlines_own,
)
from balise.takedown.law.rules import Certainty, Facts, offences
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import mailing
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.outcomes import Outcome

DAYS = 84
_SEED = 3018
_GATHERED = timedelta(minutes=3)  # what is urgent waits so long for others to the same platform
_ASKED_NOW, _ASKED_THEN = 34, 18  # requests in these days, and in those of the year before
_WORDS = (
    "Des messages répétés se moquent d'une élève ; ils viennent de plusieurs comptes.",
    "Une photo prise sans accord est republiée pour humilier la personne.",
    "Un faux compte parle au nom d'un collégien et insulte ses camarades.",
)
_TOLD = "Préfère qu'on ne rappelle pas à la maison."


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who works at the desk, and what the law of the country calls it."""

    listener: Actor
    second: Actor
    offence: str
    platforms: dict[str, UUID]


def fill(cast: Mapping[str, Actor]) -> int:
    """Make the past, and some requests in each state; return how many requests there are."""
    desk = _desk(cast["listener"], cast["helpline_lead"])
    chance = Random(_SEED)  # noqa: S311 - the same story in every demonstration
    today = clock.today()
    told = 0
    for first, count in (
        (year_before(today) - timedelta(days=DAYS), _ASKED_THEN),
        (today - timedelta(days=DAYS), _ASKED_NOW),
    ):
        for place in range(count):
            day = first + timedelta(days=DAYS * place // count)
            moment = datetime(day.year, day.month, day.day, 14, tzinfo=clock.zone())
            behaviour = chance.choice(list(BEHAVIOURS.values()))
            _tell(desk, chance, behaviour, moment)
            told += 1
    return told + _leave_open(desk)


def _desk(listener: Actor, second: Actor) -> _Desk:
    named = {one.code: one for one in offences(clock.today(), country=settings.COUNTRY)}
    ours = [code for code, one in named.items() if not is_hotlines_own(one)]
    names = {one.name.casefold(): one.id for one in queries.platforms()}
    hosts = {host: names[_NAMES[host]] for host in BEHAVIOURS}
    return _Desk(listener, second, "harassment" if "harassment" in ours else ours[0], hosts)


_NAMES = {
    host: {"clipeo.example": "clipéo"}.get(host, host.partition(".")[0]) for host in BEHAVIOURS
}


def _tell(desk: _Desk, chance: Random, behaviour: Behaviour, moment: datetime) -> None:
    """Ask one thing of a platform in the past, and let it do what it does."""
    # A mail that may wait a day would wait for the working day.
    later = Urgency.URGENT if behaviour.way is Way.MAIL else Urgency.STEADY
    urgency = chance.choice((Urgency.IMMEDIATE, Urgency.URGENT, Urgency.URGENT, later))
    kind = chance.choice((ItemKind.CONTENT, ItemKind.CONTENT, ItemKind.ACCOUNT))
    with clock.at(moment):
        item = _ready(desk, behaviour, chance, kind=kind, urgency=urgency)
        _send(desk, item, behaviour)
    took = max(TARGETS[urgency] * chance.lognormvariate(-1.2, 0.9), 3 * _GATHERED)
    match behaviour.manner:
        case Manner.SILENT:
            _is_silent(desk, item, moment, urgency)
        case Manner.REFUSING:
            _hear(desk, item, moment + took, Outcome.REFUSED)
            _at(moment + took + timedelta(days=1), lambda: _close(desk, item))
        case Manner.HIDING:
            _hear(desk, item, moment + took, Outcome.GEO_BLOCKED)
            _at(moment + took + timedelta(days=1), lambda: _close(desk, item))
        case _:
            slow = 3 if behaviour.manner is Manner.SLOW else 1
            gone_at = moment + took * slow
            _hear(desk, item, gone_at, Outcome.REMOVED)
            seen_at = gone_at + timedelta(minutes=12)
            _at(seen_at, lambda: verifying.see_gone(item_id=item, by=desk.listener))
            if not chance.randrange(7):
                _comes_back(desk, item, behaviour, seen_at + timedelta(days=3))


def _comes_back(desk: _Desk, item: UUID, behaviour: Behaviour, moment: datetime) -> None:
    """Make it come back, and be asked for again with what it said."""
    if moment + timedelta(hours=5) > clock.now():
        return
    with clock.at(moment):
        verifying.see_back(item_id=item, by=desk.listener)
        verifying.reopen(item_id=item, by=desk.listener)
        _send(desk, item, behaviour)
    _at(moment + timedelta(hours=4), lambda: verifying.see_gone(item_id=item, by=desk.listener))


def _leave_open(desk: _Desk) -> int:
    """Leave requests that are being worked on: one in each state a listener can meet."""
    chance, at = Random(_SEED + 1), clock.now()  # noqa: S311 - as above
    by_host = BEHAVIOURS

    def ready(host: str, minutes: int, *, kind: ItemKind = ItemKind.CONTENT) -> UUID:
        with clock.at(at - timedelta(minutes=minutes)):
            return _ready(desk, by_host[host], chance, kind=kind, urgency=Urgency.URGENT)

    def sent(host: str, minutes: int) -> UUID:
        item = ready(host, minutes)
        with clock.at(at - timedelta(minutes=minutes)):
            _send(desk, item, by_host[host])
        return item

    with clock.at(at - timedelta(minutes=20)):
        account = _written(
            desk,
            by_host["lucarne.example"],
            chance,
            kind=ItemKind.ACCOUNT,
            urgency=Urgency.IMMEDIATE,
        )
        asking.complete(item_id=account, by=desk.listener)
        sending.ask_second(item_id=account, by=desk.listener)
    with clock.at(at - timedelta(minutes=9)):
        _written(desk, by_host["papotin.example"], chance, kind=ItemKind.CONTENT)
    by_hand = ready("azurin.example", 30)
    with clock.at(at - timedelta(minutes=25)):
        sending.send(item_id=by_hand, by=desk.listener)
    sent("clipeo.example", 70)
    late = sent("cabanou.example", 300)
    sending.look_at_clock(item_id=late, by=SYSTEM)
    asked = sent("bullette.example", 100)
    with clock.at(at - timedelta(minutes=40)):
        telling = Telling(tells=Tells.ASKS, words="Which of the pictures on this page is it?")
        hearing.hear(item_id=asked, telling=telling, by=SYSTEM)
    gone, back = sent("tchatcha.example", 200), sent("nuellia.example", 200)
    with clock.at(at - timedelta(minutes=120)):
        for each in (gone, back):
            verifying.see_gone(item_id=each, by=desk.listener)
    verifying.see_back(item_id=back, by=SYSTEM)
    return 8


def _written(
    desk: _Desk,
    behaviour: Behaviour,
    chance: Random,
    *,
    kind: ItemKind,
    urgency: Urgency = Urgency.URGENT,
) -> UUID:
    """Write a request with one item, and return the item."""
    number = chance.randrange(10_000)
    prepared = asking.prepare(
        key=UUID(int=chance.getrandbits(128), version=4),
        platform_id=desk.platforms[behaviour.host],
        consent=chance.choice((ConsentBy.VICTIM, ConsentBy.VICTIM, ConsentBy.PARENT)),
        agreed=True,
        urgency=urgency,
        given=Given(
            kind=kind,
            content_type=chance.choice((ContentType.IMAGE, ContentType.TEXT, ContentType.VIDEO)),
            offence=desk.offence,
            url=f"https://{behaviour.host}/p/{number}",
            handle=f"@exemple{number}" if kind is ItemKind.ACCOUNT else "",
            facts=Facts(clock.today(), None, Certainty.AT_LATEST),
            words=chance.choice(_WORDS),
        ),
        words=_TOLD,
        by=desk.listener,
    )
    return queries.items_of(prepared.id)[0]


def _ready(
    desk: _Desk, behaviour: Behaviour, chance: Random, *, kind: ItemKind, urgency: Urgency
) -> UUID:
    item = _written(desk, behaviour, chance, kind=kind, urgency=urgency)
    asking.complete(item_id=item, by=desk.listener)
    if kind is ItemKind.ACCOUNT:
        sending.ask_second(item_id=item, by=desk.listener)
        sending.approve(item_id=item, by=desk.second)
    return item


def _send(desk: _Desk, item: UUID, behaviour: Behaviour) -> None:
    """Mark it as taken by the platform, without sending anything."""
    sending.send(item_id=item, by=desk.listener)
    if behaviour.way is Way.API:
        if sending.leaving(item_id=item, by=SYSTEM) is not None:
            ticket = f"{behaviour.host.partition('.')[0]}-{item.hex[:6]}"
            sending.note_taken(item_id=item, ticket=ticket, by=SYSTEM)
    elif behaviour.way is Way.MAIL:
        with clock.at(clock.now() + _GATHERED):
            _take_mail(item)
    else:
        sending.note_sent_by_hand(item_id=item, by=desk.listener)


def _take_mail(item: UUID) -> None:
    notice = notices.about(line="helpline", subject=item, seen_by=SYSTEM)[0]
    for mailing_id in mailing.gather(contact_id=notice.contact, line="helpline", by=SYSTEM):
        if mailing.hand_over(mailing_id=mailing_id, by=SYSTEM) is not None:
            mailing.note_taken(mailing_id=mailing_id, by=SYSTEM)
    hearing.follow(notice_id=notice.id, by=SYSTEM)


def _is_silent(desk: _Desk, item: UUID, moment: datetime, urgency: Urgency) -> None:
    """Make a platform's deadline pass, and the listener give up after some steps."""
    for times in (1, 2):
        at = moment + TARGETS[urgency] * times + timedelta(minutes=1)
        _at(at, lambda: sending.look_at_clock(item_id=item, by=SYSTEM))
    _at(moment + TARGETS[urgency] * 9, lambda: _close(desk, item))


def _hear(desk: _Desk, item: UUID, at: datetime, decision: Outcome) -> None:
    telling = Telling(tells=Tells.DECIDED, decision=decision)
    _at(at, lambda: hearing.hear(item_id=item, telling=telling, by=desk.listener))


def _close(desk: _Desk, item: UUID) -> None:
    asking.close(item_id=item, by=desk.listener)


def _at(moment: datetime, act: Callable[[], None]) -> None:
    """Do something at a moment, if that is past."""
    if moment < clock.now():
        with clock.at(moment):
            act()
