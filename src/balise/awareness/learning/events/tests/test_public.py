"""What anyone sees of events, and how they register, without an account and without a script."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.awareness.learning.events.access.links import token_of
from balise.awareness.learning.events.actions import attending, drafting, registering
from balise.awareness.learning.events.models import Registration
from balise.awareness.learning.events.rules.calendars import read
from balise.awareness.learning.events.rules.facts import Speaker
from balise.awareness.learning.events.tests.makers import (
    TITLE,
    counters,
    make_draft,
    make_public,
    register,
)
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import film_facts, make_public as make_page
from balise.awareness.usage.tests.makers import use
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

FORM = {"address": "camille@mailbox.example", "is_adult": "on"}


def test_what_is_to_come_is_listed_and_a_draft_is_nowhere(client: Client) -> None:
    speaker = Speaker("Dominique Roy", "psychologue", "Cyberviolences")
    draft, event = make_draft(), make_public(speakers=(speaker,))
    page = client.get("/fr/events/")
    assert page.text.count(TITLE) == 1
    assert client.get(f"/fr/events/{draft}/").status_code == 404
    for place in ("", "event.ics"):
        assert client.get(f"/fr/events/{event}/{place}").status_code == 200
    shown = client.get(f"/fr/events/{event}/").text
    assert "webinars.example" not in shown  # the link to join
    for said in ("Dominique Roy", "psychologue", "Cyberviolences"):
        assert said in shown


def test_someone_registers_with_an_address_and_is_told_the_same_twice(client: Client) -> None:
    event = make_public(capacity=2)
    place = f"/fr/events/{event}/register/"
    assert client.post(place, {"address": "nobody"}).status_code == 422
    assert client.post(place, FORM | {"is_adult": ""}).status_code == 422
    first, again = (client.post(place, FORM) for _time in range(2))
    assert first["Location"] == again["Location"] == f"/fr/events/{event}/registered/"
    assert "confirmé" in client.get(first["Location"]).text
    assert Registration.objects.count() == 1

    register(event)
    waits = client.post(place, FORM | {"address": "alix@mailbox.example"}, follow=True)
    known = client.post(place, FORM, follow=True)  # has a place, and only the mail says so
    assert "liste d’attente" in waits.text
    assert waits.text == known.text
    assert counters(event) == (2, 1, 0)


def test_the_bearer_of_the_link_gives_back_and_comes_again(client: Client) -> None:
    event = make_public(capacity=1)
    one, next_one = register(event), register(event)
    place = f"/fr/my-event/{token_of(one.id)}/"
    assert "Vous avez une place" in client.get(place).text
    assert "attente : 1" in client.get(f"/fr/my-event/{token_of(next_one.id)}/").text.replace(
        "\u202f", " "
    )
    assert "Je viens finalement" in client.post(place, {"say": "release"}, follow=True).text
    assert "Quitter la liste" in client.post(place, {"say": "come"}, follow=True).text
    assert counters(event) == (1, 1, 0)
    assert client.get(f"/fr/my-event/{one.id.hex}:made-up/").status_code == 404


def test_who_came_gets_a_certificate_with_the_name_that_they_type(client: Client) -> None:
    event = make_public()
    one, absent = register(event), register(event)
    with clock.at(now() + timedelta(days=15)):
        attending.note(
            event_id=event, came={one.id}, absent={absent.id}, by=make_actor("coordinator")
        )
        place = f"/fr/my-event/{token_of(one.id)}/certificate/"
        assert client.post(place, {"name": ""}).status_code == 422
        paper = client.post(place, {"name": "Camille #strong[Aubry] \\ €"})
        refused = client.get(f"/fr/my-event/{token_of(absent.id)}/certificate/")
    assert paper["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in paper.content
    assert refused.status_code == 404


def test_the_feed_keeps_what_is_cancelled_and_what_was_30_days_ago(client: Client) -> None:
    by = make_actor("coordinator")
    event, cancelled = make_public(), make_public(days=20, place="Rennes")
    make_draft()
    drafting.cancel(event_id=cancelled, by=by)
    answer = client.get("/fr/events.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    one, other = read(answer.content, known={})
    assert (one.uid, one.status, one.problems) == (str(event), "CONFIRMED", [])
    assert (other.uid, other.status, other.sequence) == (str(cancelled), "CANCELLED", 1)
    with clock.at(now() + timedelta(days=44, minutes=-1)):
        assert len(list(read(client.get("/fr/events.ics").content, known={}))) == 2
    with clock.at(now() + timedelta(days=45)):
        (left,) = read(client.get("/fr/events.ics").content, known={})
    assert left.uid == str(cancelled)
    assert client.get("/events.ics", follow=True).content == answer.content


def test_a_replay_has_the_chapters_and_the_transcript_of_its_film(client: Client) -> None:
    event, by = make_public(), make_actor("coordinator")
    page = make_page(slug="notre-film", **film_facts())
    key = Published.objects.get(pk=page).key
    use(str(key), 3)  # before it is on the event's page
    with clock.at(now() + timedelta(days=15)):
        drafting.link_replay(event_id=event, page=key, by=by)
        use(str(key), 7)
        assert [attending.tell_views(by=SYSTEM), attending.tell_views(by=SYSTEM)] == [1, 0]
        shown = client.get(f"/fr/events/{event}/").text
        assert TITLE in client.get("/fr/events/").text
    assert 'href="/fr/resources/notre-film/"' in shown
    assert Entry.objects.get(event="awareness.event.viewed").facts["more"] == 7
    with pytest.raises(PermissionDenied):
        attending.tell_views(by=make_actor("editor"))
    assert "#film" in shown


def test_nobody_registers_for_what_is_cancelled_and_the_link_says_so(client: Client) -> None:
    event = make_public()
    one = register(event)
    drafting.cancel(event_id=event, by=make_actor("coordinator"))
    assert client.post(f"/fr/events/{event}/register/", FORM).status_code == 409
    assert "annulé" in client.get(f"/fr/my-event/{token_of(one.id)}/").text
    registering.release(registration_id=one.id, by=ANYONE)
