"""What operators ask: our card, what waits, and to bring it now."""

import json
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from balise.takedown.onward.exchange.actions import writing
from balise.takedown.onward.exchange.models import Letter
from balise.takedown.onward.exchange.rules.cards import Card
from balise.takedown.onward.exchange.tests.makers import (
    ANALYST,
    Door,
    Neighbour,
    make_peer,
    make_statement,
    work,
)

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command("exchange", *words, stdout=out)
    return out.getvalue()


def as_json(*words: str) -> Any:
    return json.loads(said(*words, "--json"))


def test_the_card_is_ours() -> None:
    card = Card.read(said("card", "--json"))
    assert card.check_number in said("card")


def test_what_waits_is_counted_and_brought_at_once(neighbour: Neighbour, door: Door) -> None:
    assert as_json("letters") == {}
    assert "No letter" in said("letters")
    writing.send(
        line="hotline",
        subject=uuid4(),
        peer_id=make_peer(neighbour).id,
        statement=make_statement(),
        by=ANALYST,
    )
    door.status = 503
    work()
    assert as_json("letters") == {"Hotline NL": 1}
    assert "Hotline NL: 1" in said("letters")
    door.status = 202
    assert as_json("carry") == {"tried": 1, "read": 0, "waiting": 0}
    assert "0 tried" in said("carry")
    assert Letter.objects.get().delivered_at is not None
