"""What the demonstration shows: three items of one case: one opened, one dated, one drawn."""

import pytest

from balise.foundation.encryption.doubles.timestamp_authority import Desk
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.vault import queries
from balise.helpline.vault.actions import opening
from balise.helpline.vault.demonstration import fill
from balise.helpline.vault.models import Share


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
    screen = opening.open_share(share_id=third.id, by=listener).item
    assert queries.is_drawn(screen)
    assert opening.draw(share_id=third.id, by=listener)[8:12] == b"WEBP"
