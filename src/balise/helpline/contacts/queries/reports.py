"""The files for Insafe and for Child Helpline International: contacts as the figures count them.

A contact counts on the day on which it was completed, as on every board, and is never corrected:
so nothing of a period comes late. What the journal says of it is counted by contact, the rest
(ages, gender, what was done) by the anonymous fact, which leads to no contact.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, today, zone
from balise.foundation.encryption.keyring import key_ring
from balise.foundation.journal.models import Entries, Entry
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.protection import Exposure, Node, record_key
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.events import ContactWrapped, TopicMet
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.rules import breakdowns, forms, reports, taxonomies
from balise.helpline.contacts.rules.breakdowns import Protection, Yearly
from balise.helpline.contacts.rules.reports import (
    Dimension,
    FactTold,
    Layout,
    Line,
    Report,
    Volume,
)

_WRAPPED = "helpline.contacts.wrapped"
# What figures of contacts are not counted by has the class of who called.
_AS = {"who": "age_band", "age": "age_band", "gender": "caller", "actions_taken": "caller"}
_TOLD = (
    *("day", "recorded", "age", "age_band", "gender", "caller"),
    *("topics", "actions_taken"),
)


def insafe_quarter(year: int, quarter: int, *, seen_by: Actor) -> Report:
    """Return the quarter's file for Insafe: contacts with a topic that it counts."""
    access.require(seen_by, access.REPORT)
    return _report("insafe", reports.quarter(year, quarter))


def chi_year(year: int, *, seen_by: Actor) -> Report:
    """Return the year's file for Child Helpline International: every counselling contact."""
    access.require(seen_by, access.REPORT)
    return _report("chi", reports.whole_year(year))


def quarters(*, seen_by: Actor) -> list[Node]:
    """Return the quarters that there are figures of and that are over, the latest first.

    The file of the latest may be too early: `reports.had_from` says from when it can be had.
    """
    access.require(seen_by, access.REPORT)
    return reports.quarters_over(_first_day(), today())


def years(*, seen_by: Actor) -> list[Node]:
    """Return the years that there are figures of and that are over, the latest first."""
    access.require(seen_by, access.REPORT)
    return reports.years_over(_first_day(), today())


def layouts(*, seen_by: Actor) -> dict[str, Layout]:
    """Return what each file has and has not, in words."""
    access.require(seen_by, access.REPORT)
    return {name: reports.layout(queries.country(), name) for name in reports.REPORTS}


def _first_day() -> date:
    return Fact.objects.order_by("day").values_list("day", flat=True).first() or today()


def volume_of(node: Node, *, seen_by: Actor) -> Volume:
    """Return how many contacts were completed in a period: all of them, and counselling."""
    access.require(seen_by, access.REPORT)
    return _contacts(node, key_ring().noise_key())[0]


def _report(name: str, node: Node) -> Report:
    reports.check_was_counted(node.last, since=_first_day())
    vintage = reports.vintage_on(node, today())
    plan = reports.layout(queries.country(), name)
    key = key_ring().noise_key()
    volume, counselling = _contacts(node, key)
    contacts = [each for each in counselling if _counts(each, plan)]
    return Report(
        plan=plan,
        node=node,
        vintage=vintage,
        total=len(contacts),
        volume=volume,
        lines=_lines(plan, node, contacts, key, _rare(plan, node, key)),
        counted_until=_begins(node.as_known(vintage) + timedelta(days=1)),
    )


def _rare(plan: Layout, node: Node, key: bytes) -> Yearly:
    """Return what a quarterly file does not tell: nothing where the year before was not whole."""
    if not node.quarter or _first_day() > Node(node.year - 1).first:
        return frozenset()
    before = [Node(node.year - 1, quarter) for quarter in reports.QUARTERS]
    return breakdowns.rare(
        _lines(plan, each, [one for one in _contacts(each, key)[1] if _counts(one, plan)], key)
        for each in before
    )


def _lines(
    plan: Layout,
    node: Node,
    contacts: Iterable[FactTold],
    key: bytes,
    yearly: Yearly = frozenset(),
) -> tuple[Line, ...]:
    return breakdowns.counted(
        plan,
        node,
        contacts=contacts,
        facts=(each for each in _facts(node, key) if _counts(each, plan)),
        mapper=_map,
        codes_of=lambda taxonomy: taxonomies.counted_codes(queries.country(), taxonomy, node.last),
        protection=Protection(key, lambda of, code: _exposure(of, code, node.last)),
        yearly=yearly,
    )


def _counts(told: FactTold, plan: Layout) -> bool:
    if plan.counts != reports.ONLINE:
        return True
    return any(_map(told.day, topic, plan.name) for topic in (*told.topics, *told.again))


def _map(day: date, topic: str, taxonomy: str) -> str:
    return queries.topics(day).map(topic, to=taxonomy)


def _exposure(dimension: Dimension, code: str, on: date) -> Exposure:
    """Return the class of a code of theirs: the gravest of ours behind it."""
    if dimension.taxonomy:
        ours = queries.topics(on).back(code, of=dimension.taxonomy)
        classes = {exposure_of("helpline.topics.met", "topic", each) for each in ours}
        return Exposure.GRAVE if Exposure.GRAVE in classes else Exposure.SENSITIVE
    if code in dimension.grave:
        return Exposure.GRAVE
    return exposure_of(_WRAPPED, _AS.get(dimension.of, dimension.of))


def _contacts(node: Node, key: bytes) -> tuple[Volume, list[FactTold]]:
    """Return how many contacts were completed in a period, and those that are counselling."""
    topics: dict[UUID, list[str]] = defaultdict(list)
    again: dict[UUID, list[str]] = defaultdict(list)
    for _day, subject, facts in _entries(TopicMet.name, node):
        (again if facts.get("again") else topics)[subject].append(facts["topic"])
    answered, counselling = 0, []
    for day, subject, facts in _entries(ContactWrapped.name, node):
        answered += 1
        if facts["is_counselling"]:
            counselling.append(
                FactTold(
                    day=day,
                    key=record_key(key, subject),
                    topics=tuple(topics[subject]),
                    again=tuple(again[subject]),
                    caller=facts["caller"],
                    channel=facts["channel"],
                    place=facts["place"],
                )
            )
    return Volume(answered, len(counselling)), counselling


def _entries(event: str, node: Node) -> Iterator[tuple[date, UUID, Mapping[str, Any]]]:
    until = _begins(node.last + timedelta(days=1))
    found: Entries = Entry.objects.filter(event=event, at__gte=_begins(node.first), at__lt=until)
    for entry in found.only("at", "subject", "facts_text").iterator(chunk_size=2_000):
        yield day_of(entry.at), entry.subject, entry.facts


def _facts(node: Node, key: bytes) -> Iterator[FactTold]:
    days = (node.first, node.last)
    within = Q(recorded__range=days) | Q(recorded__isnull=True, day__range=days)
    facts = Fact.objects.filter(within, day__lte=node.last, is_counselling=True)
    spans = forms.spans(queries.country(), "age_bands")
    for fact in facts.only(*_TOLD).iterator(chunk_size=2_000):
        yield FactTold(
            day=fact.recorded or fact.day,
            key=record_key(key, fact.id),
            topics=tuple(fact.topics),
            caller=fact.caller,
            age=(fact.age, fact.age) if fact.age is not None else spans.get(fact.age_band),
            gender=fact.gender,
            actions_taken=tuple(fact.actions_taken),
        )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone())
