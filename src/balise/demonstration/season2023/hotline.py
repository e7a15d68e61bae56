"""Reports of the season: invented addresses that come back about three times each."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from balise.demonstration.season2023.plan import ENDS, Plan
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.sealing import blinder
from balise.hotline.reports.actions import assessing, claiming, removal
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.actions.intake import receive_many
from balise.hotline.reports.queries import listing
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.words import Channel, Confidence, ContentState, Ground, Verdict
from balise.takedown.tracing.rules.addresses import read_address

DAY = timedelta(days=1)
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


def tell(plan: Plan, cast: Cast) -> dict[str, int]:
    """Take in the reports of each day, that evening, as a file of them; decide about a few.

    Return how many of each.
    """
    every, decided = plan.days("reports"), plan.days("verdicts")
    most = max(sum(every.values()) // _ADDRESSES, 1)
    told = {"reports": 0, "verdicts": 0}
    for day, many in every.items():
        received = tell_day(plan, day, many, most=most)
        told["reports"] += len(received)
        told["verdicts"] += decide(day, received, decided.get(day, 0), by=cast.analysts[0])
    return told


def decide(day: date, reports: Sequence[UUID], most: int, *, by: Actor) -> int:
    """Have an analyst decide about content of these reports the day after; return of how many.

    One of four is not illegal; of the others two of three are gone days later.
    """
    if not most:
        return 0
    found = [
        content.id
        for report in reports
        for content in listing.contents_of(report_id=report, seen_by=by)
        if content.category.code == "hate" and content.state is ContentState.WAITING
    ][:most]
    for place, content in enumerate(dict.fromkeys(found)):
        is_illegal = (place + day.toordinal()) % 4 > 0
        with clock.at(moment(min(day + DAY, ENDS), 10 * 3600 if day < ENDS else 86_000)):
            claiming.claim(content_id=content, by=by)
            claiming.note_opened(content_id=content, by=by)
            assessing.assess(content_id=content, decision=_decision(day, is_illegal), by=by)
        gone = day + (2 + place % 9) * DAY
        if is_illegal and (place + day.toordinal()) % 3 and gone <= ENDS:
            with clock.at(moment(gone, 15 * 3600)):
                removal.note_removed(content_id=content, at=clock.now(), by=SYSTEM)
    return len(found)


def _decision(day: date, is_illegal: bool) -> Decision:  # noqa: FBT001 - of two
    return Decision(
        verdict=Verdict.ILLEGAL if is_illegal else Verdict.HARMFUL,
        category="hate",
        offence="hate-incitement" if is_illegal else "",
        facts_on=day,
        confidence=Confidence.SURE,
        ground=Ground.LOOKED,
        rationale="Les propos visent un groupe et appellent à lui nuire."
        if is_illegal
        else "Une opinion vive, sans appel à nuire.",
        written_in="fr",
    )


def tell_day(
    plan: Plan, day: date, many: int, *, most: int = 1, seed: str = "season"
) -> list[UUID]:
    """Take in so many reports of a day, of `most` addresses; those of one seed are told once.

    Return the new ones.
    """
    identify, chance = blinder("hotline", "import"), plan.chance("reports", day)
    incoming = [
        _report(day, most, chance, identify(f"{seed}-{day}-{number}")) for number in range(many)
    ]
    with clock.at(moment(day, 23 * 3600)):
        received = receive_many(incoming=incoming, by=SYSTEM)
    return [one.report_id for one in received if one.is_new]


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
