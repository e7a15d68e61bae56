"""H10: all seats are taken and forty wait; the door closes, and opens again in the morning.

Two houses stand on one database, in two time zones: in one it is noon, in the other it is night.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests import temporary
from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, sits
from tests.live import BALISE, NOBODY_WAITS, Live, centre, zone_where_it_is
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.safety]

MANY = """
from balise.foundation.clock import now
from datetime import timedelta
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.models import Conversation
for _each in range({many}):
    saying.ask(nickname="Renard", language="fr")
# Their pages are there, and go on being there.
Conversation.objects.filter(state="waiting").update(young_seen_at=now() + timedelta(hours=1))
"""
# What the worker of the night does each minute; the one of noon may be quicker to take its turn.
STEPS_OUT = """
from balise.helpline.conversations.actions import presence
from balise.helpline.queue.models import Item
presence.step_out_when_shut()
print("WAITS", Item.objects.filter(state="waiting", kind="chat").count())
"""


@contextmanager
def at_night(live: Live) -> Iterator[Live]:
    """Run the same house where it is night."""
    port, mail, platforms = (temporary.free_port() for _each in range(3))
    with temporary.folder() as folder:
        env = live.env | {
            "BALISE_TIME_ZONE": zone_where_it_is(3),
            "BALISE_BELLS": str(folder / "bells"),
            "BALISE_TRACER": str(folder / "tracer.sock"),
            "BALISE_MAIL": f"smtp://127.0.0.1:{mail}",
            "BALISE_PLATFORMS_LOOPBACK": f"http={platforms}",
        }
        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        log = folder / "run.log"
        with temporary.server(command, answers=lambda: temporary.listens(port), log=log, env=env):
            yield Live(f"http://127.0.0.1:{port}", live.home, env)


def comes(page: Page, address: str) -> None:
    """Open an address; the page that stands there may be renewing itself at this very moment."""

    def came() -> bool:
        with suppress(Error):
            page.goto(address)
            return True
        return False

    until(came, f"{address} does not open")


def reads(page: Page, words: str) -> None:
    expect(page.locator("[data-standing]")).to_have_text(re.compile(words))


@pytest.fixture(scope="module")
def live(furnished: Path) -> Iterator[Live]:
    """Give a centre where it is noon."""
    with centre(furnished, BALISE_TIME_ZONE=zone_where_it_is(12)) as started:
        yield started


def test_nobody_is_dropped_without_a_word(someone: Someone, live: Live) -> None:
    live.balise("shell", "-v0", "-c", NOBODY_WAITS)
    listener = someone(viewport=DESK)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    live.balise("shell", "-v0", "-c", MANY.format(many=1))
    listener.goto("/staff/helpline/")
    press_key(listener, "n")
    expect(listener.get_by_role("heading", name="Conversation")).to_be_visible()

    # The seat is taken, and forty wait: what they read is so.
    first, last = (someone(viewport=PHONE) for _each in range(2))
    asks_for_a_chat(first, live)
    reads(first, "Personne n’est avant toi")
    live.balise("shell", "-v0", "-c", MANY.format(many=38))
    asks_for_a_chat(last, live, nickname="Loutre")
    reads(last, "avant toi.: 39.*plus de 15 minutes")

    listener.goto("/staff/helpline/")
    send(listener.get_by_role("button", name="Quitter mon poste"))
    reads(last, "Tu gardes ta place")

    with at_night(live) as night:
        for child in (first, last):
            comes(child, f"{night.address}/fr/talk/room/")
            reads(child, "Le tchat est fermé.*parmi les premiers")
            expect(child.get_by_role("link", name="Écris-nous").first).to_be_visible()
        assert "WAITS 0" in night.balise("shell", "-v0", "-c", STEPS_OUT)
        for child in (first, last):
            comes(child, f"{night.address}/fr/talk/room/")
            reads(child, "parmi les premiers")

    # In the morning whoever wants is in front, in the order of the evening, before who is new.
    sits(listener, "Psychologue")
    new = someone(viewport=PHONE)
    asks_for_a_chat(new, live, nickname="Étoile")
    for child in (last, first):
        comes(child, f"{live.address}/fr/talk/room/")
        reads(child, "Personne n’est avant toi")
    for child, ahead in ((last, 1), (new, 2)):
        comes(child, f"{live.address}/fr/talk/room/")
        reads(child, f"avant toi.: {ahead}")
