from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from balise.foundation.actors import ANYONE
from balise.hotline.reports.actions import claiming, helping
from balise.hotline.reports.actions.helping import AddressUnreadable
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tests.makers import ANALYST, give_verdict, make_decision

pytestmark = pytest.mark.django_db

ADDRESSES = ("https://images.example/1", "https://forum.example/2")


def hand_over(origin: UUID, *addresses: str) -> UUID:
    return helping.take_in(
        origin=origin,
        addresses=addresses or ADDRESSES,
        words="Vu hier.",
        danger=False,
        by=ANYONE,
    )


def test_what_the_helpline_hands_over_comes_once() -> None:
    origin = uuid4()
    assert hand_over(origin) == hand_over(origin)
    assert Report.objects.count() == 1


def test_it_hears_what_any_reporter_is_told_and_no_address() -> None:
    origin = uuid4()
    hand_over(origin)
    assert [one.state for one in receipts.standings(origin)] == [
        ContentState.WAITING,
        ContentState.WAITING,
    ]
    looked_at = Content.objects.order_by("first_reported_at", "id")[0]
    claiming.claim(content_id=looked_at.id, by=ANALYST)
    decision = make_decision(Verdict.HARMFUL)
    give_verdict(looked_at.id, decision)
    first, second = receipts.standings(origin)
    with override("en"):
        assert (str(first.label), str(second.label)) == ("Not illegal", "Received")
    assert first.place == second.place == ""


def test_what_was_never_handed_over_stands_nowhere() -> None:
    helping.take_suspected(origin=uuid4(), address=ADDRESSES[0], by=ANYONE)
    assert receipts.standings(uuid4()) == ()


def test_an_address_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(AddressUnreadable, match="pas une adresse"):
        hand_over(uuid4(), "pas une adresse")
    assert not Report.objects.exists()
