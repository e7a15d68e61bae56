"""What partners say of a case, in the order in which it comes."""

from uuid import UUID

import pytest

from balise.foundation.accounts.actions import partners
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.hotline.laboratory.actions import disputing, hearing
from balise.hotline.laboratory.models import BANK, Item
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.standing import Said
from balise.hotline.laboratory.tests.makers import make_barred, make_case, work_off
from balise.hotline.matching.exchange import access as exchange
from balise.hotline.matching.exchange.actions import answering
from balise.hotline.matching.exchange.actions.answering import Given
from balise.hotline.matching.exchange.queries import key_of
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.items import Replied
from balise.hotline.matching.signals.rules.kinds import Turn

pytestmark = pytest.mark.django_db


def agreed() -> Actor:
    """Return a partner that holds the list."""
    partner = partners.add_partner(name="Ondine", by=SYSTEM)
    answering.agree(
        partner_id=partner.id, holds=True, banks=[BANK], a_day=500, a_minute=500, by=SYSTEM
    )
    return Actor(ActorKind.PARTNER, str(partner.id), frozenset({exchange.PULL}))


def says(
    partner: Actor,
    item: Item,
    replied: Replied,
    turn: Turn | None = None,
    copies: int = 0,
    *,
    nth: int = 0,
) -> None:
    """Let a partner say something of one of an item's entries."""
    handle = handle_of(item.entries[nth], key=key_of(UUID(partner.key)))
    answering.answer(given=[Given(handle, replied, turn, copies)], by=partner)
    hearing.hear(reference=str(item.id))


def test_a_picture_with_bars_has_one_answer_of_a_partner_that_has_both_hashes() -> None:
    case, receipt = make_case(prints=make_barred())
    item, partner = case.items.get(), agreed()
    for nth in range(2):
        says(partner, item, Replied.RECEIVED, nth=nth)
    # A copy with bars is found by both hashes, one without by the second.
    says(partner, item, Replied.BLOCKED, Turn.AS_IS, 1, nth=0)
    says(partner, item, Replied.BLOCKED, Turn.AS_IS, 2, nth=1)
    tracked = tracking.tracked(receipt)
    (reached,) = tracked.partners
    assert (reached.said, reached.count) == (Said.BLOCKED, 2)
    disputing.withdraw(receipt=receipt)
    work_off(case)
    says(partner, item, Replied.WITHDRAWN, nth=0)
    assert tracking.tracked(receipt).prints[0].confirmed == 0, "it has the other one still"
    says(partner, item, Replied.WITHDRAWN, nth=1)
    assert tracking.tracked(receipt).prints[0].confirmed == 1


def test_what_a_partner_blocked_and_confirmed_stands_whatever_it_says_later() -> None:
    case, receipt = make_case("a boat", "a tree")
    first, second = case.items.all()
    partner = agreed()
    says(partner, first, Replied.BLOCKED, Turn.MIRRORED, 1)
    says(partner, second, Replied.BLOCKED, Turn.AS_IS, 1)
    disputing.withdraw(receipt=receipt, item_id=first.id)
    work_off(case)
    says(partner, first, Replied.WITHDRAWN)
    for _late in range(2):
        tracked = tracking.tracked(receipt)
        (reached,) = tracked.partners
        assert (reached.said, reached.count, reached.turn) == (Said.BLOCKED, 2, Turn.MIRRORED)
        assert (tracked.prints[0].confirmed, tracked.prints[0].told) == (1, 1)
        says(partner, first, Replied.BLOCKED, Turn.AS_IS, 3)
