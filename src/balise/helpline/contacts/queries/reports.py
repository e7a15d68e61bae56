"""The files for Insafe and for Child Helpline International, from the anonymous facts."""

from collections.abc import Iterator
from datetime import date

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today, zone
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.rules import forms, reports
from balise.helpline.contacts.rules.reports import FactTold, Report

_TOLD = (
    *("day", "channel", "age", "age_band", "gender", "caller", "place"),
    *("topics", "actions_taken"),
)


def insafe_quarter(year: int, quarter: int, *, seen_by: Actor) -> Report:
    """Return the quarter's file for Insafe: contacts with a topic that it counts."""
    access.require(seen_by, access.REPORT)
    return _report("insafe", *reports.quarter(year, quarter))


def chi_year(year: int, *, seen_by: Actor) -> Report:
    """Return the year's file for Child Helpline International: every counselling contact."""
    access.require(seen_by, access.REPORT)
    return _report("chi", *reports.whole_year(year))


def quarters(*, seen_by: Actor) -> list[tuple[int, int]]:
    """Return the (year, quarter) that there are figures of and that are over, the latest first.

    Two files of an unfinished period would reveal, by their difference, what each withholds.
    """
    access.require(seen_by, access.REPORT)
    return reports.quarters_over(_first_day(), today())


def years(*, seen_by: Actor) -> list[int]:
    """Return the years that there are figures of and that are over, the latest first."""
    access.require(seen_by, access.REPORT)
    return reports.years_over(_first_day(), today())


def to_verify(*, seen_by: Actor) -> dict[str, str]:
    """Return what is not official yet of each file, in the reader's language."""
    access.require(seen_by, access.REPORT)
    names = ("insafe", "chi")
    return {name: str(reports.layout(queries.country(), name).to_verify) for name in names}


def _first_day() -> date:
    return Fact.objects.order_by("day").values_list("day", flat=True).first() or today()


def _report(name: str, first: date, last: date) -> Report:
    reports.check_was_counted(last, since=_first_day())
    plan = reports.layout(queries.country(), name)
    moment = now().astimezone(zone())
    told = (each for each in _told(first, last) if name == "chi" or _counts(each, name))
    return reports.count(
        told,
        plan,
        first=first,
        last=last,
        mapper=_map,
        codes_of=lambda taxonomy: queries.topics(last).reached(taxonomy),
        counted_until=moment,
    )


def _counts(told: FactTold, name: str) -> bool:
    return any(_map(told.day, topic, name) for topic in told.topics)


def _map(day: date, topic: str, taxonomy: str) -> str:
    return queries.topics(day).map(topic, to=taxonomy)


def _told(first: date, last: date) -> Iterator[FactTold]:
    facts = Fact.objects.filter(day__range=(first, last), is_counselling=True)
    spans = forms.spans(queries.country(), "age_bands")
    for fact in facts.only(*_TOLD).iterator(chunk_size=2_000):
        yield FactTold(
            day=fact.day,
            channel=fact.channel,
            age=(fact.age, fact.age) if fact.age is not None else spans.get(fact.age_band),
            gender=fact.gender,
            caller=fact.caller,
            place=fact.place,
            topics=tuple(fact.topics),
            actions_taken=tuple(fact.actions_taken),
        )
