"""Scenario S3: a webinar is full, the line is in order, it moves, and calendars hear of it.

Two parents register for one place on a phone, without JavaScript and without an account. The
first gives it back: the second has it, by mail. A coordinator then moves the hour: the new one
reaches the mailbox, with the calendar that the phone changes by. It is cancelled in the end.
"""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from balise.awareness.learning.events.rules.calendars import Found, read
from balise.foundation.clock import today
from tests.browser import Someone, send
from tests.journeys.scenarios.people import enters
from tests.live import Live

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
FIRST, SECOND = "premier.parent@boite.example", "second.parent@boite.example"
TITLE = "Ce que voient nos enfants"


def writes(staff: Page, hour: int) -> str:
    """Write a webinar of one place as the coordinator, publish it; return its staff address."""
    day = today() + timedelta(days=30)
    staff.goto("/staff/awareness/events/add/")
    staff.get_by_label("Titre (Français)").fill(TITLE)
    staff.get_by_label("Résumé (Français)").fill("Une heure, puis vos questions.")
    staff.get_by_label("Début").fill(f"{day}T{hour}:30")
    staff.get_by_label("Fin").fill(f"{day}T{hour + 1}:30")
    staff.get_by_label("Lien pour participer").fill("https://webinaires.example/enfants")
    staff.get_by_label("Nombre de places").fill("1")
    send(staff.get_by_role("button", name="Enregistrer"))
    send(staff.get_by_role("button", name="Publier"))
    expect(staff.get_by_text("L’événement est public.")).to_be_visible()
    return staff.url


def registers(parent: Page, address: str) -> None:
    """Register from the list of events, by an address alone."""
    parent.goto("/fr/events/")
    parent.get_by_role("link", name=TITLE).click()
    parent.get_by_role("link", name=re.compile("S’inscrire|Rejoindre la liste")).click()
    parent.get_by_label("Votre adresse e-mail").fill(address)
    parent.locator("label", has_text="J’ai 18 ans ou plus").click()
    send(parent.get_by_role("button", name="S’inscrire"))


def calendar_of(mail: EmailMessage) -> tuple[str, Found]:
    """Return why a calendar was sent with a mail, and its event."""
    (part,) = mail.iter_attachments()
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    (found,) = read(payload, known={})
    assert found.problems == []
    return str(part.get_param("method")), found


def link_in(mail: EmailMessage) -> str:
    """Return the path of one's own page, of a mail."""
    body = mail.get_body(("plain",))
    found = re.search(r"/fr/my-event/\S+", body.get_content() if body else "")
    assert found
    return found[0]


def test_a_parent_gets_the_moved_time_in_a_real_mailbox(someone: Someone, live: Live) -> None:
    staff = someone(viewport=DESK)
    enters(staff, "coordinator")
    place = writes(staff, 18)
    first, second = (someone(viewport=PHONE, java_script_enabled=False) for _each in range(2))

    registers(first, FIRST)
    expect(first.get_by_role("heading", level=1)).to_have_text("C’est confirmé")
    registers(second, SECOND)
    expect(second.get_by_role("heading", level=1)).to_have_text("Vous êtes sur la liste d’attente")
    mine = link_in(live.mail(to=SECOND, containing="Votre rang est 1"))
    method, told = calendar_of(live.mail(to=FIRST, containing="Vous avez une place"))
    assert (method, told.sequence) == ("REQUEST", 0)

    first.goto(link_in(live.mail(to=FIRST)))
    send(first.get_by_role("button", name="Je ne viendrai pas"))
    expect(first.get_by_role("heading", level=1)).to_have_text("Vous ne venez pas")
    promoted = live.mail(to=SECOND, containing="Une place est à vous")
    second.goto(mine)
    expect(second.get_by_role("heading", level=1)).to_have_text("Vous avez une place")
    uid = calendar_of(promoted)[1].uid

    staff.goto(f"{place}change/")
    hour = staff.get_by_label("Fin").input_value().replace("T19", "T21")
    staff.get_by_label("Début").fill(staff.get_by_label("Début").input_value().replace("18", "20"))
    staff.get_by_label("Fin").fill(hour)
    send(staff.get_by_role("button", name="Enregistrer"))
    expect(staff.get_by_text("1 personne inscrite reçoit un message")).to_be_visible()
    send(staff.get_by_role("button", name="Enregistrer et envoyer les messages"))

    moved = live.mail(to=SECOND, containing="Changement")
    assert "20\u202fh\u202f30" in str(moved.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    method, told = calendar_of(moved)
    assert (method, told.uid, told.sequence, told.start[11:16]) == ("REQUEST", uid, 1, "20:30")
    assert not live.mails(to=FIRST, containing="Changement")  # who does not come is left alone

    staff.get_by_role("link", name="Annuler l’événement").click()
    send(staff.get_by_role("button", name="Annuler l’événement et envoyer les messages"))
    method, told = calendar_of(live.mail(to=SECOND, containing="Cet événement n’a pas lieu"))
    assert (method, told.uid, told.sequence, told.status) == ("CANCEL", uid, 2, "CANCELLED")
    second.goto("/fr/events/")
    expect(second.get_by_role("listitem").filter(has_text=TITLE)).to_contain_text("Annulé")
