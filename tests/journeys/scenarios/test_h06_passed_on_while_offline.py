"""H6: a psychologist transfers to a lawyer while the child is offline."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_waits")]

LAWYER_COMES = "Une personne de l’équipe juridique arrive."
# A minute without a sign of the child, by the server's clock; that of their page is moved as well.
AWAY = """
from datetime import timedelta
from balise.foundation.clock import now
from balise.helpline.conversations.actions import presence
from balise.helpline.conversations.models import Conversation
theirs = Conversation.objects.filter(state="waiting").latest("young_seen_at")
Conversation.objects.filter(id=theirs.id).update(young_seen_at=now() - timedelta(minutes=1))
presence.suspend_dropped()
theirs.refresh_from_db()
print("STATE", theirs.state)
"""


def test_passed_on_while_the_child_is_offline(someone: Someone, live: Live) -> None:
    child = someone(viewport=PHONE)
    child.clock.install()
    asks_for_a_chat(child, live)
    psychologist = someone(viewport=DESK)
    enters(psychologist, "listener")
    sits(psychologist, "Psychologue")
    send(psychologist.get_by_role("button", name="Personne suivante"))
    says(psychologist, "Tu peux porter plainte.")
    expect(child.get_by_text("Tu peux porter plainte.").first).to_be_visible()

    # The child goes offline and writes; the psychologist passes them on meanwhile.
    child.context.set_offline(True)
    says(child, "Comment on fait ?")
    psychologist.get_by_text("Passer le relais").first.click()
    psychologist.locator("[name=skill]").select_option("lawyer")
    psychologist.locator("[name=brief]").fill("Veut porter plainte, avec sa mère.")
    send(psychologist.get_by_role("button", name="Passer le relais"))
    expect(psychologist).to_have_url(re.compile(r"/staff/helpline/$"))
    assert "STATE suspended" in live.balise("shell", "-v0", "-c", AWAY)
    child.clock.fast_forward("01:00")

    # Back after a minute, the child reads who is coming; a reload says the same.
    child.context.set_offline(False)
    log = child.locator("[data-log]")
    expect(log.locator("li", has_text=LAWYER_COMES)).to_be_visible()
    sent = child.locator(".message", has_text="Comment on fait ?")
    expect(sent.locator(".delivery")).to_have_text("reçu")
    child.reload()
    expect(log.locator("li", has_text=LAWYER_COMES)).to_be_visible()
    expect(child.get_by_text("Tu es dans la salle d’attente")).to_be_visible()

    # The lawyer has the brief, and reads the psychologist's words as the psychologist's.
    lawyer = someone(viewport=DESK)
    enters(lawyer, "helpline_lead")
    sits(lawyer, "Juriste")
    send(lawyer.get_by_role("button", name="Personne suivante"))
    expect(lawyer.get_by_text("Veut porter plainte, avec sa mère.")).to_be_visible()
    theirs = lawyer.locator(".message", has_text="Tu peux porter plainte.")
    expect(theirs).to_be_visible()
    expect(theirs).not_to_contain_text("Vous")
    expect(theirs).not_to_have_attribute("data-author", "reporter")
    expect(lawyer.locator(".message", has_text="Comment on fait ?")).to_have_count(1)
    says(lawyer, "Voici comment.")
    expect(lawyer.locator(".message", has_text="Voici comment.")).to_contain_text("Vous")
    expect(child.locator(".message", has_text="Voici comment.")).to_contain_text("L’équipe")
