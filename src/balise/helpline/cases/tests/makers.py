"""Referrals and files made the way the programme makes them."""

from typing import Any
from uuid import UUID, uuid4

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.helpline.cases import access
from balise.helpline.cases.actions import intake, listening, opening, writing
from balise.helpline.cases.models import Glass, Referral
from balise.helpline.cases.rules.received import Outcome
from balise.helpline.cases.rules.sections import Section

_LISTENER = frozenset({access.READ, access.WORK})
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=11)), _LISTENER)
OTHER_LISTENER = Actor(ActorKind.STAFF, str(UUID(int=12)), _LISTENER)
LEAD = Actor(ActorKind.STAFF, str(UUID(int=13)), _LISTENER | {access.GIVE_BACK_OTHERS})


def make_referral(
    *,
    age_band: str = "13-15",
    contact: str = "sam@mail.example",
    words: str = "They go on every day.",
    origin: UUID | None = None,
) -> Referral:
    """Return someone who was handed over and waits."""
    referral_id = intake.take_in(
        origin_line="hotline",
        origin=origin or uuid4(),
        contact=contact,
        age_band=age_band,
        words=words,
        by=ANYONE,
    )
    return Referral.objects.get(id=referral_id)


def make_taken(*, by: Actor = LISTENER, words: str = "They go on every day.") -> Referral:
    """Return a referral that a listener has."""
    one = make_referral(words=words)
    listening.take(referral_id=one.id, by=by)
    return Referral.objects.get(id=one.id)


def make_closed(
    *, outcome: Outcome = Outcome.HELPED, note: str = "Spoke twice.", by: Actor = LISTENER
) -> Referral:
    """Return a referral that a listener has closed."""
    one = make_taken(by=by)
    listening.close(referral_id=one.id, outcome=outcome, note=note, by=by)
    return Referral.objects.get(id=one.id)


def make_listener(role: str = "listener", name: str = "Camille") -> Actor:
    """Return someone who works at the helpline."""
    return actor_of(make_account(role, name=name))


def make_case(*, by: Actor, title: str = "Renard, au collège", contact: UUID | None = None) -> UUID:
    """Return a file that a listener opened."""
    return opening.open_case(title=title, contact_id=contact, by=by)


def make_entry(case_id: UUID, section: Section, *, by: Actor, **given: Any) -> UUID:
    """Return an entry that a listener wrote."""
    return writing.write(case_id=case_id, section=section, given=given, by=by).entry


def the_glass() -> UUID:
    """Return the only glass that was broken."""
    return Glass.objects.get().id
