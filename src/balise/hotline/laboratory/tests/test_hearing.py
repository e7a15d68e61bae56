"""What partners say of a case, in the order in which it comes."""

import pytest

from balise.foundation.accounts.actions import partners
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.hotline.laboratory.actions import hearing, withdrawing
from balise.hotline.laboratory.models import BANK, Item
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.words import Said
from balise.hotline.laboratory.tests.makers import make_case, work_off
from balise.hotline.matching.exchange import access as exchange
from balise.hotline.matching.exchange.actions import answering, contracts
from balise.hotline.matching.exchange.actions.answering import Given
from balise.hotline.matching.exchange.queries.keys import key_of
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.words import Replied
from balise.hotline.matching.signals.rules.kinds import Turn

pytestmark = pytest.mark.django_db


def test_what_a_partner_blocked_and_confirmed_stands_whatever_it_says_later() -> None:
    case, receipt = make_case("a boat", "a tree")
    first, second = case.items.all()
    partner = partners.add_partner(name="Ondine", by=SYSTEM)
    contracts.agree(
        partner_id=partner.id, holds=True, banks=[BANK], a_day=500, a_minute=500, by=SYSTEM
    )

    def says(item: Item, replied: Replied, turn: Turn | None = None, copies: int = 0) -> None:
        handle = handle_of(item.entries[0], key=key_of(partner.id))
        answering.answer(
            given=[Given(handle, replied, turn, copies)],
            by=Actor(ActorKind.PARTNER, str(partner.id), frozenset({exchange.PULL})),
        )
        hearing.hear(reference=str(item.id))

    says(first, Replied.BLOCKED, Turn.MIRRORED, 1)
    says(second, Replied.BLOCKED, Turn.AS_IS, 1)
    withdrawing.withdraw(receipt=receipt, item_id=first.id)
    work_off(case)
    says(first, Replied.WITHDRAWN)
    for _late in range(2):
        tracked = tracking.tracked(receipt)
        (reached,) = tracked.partners
        assert (reached.said, reached.count, reached.turn) == (Said.BLOCKED, 2, Turn.MIRRORED)
        assert (tracked.prints[0].confirmed, tracked.prints[0].told) == (1, 1)
        says(first, Replied.BLOCKED, Turn.AS_IS, 3)
