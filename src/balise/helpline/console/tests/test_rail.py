"""The rail of the workspace: whom one has, who is next, and an answer to whom is not on it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import squeezed
from balise.helpline.console.actions import danger
from balise.helpline.console.tests.makers import SEAT, WORK, make_asking, make_listener, seated
from balise.helpline.conversations.actions import coaching, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.tests.test_faults import browser
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind
from balise.helpline.queue.rules.turns import HeldUp

pytestmark = pytest.mark.django_db

PULSE = f"{SEAT}pulse/"
RTL = "\u0642\u0645\u0631 \u202e"  # an Arabic name, and what would turn the page's words over


def taken(client: Client, *names: str) -> list[Begun]:
    """Let young people ask, and whoever is signed in take them all."""
    seated(client)
    begun = [saying.ask(nickname=name, language="fr") for name in names]
    for _each in names:
        client.post(f"{SEAT}next/")
    return begun


def item_of(child: Begun) -> UUID:
    item = queue.open_item(WaitKind.CHAT, child.id)
    assert item
    return item


def pulse(client: Client, *, on: UUID | str = "", shown: str = "", **fields: str) -> Any:
    return client.post(PULSE, {"shown": shown, "rail": str(on), **fields})


class TestTheRail:
    def test_is_drawn_with_the_page_and_by_the_pulse(
        self, client: Client, listener: Account
    ) -> None:
        fox, moon = taken(client, "Renard", "Lune")
        saying.say(token=moon.token, text="T'es là ?", client_id=uuid4())
        for drawn in (
            client.get(f"{WORK}{item_of(fox)}/").text,
            pulse(client, on=item_of(fox)).text,
        ):
            assert drawn.count('class="person-card"') == 2
            assert drawn.count('aria-current="true"') >= 1
            assert "T&#x27;es là" in drawn
            assert 'data-unread="1"' in drawn
            assert "Envoyer à Lune" in squeezed(drawn)
            assert "Envoyer à Renard" not in squeezed(drawn)
        elsewhere = client.post(PULSE).text
        assert "person-card" not in elsewhere
        assert "peeks" in elsewhere

    def test_nothing_new_is_not_drawn_again(self, client: Client, listener: Account) -> None:
        (fox,) = taken(client, "Renard")
        page = pulse(client, on=item_of(fox)).text
        shown = page.split('name="shown" value="')[1].split('"')[0]
        assert pulse(client, on=item_of(fox), shown=shown).status_code == HTTPStatus.NO_CONTENT
        make_asking()
        assert pulse(client, on=item_of(fox), shown=shown).status_code == HTTPStatus.OK

    def test_forty_who_wait_are_one_line(self, client: Client, listener: Account) -> None:
        taken(client, "Renard", "Lune")
        for number in range(40):
            saying.ask(nickname=f"N{number}", language="fr")
        drawn = pulse(client).text
        assert drawn.count('class="person-card"') == 2
        rail = client.get(WORK, follow=True).text
        assert rail.count('class="person-card"') == 2
        assert "40" in squeezed(rail)

    def test_who_is_next_and_why(self, client: Client, listener: Account) -> None:
        seated(client)
        assert "Personne ne vous attend" in client.get(WORK).text
        saying.ask(nickname="Renard", is_life_danger=True)
        page = client.get(WORK).text
        assert "En danger" in page
        assert 'data-key="n"' in page
        client.post(f"{SEAT}next/")
        make_asking()
        page = client.get(WORK).text
        assert "Personne d’autre ne vous est confié" in page
        assert 'data-key="n"' not in page

    def test_a_danger_is_marked(self, client: Client, listener: Account) -> None:
        (fox,) = taken(client, "Renard")
        danger.life_danger(item_id=item_of(fox), by=actor_of(listener))
        assert "data-danger" in pulse(client).text

    def test_one_s_own_danger_is_not_said_to_be_elsewhere(
        self, client: Client, listener: Account
    ) -> None:
        (fox,) = taken(client, "Renard")
        danger.life_danger(item_id=item_of(fox), by=actor_of(listener))
        elsewhere = "Quelqu’un est peut-être en danger"
        assert elsewhere not in client.get(WORK, follow=True).text
        saying.ask(nickname="Lune", is_life_danger=True)
        assert elsewhere in client.get(WORK, follow=True).text

    def test_a_name_from_right_to_left_turns_nothing_over(
        self, client: Client, listener: Account
    ) -> None:
        taken(client, RTL, "Lune")
        page = client.get(WORK).text
        assert page.count("<bdi") >= 2
        assert f'<bdi class="person-name">{RTL.strip()}' in page

    def test_what_is_no_item_marks_nobody(self, client: Client, listener: Account) -> None:
        taken(client, "Renard")
        for on in ("x", str(uuid4())):
            page = pulse(client, on=on).text
            assert "Renard" in page
            assert 'aria-current="true"' not in page


class TestAside:
    def test_it_goes_to_the_other_and_to_nobody_else(
        self, client: Client, listener: Account
    ) -> None:
        fox, moon = taken(client, "Renard", "Lune")
        saying.say(token=moon.token, text="Allô ?", client_id=uuid4())
        seen = Conversation.objects.get(id=moon.id).last_seq
        given = {"text": "J'arrive.", "client_id": str(uuid4()), "on": str(item_of(fox))}
        for _twice in range(2):
            answer = client.post(f"{SEAT}{item_of(moon)}/aside/", {**given, "seen": str(seen)})
            assert answer.headers["Location"] == f"{WORK}{item_of(fox)}/"
        assert (
            Said.objects.filter(conversation=moon.id, author=listener.pk, kind="message").count()
            == 1
        )
        assert not Said.objects.filter(conversation=fox.id, kind="message").exists()
        assert 'data-unread="0"' in pulse(client).text
        assert Entry.objects.filter(event="helpline.conversation.said", subject=moon.id).exists()

    def test_the_part_is_drawn_anew_and_empty(self, client: Client, listener: Account) -> None:
        fox, moon = taken(client, "Renard", "Lune")
        given = {"text": "J'arrive.", "client_id": str(uuid4()), "on": str(item_of(fox))}
        path = f"{SEAT}{item_of(moon)}/aside/"
        part = client.post(path, given, headers={"HX-Request": "true"})
        assert part.status_code == HTTPStatus.OK
        assert "J&#x27;arrive" not in part.text
        assert "Envoyer à Lune" in squeezed(part.text)

    @pytest.mark.parametrize("text", ["", "a" * 20_000])
    def test_what_cannot_be_sent_stays_and_says_why(
        self, client: Client, listener: Account, text: str
    ) -> None:
        fox, moon = taken(client, "Renard", "Lune")
        given = {"text": text, "client_id": str(uuid4()), "on": str(item_of(fox))}
        path = f"{SEAT}{item_of(moon)}/aside/"
        part = client.post(path, given, headers={"HX-Request": "true"})
        assert part.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'role="alert"' in part.text
        for drawn in (part.text, client.post(path, given).text):
            assert text in drawn
        assert not Said.objects.filter(kind="message").exists()

    def test_another_s_is_not_there(self, client: Client, listener: Account) -> None:
        (fox,) = taken(client, "Renard")
        path = f"{SEAT}{item_of(fox)}/aside/"
        other = Client()
        sign_in(other, make_account("listener"))
        given = {"text": "Moi", "client_id": str(uuid4())}
        assert other.post(path, given).status_code == HTTPStatus.NOT_FOUND
        assert not Said.objects.filter(kind="message").exists()


def test_removing_words_leads_back_to_the_workspace(client: Client, listener: Account) -> None:
    (fox,) = taken(client, "Renard")
    saying.say(token=fox.token, text="Mon adresse", client_id=uuid4())
    seq = Conversation.objects.get().last_seq
    path = f"/staff/helpline/conversation/{fox.id}/{seq}/redact/"
    back = client.post(path, {"item": str(item_of(fox))})
    assert back.headers["Location"] == f"{WORK}{item_of(fox)}/"
    page = client.get(f"{WORK}{item_of(fox)}/").text
    assert "Mon adresse" not in page
    assert client.post(path, {"item": "x"}).headers["Location"].endswith(f"/conversation/{fox.id}/")


def test_a_supervisor_s_note_comes_by_the_pulse_and_is_answered(
    client: Client, listener: Account
) -> None:
    (fox,) = taken(client, "Renard")
    lead = make_listener(role="helpline_lead")
    before = pulse(client, on=item_of(fox)).text
    shown = before.split('name="shown" value="')[1].split('"')[0]
    coaching.note(conversation_id=fox.id, text="Pense à l'infirmière.", by=lead)
    told = pulse(client, on=item_of(fox), shown=shown)
    assert "infirmière" in told.text
    assert Account.objects.get(pk=lead.key).name in told.text
    path = f"/staff/helpline/conversation/{fox.id}/note/"
    given = {"text": "Bonne idée.", "item": str(item_of(fox))}
    assert client.post(path, given).headers["Location"] == f"{WORK}{item_of(fox)}/"
    part = client.post(path, given, headers={"HX-Request": "true"}).text
    assert part.count("Bonne idée.") == 2
    assert "infirmière" not in browser(fox).get("/fr/talk/room/").text


def test_with_as_many_as_one_can_take_it_says_so_and_offers_nobody(
    client: Client, listener: Account
) -> None:
    fox, _moon = taken(client, "Renard", "Lune")
    saying.ask(nickname="Ours", language="fr")
    page = pulse(client, on=item_of(fox)).text
    assert 'id="take-next"' not in page
    assert str(HeldUp.FULL.label) in page
