"""The public pages of events, each in a state that the real actions made."""

from datetime import timedelta

from django.test import Client

from balise.awareness.learning.events.access.links import token_of
from balise.awareness.learning.events.actions import attending
from balise.awareness.learning.events.tests.makers import make_public, register
from balise.config.tests.public_ways import Reach
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import now


def event(page: str = "") -> Reach:
    """Return the way to a page of a public event."""
    return lambda _client: f"/fr/events/{make_public()}/{page}"


def registration(_client: Client) -> str:
    """Return the address in the mail of someone who has a place."""
    return f"/fr/my-event/{token_of(register(make_public()).id)}/"


def certificate(_client: Client) -> str:
    """Return the address at which someone who came gets a certificate."""
    of = make_public()
    one = register(of)
    with clock.at(now() + timedelta(days=15)):
        attending.note(event_id=of, came={one.id}, absent=(), by=make_actor("coordinator"))
    return f"/fr/my-event/{token_of(one.id)}/certificate/"
