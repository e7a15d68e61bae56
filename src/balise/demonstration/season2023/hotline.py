"""Reports of the season: invented addresses that come back about three times each."""

from datetime import date
from random import Random

from balise.demonstration.season2023.plan import Plan
from balise.demonstration.season2023.telling import moment
from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import blinder
from balise.hotline.reports.actions.intake import receive_many
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel
from balise.takedown.tracing.rules.addresses import read_address

_ADDRESSES = 3  # reports come to one address
_CATEGORIES = (
    *("csam",) * 14,
    *("grooming",) * 6,
    *("ncii",) * 9,
    *("hate",) * 22,
    *("terrorism",) * 5,
    *("shocking",) * 18,
    *("sexual-harassment",) * 8,
    *("unknown",) * 18,
)
_AGES = (*("",) * 30, *("adult",) * 40, *("15-17",) * 15, *("13-14",) * 10, *("under-13",) * 5)
_CHANNELS = (*(Channel.WEB,) * 80, *(Channel.IMPORT,) * 20)


def tell(plan: Plan) -> int:
    """Take in the reports of each day, that evening, as a file of them; return how many."""
    every = plan.days("reports")
    most = max(sum(every.values()) // _ADDRESSES, 1)
    return sum(tell_day(plan, day, many, most=most) for day, many in every.items())


def tell_day(plan: Plan, day: date, many: int, *, most: int = 1, seed: str = "season") -> int:
    """Take in so many reports of a day, of `most` addresses; those of one seed are told once."""
    identify, chance = blinder("hotline", "import"), plan.chance("reports", day)
    incoming = [
        _report(day, most, chance, identify(f"{seed}-{day}-{number}")) for number in range(many)
    ]
    with clock.at(moment(day, 23 * 3600)):
        return sum(one.is_new for one in receive_many(incoming=incoming, by=SYSTEM))


def _report(day: date, most: int, chance: Random, key: bytes) -> Incoming:
    page = chance.randrange(most)
    text = f"https://site{page % 997}.example/page/{page}"
    return Incoming(
        key=key,
        channel=chance.choice(_CHANNELS),
        answers=Answers(
            places=(places.on_the_web(read_address(text), text=text),),
            category=chance.choice(_CATEGORIES),
            age_band=chance.choice(_AGES),
        ),
        language="fr",
        received_at=moment(day, 6 * 3600 + chance.randrange(16 * 3600)),
        is_finished=True,
    )
