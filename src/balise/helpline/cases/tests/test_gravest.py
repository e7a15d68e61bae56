"""The gravest topics count cases: once for a case, a topic and a quarter."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import Actor
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Entry
from balise.foundation.statistics import counting, queries as statistics
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.protection import Node
from balise.helpline.cases.actions import opening
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import keeping, wrapping
from balise.helpline.contacts.queries import reports
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.reports import layout

pytestmark = pytest.mark.django_db

MET = "helpline.topics.met"
MAY, JUNE, JULY = (datetime(2026, month, 5, 12, tzinfo=UTC) for month in (5, 6, 7))


@pytest.fixture
def listener() -> Actor:
    return actor_of(make_account("listener"))


def begun(at: datetime, by: Actor) -> UUID:
    """Return the record of a contact that began at a moment."""
    with clock.at(at):
        return keeping.begin(channel=Channel.CALL, subject=uuid4(), by=by)


def wrap(contact: UUID, *topics: str, at: datetime, by: Actor) -> None:
    with clock.at(at):
        wrapping.wrap_up(contact_id=contact, contact_type="child-self", topics=topics, by=by)


def met(*topics: str, at: datetime, by: Actor, case: UUID | None = None) -> UUID:
    """Return the case of a contact that had these topics; a new one where none is given."""
    contact = begun(at, by)
    with clock.at(at):
        if case is None:
            case = opening.open_case(title="Renard", contact_id=contact, by=by)
        else:
            words = " ".join(opening.make_code(case_id=case, language="fr", by=by))
            opening.open_with_code(code=words, contact_id=contact, by=by)
    wrap(contact, *topics, at=at, by=by)
    return case


def counted() -> dict[str, int]:
    """Return how often each topic is counted, from May to August."""
    tick()
    assert counting.recount(MEASURES[MET]).agrees
    first, last = MAY.date().replace(day=1), JULY.date().replace(month=8)
    rows = statistics.totals(MET, first, last, ("topic",))
    return {row.codes["topic"]: row.count for row in rows}


def test_a_young_person_who_comes_back_is_one_case_of_a_grave_topic(listener: Actor) -> None:
    case = met("grooming", "cyberbullying", at=MAY, by=listener)
    met("grooming", "cyberbullying", at=JUNE, by=listener, case=case)
    assert counted() == {"grooming": 1, "cyberbullying": 2}
    told = Entry.objects.filter(event="helpline.topic.met").order_by("id")
    assert [one.facts["again"] for one in told] == ["", "", "case", ""]


def test_the_next_quarter_counts_it_again(listener: Actor) -> None:
    case = met("grooming", at=JUNE, by=listener)
    met("grooming", at=JULY, by=listener, case=case)
    assert counted() == {"grooming": 2}


def test_another_case_and_another_grave_topic_count(listener: Actor) -> None:
    case = met("grooming", at=MAY, by=listener)
    met("grooming", at=MAY, by=listener)
    met("sextortion", at=JUNE, by=listener, case=case)
    assert counted() == {"grooming": 2, "sextortion": 1}


def test_contacts_without_a_case_each_count(listener: Actor) -> None:
    for at in (MAY, JUNE):
        wrap(begun(at, listener), "grooming", at=at, by=listener)
    assert counted() == {"grooming": 2}


def test_what_is_not_grave_asks_no_case(listener: Actor) -> None:
    contact = begun(MAY, listener)
    assert contacts.met_again(contact, ["cyberbullying"], on=MAY.date()) == frozenset()
    assert contacts.met_again(contact, [], on=MAY.date()) == frozenset()


def test_a_file_for_a_network_counts_the_case_once_and_the_contact_each_time(
    listener: Actor,
) -> None:
    case = met("grooming", at=MAY, by=listener)
    met("grooming", at=JUNE, by=listener, case=case)
    volume, told = reports._contacts(Node(2026, 2), bytes(32))
    assert (volume.answered, volume.counselling) == (2, 2)
    assert sorted((one.topics, one.again) for one in told) == [
        ((), ("grooming",)),
        (("grooming",), ()),
    ]
    insafe = layout("FR", "insafe")
    assert all(reports._counts(one, insafe) for one in told)  # each was about life online
