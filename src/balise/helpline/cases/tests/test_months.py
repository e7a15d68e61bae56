"""A case that is met again in a month counts once: by rule, and by what listeners do."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.journal.models import Entry
from balise.helpline.cases.actions import opening
from balise.helpline.cases.models import CaseContact
from balise.helpline.cases.rules.months import again
from balise.helpline.contacts.actions import wrapping
from balise.helpline.contacts.actions.wrapping import Brought
from balise.helpline.contacts.rules import Channel

A, B, C, D = (UUID(int=number) for number in range(1, 5))
MARCH, LATER, APRIL = date(2026, 3, 2), date(2026, 3, 20), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("days", "counted", "found"),
    [
        ({}, (), []),
        ({A: MARCH}, (), []),
        ({A: MARCH, B: LATER}, (), [B]),
        ({A: MARCH, B: LATER}, (B,), []),
        ({A: MARCH, B: LATER}, (A,), []),  # the other came before it, and later to the case
        ({A: MARCH, B: APRIL}, (), []),
        ({A: MARCH, B: LATER, C: APRIL, D: LATER}, (B,), [D]),
    ],
)
def test_all_contacts_of_a_month_but_one_are_counted_as_again(
    days: dict[UUID, date], counted: tuple[UUID, ...], found: list[UUID]
) -> None:
    assert again(days, counted=counted) == found


@pytest.fixture
def listener() -> Actor:
    return actor_of(make_account("listener"))


def brought(day: int, by: Actor, kind: str = "child-self") -> UUID:
    """Return a contact of March that was wrapped up."""
    at = datetime(2026, 3, day, 15, tzinfo=UTC)
    topics = ("cyberbullying",) if kind == "child-self" else ()
    one = Brought(
        subject=uuid4(),
        channel=Channel.FORM,
        begun_at=at,
        closed_at=at,
        contact_type=kind,
        met={"topics": topics},
        given={},
    )
    [made] = wrapping.bring_in(contacts=[(one, by)], by=SYSTEM)
    return made


def told() -> list[tuple[str, int]]:
    rows = Entry.objects.filter(event="helpline.case.met-again").order_by("id")
    return [(row.facts["day"], row.facts["amount"]) for row in rows]


@pytest.mark.django_db
def test_a_young_person_who_comes_back_in_the_month_is_one_case(listener: Actor) -> None:
    first, second = brought(2, listener), brought(20, listener)
    with clock.at(datetime(2026, 3, 21, 9, tzinfo=UTC)):
        case = opening.open_case(title="Renard", contact_id=first, by=listener)
        words = " ".join(opening.make_code(case_id=case, language="fr", by=listener))
        assert told() == []
        opening.open_with_code(code=words, contact_id=second, by=listener)
    assert told() == [("2026-03-20", 1)]
    assert opening.count_again(case_id=case, by=SYSTEM) == 0  # each counts once
    assert told() == [("2026-03-20", 1)]
    assert CaseContact.objects.filter(is_again=True).count() == 1
