"""H11: a caller speaks, a chat waits, and the telephone exchange restarts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from balise.helpline.telephony.doubles.asterisk import Asterisk, an_asterisk
from tests import temporary
from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, marks, says, sits
from tests.live import BALISE, Live
from tests.waiting import until

pytestmark = [
    pytest.mark.journey,
    pytest.mark.whole,
    pytest.mark.safety,
    pytest.mark.storm,
    pytest.mark.usefixtures("nobody_waits"),
]

COUNTED = """
from balise.foundation.journal.models import Entry
from balise.helpline.contacts.models import Contact
from balise.helpline.telephony.models import Call
calls = list(Call.objects.filter(source="restarts").values_list("id", flat=True))
ended = Entry.objects.filter(event="helpline.call.ended", subject__in=calls).count()
records = Contact.objects.filter(subject__in=calls)
print("COUNTED", len(calls), ended, [one.state for one in records])
"""


@contextmanager
def listened_to(live: Live, pbx: Asterisk, log: Path) -> Iterator[None]:
    """Let the house listen to an exchange."""
    env = live.env | {"BALISE_AMI": f"{pbx.url}?source=restarts"}
    ready = lambda: "CoreShowChannels" in pbx.actions  # noqa: E731 - a question, asked again
    with temporary.server([BALISE, "pbx"], answers=ready, log=log, env=env):
        yield


def test_the_call_goes_on_and_the_chat_goes_to_another(
    someone: Someone, live: Live, tmp_path: Path
) -> None:
    speaks, writes = (someone(viewport=DESK) for _each in range(2))
    enters(speaks, "listener")
    sits(speaks, "Psychologue")
    with an_asterisk(Asterisk()) as pbx, listened_to(live, pbx, tmp_path / "log"):
        call, events = pbx.house.join("1.1")
        assert pbx.tell(events)
        console = "/staff/helpline/"
        until(lambda: "WAITS 1" in live.balise("shell", "-v0", "-c", WAITS))
        speaks.goto(console)
        press_key(speaks, "n")
        expect(speaks.get_by_text("Parlez avec la personne.")).to_be_visible()
        assert pbx.tell(pbx.house.answer(call))
        child = someone(viewport=PHONE)
        asks_for_a_chat(child, live)

        pbx.is_down = True
        pbx.cut()
        asked = pbx.actions.count("CoreShowChannels")
        # Meanwhile the chat waits for a seat that speaks with nobody.
        person = speaks.url
        speaks.goto(console)
        expect(speaks.get_by_text("Vous avez autant d’échanges que possible.")).to_be_visible()
        enters(writes, "helpline_lead")
        sits(writes, "Juriste")
        press_key(writes, "n")
        expect(writes.get_by_role("heading", name="Conversation")).to_be_visible()
        says(writes, "Je suis là.")
        expect(child.get_by_text("Je suis là.").first).to_be_visible()
        pbx.is_down = False
        until(lambda: pbx.actions.count("CoreShowChannels") > asked)

        speaks.goto(person)
        expect(speaks.get_by_text("Parlez avec la personne.")).to_be_visible()
        assert pbx.tell(pbx.house.end(call))
        expect(speaks.get_by_text("L’appel est terminé")).to_be_visible()
        expect(speaks.get_by_text("Parlez avec la personne.")).to_have_count(0)
    marks(speaks, "contact_type", "silent")
    send(speaks.locator("[data-wrap-up]"))
    speaks.wait_for_url("**/staff/helpline/")
    assert "COUNTED 1 1 ['closed']" in live.balise("shell", "-v0", "-c", COUNTED)


WAITS = """
from balise.helpline.queue.models import Item
print("WAITS", Item.objects.filter(state="waiting", kind="call").count())
"""
