"""Uses, counted the way the public door counts them, and short links."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from balise.awareness.usage import actions
from balise.awareness.usage.models import ShortLink
from balise.awareness.usage.rules.tallies import Client, UsageKind, Use
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM, Actor

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def use(thing: str, times: int = 1, *, kind: UsageKind = UsageKind.VIEW, days_ago: int = 0) -> None:
    """Use a thing so many times, each from an address of its own, and write it down."""
    with clock.at(clock.now() - timedelta(days=days_ago)):
        for time in range(times):
            client = Client(f"203.0.113.{time}-{uuid4()}", BROWSER)
            assert actions.count(use=Use(kind, thing), client=client, by=ANYONE)
        actions.write_down(by=SYSTEM)


def make_link(*, by: Actor | None = None, **facts: Any) -> ShortLink:
    """Return a short link, to the catalogue where nothing else is said."""
    return actions.open_link(
        by=by or make_actor("editor"), **{"address": "/fr/resources/", **facts}
    )
