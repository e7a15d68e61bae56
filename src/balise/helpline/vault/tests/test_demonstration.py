"""What the demonstration shows: three items of one case: one opened, one dated, one drawn."""

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.encryption.doubles.timestamp_authority import Desk
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.vault import queries
from balise.helpline.vault.actions import opening
from balise.helpline.vault.demonstration import fill
from balise.helpline.vault.models import Handing, Share
from balise.helpline.vault.rules.handing import Stand


@pytest.mark.django_db
def test_it_shows_a_text_and_a_link_with_their_history(desk: Desk) -> None:
    listener = make_listener()
    fill({"listener": listener})
    first, second, third = Share.objects.order_by("received_at")
    assert (first.openings, second.openings) == (1, 0)
    text, link = (opening.open_share(share_id=one.id, by=listener) for one in (first, second))
    assert (text.item.kind, link.item.kind) == ("text", "link")
    assert text.stamped_at is None
    assert link.stamped_at is not None
    assert len(desk.questions) == 1
    assert not Handing.objects.exists()  # off until counsel has answered
    screen = opening.open_share(share_id=third.id, by=listener).item
    assert queries.is_drawn(screen)
    assert opening.draw(share_id=third.id, by=listener)[8:12] == b"WEBP"


@pytest.mark.django_db
@pytest.mark.usefixtures("desk")
def test_it_hands_two_of_them_over_where_that_is_on(settings: Settings) -> None:
    settings.HANDS_EVIDENCE_OVER = True
    listener = make_listener()
    fill({"listener": listener})
    row = queries.handing(Handing.objects.get().id, seen_by=listener)
    assert (row.numbers, row.stand) == ((1, 2), Stand.HANDED)
