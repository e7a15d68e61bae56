"""Each year a contact is asked; they confirm, or say what changed; conventions end."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.signing import TimestampSigner
from django.test import Client

from balise.awareness.places.structures import module, tasks
from balise.awareness.places.structures.actions import closing, freshness
from balise.awareness.places.structures.models import CORRECTION, LINE, Correction, Structure
from balise.awareness.places.structures.queries.due import due
from balise.awareness.places.structures.tests.makers import make_contact, make_structure
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import key_of_line, known
from balise.foundation.finding import NotHere
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due

pytestmark = pytest.mark.django_db


def letters() -> list[mail.EmailMessage]:
    """Return what leaves on this day."""
    before = len(mail.outbox)
    tasks.look_at_due.later()
    run_due()
    return list(mail.outbox[before:])


def after(days: float) -> Any:
    return clock.at(now() + timedelta(days=days))


def link_of(letter: mail.EmailMessage) -> str:
    found = re.search(r"/fr/our-organisation/\S+", str(letter.body))
    assert found
    return found[0]


def test_a_contact_is_asked_each_year_and_confirms_in_one_press(client: Client) -> None:
    made = make_structure()
    make_structure(name="Sans personne")
    make_contact(made)
    with after(300):
        assert letters() == []
    with after(340):
        (asked,) = letters()
        assert asked.to == ["Contact@passerelle.example"]
        assert letters() == []  # once a month
        page = client.get(link_of(asked))
        assert "Tout est juste" in page.text
        assert client.post(link_of(asked), {"say": "right"}).status_code == 302
        assert "confirmée pour un an" in client.get(f"{link_of(asked)}?said=right").text
        while clerk.tick():
            pass
        assert Structure.objects.get(id=made).confirmed_on == today()
        entry = Entry.objects.get(event="awareness.structure.confirmed")
        assert (entry.subject, entry.actor_kind) == (made, "public")
    with after(500):
        assert letters() == []


def test_who_does_not_answer_is_asked_again_until_the_page_is_hidden() -> None:
    make_contact(make_structure())
    told = []
    for day in range(330, 560, 10):
        with after(day):
            told += letters()
    assert 3 <= len(told) <= 5


def test_a_correction_is_sealed_until_it_is_settled(client: Client) -> None:
    made = make_structure()
    make_contact(made)
    with after(340):
        (asked,) = letters()
        assert client.post(link_of(asked), {"say": "changed", "text": ""}).status_code == 422
        sent = client.post(link_of(asked), {"say": "changed", "text": "Nous déménageons à Vitré."})
        assert sent.status_code == 302
    one = Correction.objects.get()
    assert b"Vitr" not in bytes(one.sealed)
    said = key_of_line(LINE, one.id).open(one.sealed, where=CORRECTION, row=one.id)
    assert said == {"text": "Nous déménageons à Vitré."}
    by = make_actor("coordinator")
    assert [row.id for row in due(seen_by=by).corrections] == [made]
    with pytest.raises(NotHere):
        freshness.settle_correction(structure_id=uuid4(), correction_id=one.id, taken=True, by=by)
    freshness.settle_correction(structure_id=made, correction_id=one.id, taken=True, by=by)
    assert due(seen_by=by).corrections == []
    assert known([one.id]) == set()
    told = Entry.objects.get(event="awareness.structure.correction-settled")
    assert told.facts == {"taken": True}


def test_a_link_that_is_old_or_of_nobody_or_not_ours_does_nothing(client: Client) -> None:
    made = make_structure()
    contact = make_contact(made)
    with after(340):
        link = link_of(letters()[0])
    signer = TimestampSigner(salt="balise.structures.contact")
    for wrong in ("nothing", signer.sign(uuid4().hex), f"{uuid4().hex}:abc:def"):
        assert client.post(f"/fr/our-organisation/{wrong}/", {"say": "right"}).status_code == 404
    closing.remove(structure_id=made, contact_id=contact, by=make_actor("coordinator"))
    assert client.post(link, {"say": "right"}).status_code == 404
    assert not Entry.objects.filter(event="awareness.structure.confirmed").exists()


def test_a_convention_that_ends_soon_is_told_once_and_is_due() -> None:
    made = make_structure(until=today() + timedelta(days=90))
    make_contact(made)
    by = make_actor("coordinator")
    assert due(seen_by=by).renewal == []
    with after(40):
        (told,) = letters()
        assert "convention" in told.subject
        assert letters() == []
        assert [row.id for row in due(seen_by=by).renewal] == [made]
        closing.sign(
            structure_id=made, signed_on=today(), until=today() + timedelta(days=365), by=by
        )
        assert due(seen_by=by).renewal == []


def test_what_is_due_is_named_once_and_duplicates_are_found() -> None:
    by = make_actor("coordinator")
    soon = today() + timedelta(days=300)
    one = make_structure(attested_on=today(), until=soon, number="732 829 320 00074")
    other = make_structure(
        name="Passerelle", attested_on=today(), until=soon, number="73282932000074"
    )
    same = make_structure(name="LA  passerelle", attested_on=today(), until=soon)
    found = due(seen_by=by)
    assert [[row.id for row in group] for group in found.duplicates] == [[one, other], [one, same]]
    assert (found.renewal, found.freshness, found.attestation) == ([], [], [])
    with after(370):
        assert {row.id for row in due(seen_by=by).freshness} == {one, other, same}
    with after(3 * 365 - 30):
        assert len(due(seen_by=by).attestation) == 3
    with pytest.raises(PermissionDenied):
        due(seen_by=make_actor("editor"))


def test_a_correction_is_deleted_after_90_days_and_only_the_house_settles() -> None:
    made = make_structure()
    sent = freshness.correct(contact_id=make_contact(made), text="Rien", by=SYSTEM)
    rule = module.RULES[2]
    assert list(rule.due(now() + timedelta(days=89))) == []
    assert [row.pk for row in rule.due(now() + timedelta(days=91))] == [sent]
    assert rule.erase([sent]) == 1
    stranger = make_actor("editor")
    with pytest.raises(PermissionDenied):
        freshness.settle(structure_id=made, on=today(), by=stranger)
    with pytest.raises(PermissionDenied):
        freshness.note_asked(structure_id=made, by=stranger)
    with pytest.raises(PermissionDenied):
        freshness.note_told(convention_id=1, by=stranger)
    with pytest.raises(PermissionDenied):
        freshness.settle_correction(structure_id=made, correction_id=sent, taken=True, by=stranger)
