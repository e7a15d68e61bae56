"""Removals that are brought in leave what the actions leave, at the moments that are told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.refusals import Refused
from balise.foundation.statistics.testing import left_by
from balise.helpline.queue.models import Item as Waiting
from balise.helpline.removals.actions import asking, bringing, sending, verifying
from balise.helpline.removals.actions.bringing import Brought
from balise.helpline.removals.models import Fact, Item, Request
from balise.helpline.removals.rules.requests import (
    ConsentBy,
    Incomplete,
    ItemKind,
    NeedsSecondLook,
    SameEyes,
)
from balise.helpline.removals.rules.states import WrongState
from balise.helpline.removals.tests.makers import make_given, make_platform
from balise.takedown.directory.models import Contact
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions.drafting import NobodyToTell
from balise.takedown.notices.models import Introduction, Notice
from balise.takedown.notices.rules.clocks import Urgency

pytestmark = pytest.mark.django_db

ASKED = datetime(2023, 3, 4, 16, 40, tzinfo=UTC)
SENT = ASKED + timedelta(minutes=20)
GONE = SENT + timedelta(minutes=44)
LATER = GONE + timedelta(days=90)
FACTS = Facts(date(2023, 3, 3), None, Certainty.EXACT)
TABLES = (Request, Item, Waiting, Notice, Introduction, Fact)


@pytest.fixture
def by() -> Actor:
    return make_actor("listener")


@pytest.fixture
def second() -> Actor:
    return make_actor("listener")


@pytest.fixture
def way(by: Actor) -> Contact:
    platform = make_platform()
    looked = bring(way=Contact.objects.get(organisation=platform))
    act(looked, by)  # the platform is known, and the law frozen
    return Contact.objects.get(organisation=platform)


def bring(*, way: Contact, given: dict[str, Any] | None = None, **changed: Any) -> Brought:
    return Brought(
        **{
            "way": way.id,
            "consent": ConsentBy.VICTIM,
            "urgency": Urgency.URGENT,
            "given": make_given(**{"facts": FACTS, **(given or {})}),
            "words": "Dit au téléphone.",
            "asked_at": ASKED,
            "sent_at": SENT,
            "gone_at": GONE,
            **changed,
        }
    )


def act(one: Brought, by: Actor) -> None:
    key = uuid4()
    with clock.at(one.asked_at):
        asking.prepare(
            key=key,
            platform_id=Contact.objects.get(id=one.way).organisation_id,
            consent=one.consent,
            agreed=True,
            urgency=one.urgency,
            given=one.given,
            words=one.words,
            by=by,
        )
        item = Item.objects.get(request=key).id
        asking.complete(item_id=item, by=by)
        if one.second is not None:
            sending.ask_second(item_id=item, by=by)
    if one.second is not None and one.approved_at is not None:
        with clock.at(one.approved_at):
            sending.approve(item_id=item, by=one.second)
    with clock.at(one.sent_at):
        sending.send(item_id=item, by=by)
        sending.note_sent_by_hand(item_id=item, by=by)
    with clock.at(one.gone_at):
        verifying.see_gone(item_id=item, by=by)
    if one.closed_at is not None:
        with clock.at(one.closed_at):
            verifying.close_gone(item_id=item, by=SYSTEM)


@pytest.mark.parametrize("is_account", [False, True])
@pytest.mark.parametrize("closed_at", [None, LATER])
@pytest.mark.parametrize("consent", [ConsentBy.VICTIM, ConsentBy.ADULT])
def test_it_leaves_the_same_rows_facts_and_tallies_as_the_actions(
    way: Contact,
    by: Actor,
    second: Actor,
    *,
    is_account: bool,
    closed_at: datetime | None,
    consent: ConsentBy,
) -> None:
    given = {"kind": ItemKind.ACCOUNT, "handle": "@moqueur"} if is_account else {}
    two = {"second": second, "approved_at": ASKED + timedelta(minutes=9)} if is_account else {}
    one = bring(way=way, given=given, consent=consent, closed_at=closed_at, **two)
    by_hand = left_by(lambda: act(one, by), *TABLES)
    at_once = left_by(lambda: bringing.bring_in(removals=[(one, by)], by=SYSTEM), *TABLES)
    assert not at_once.unlike(by_hand)
    assert by_hand.tallies
    said = [notices.letter_of(each) for each in Notice.objects.order_by("drafted_at")]
    assert said[-1] == said[-2]


def test_a_platform_that_was_never_addressed_is_introduced_once(by: Actor, way: Contact) -> None:
    Notice.objects.all().delete()
    Introduction.objects.all().delete()
    later = bring(way=way, sent_at=SENT + timedelta(days=1), gone_at=GONE + timedelta(days=1))
    bringing.bring_in(removals=[(later, by), (bring(way=way), by)], by=SYSTEM)
    assert Introduction.objects.get().informed_at == SENT
    first, last = Notice.objects.order_by("sent_at")
    assert first.counts_from == SENT + timedelta(hours=12)
    assert last.counts_from == later.sent_at


def test_what_the_actions_refuse_brings_nothing_in(way: Contact, by: Actor, second: Actor) -> None:
    account = {"kind": ItemKind.ACCOUNT, "handle": "@moqueur"}
    own = {"second": by, "approved_at": SENT}
    other = Contact.objects.get(organisation=make_platform("Autre", kind=ContactKind.MAIL))
    before = Request.objects.count()
    wrong: list[tuple[Brought, type[Refused]]] = [
        (bring(way=way, given={"words": "Court."}), Incomplete),
        (bring(way=way, given=account), NeedsSecondLook),
        (bring(way=way, given=account, **own), SameEyes),
        (bring(way=way, gone_at=SENT + timedelta(hours=5)), WrongState),
        (bring(way=way, given={"shows_abuse": True}), WrongState),
        (bring(way=other), NobodyToTell),
    ]
    for one, refusal in wrong:
        with pytest.raises(refusal):
            bringing.bring_in(removals=[(bring(way=way), by), (one, by)], by=SYSTEM)
    with pytest.raises(PermissionDenied):
        bringing.bring_in(removals=[(bring(way=way), ANYONE)], by=SYSTEM)
    assert Request.objects.count() == before
