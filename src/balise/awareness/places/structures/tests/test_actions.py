"""Registering, changing, signing, attesting, closing and merging: refusals and the journal."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.places.structures import module, queries
from balise.awareness.places.structures.actions import closing, registering
from balise.awareness.places.structures.models import Contact, Convention, Structure
from balise.awareness.places.structures.rules.delays import ATTESTED
from balise.awareness.places.structures.rules.facts import StructureKind
from balise.awareness.places.structures.rules.places import (
    AlreadyClosed,
    CountryUnknown,
    DatesFaulty,
    NotTheSame,
    NumberFaulty,
    PlaceUnknown,
    WordsUnknown,
)
from balise.awareness.places.structures.tests.makers import (
    code_of,
    facts_of,
    make_contact,
    make_structure,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import known
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def events_of(subject: UUID) -> list[str]:
    found = Entry.objects.filter(subject=subject).order_by("id").values_list("event", flat=True)
    return [event.removeprefix("awareness.structure.") for event in found]


def test_a_structure_is_registered_with_its_place_and_a_code_that_opens_it() -> None:
    made = make_structure(commune="saint-denis", postcode="97400", number="732 829 320 00074")
    row = Structure.objects.get(id=made)
    assert (row.area, row.commune, row.commune_code) == ("974", "Saint-Denis", "97411")
    assert row.latitude == pytest.approx(-20.88, abs=0.01)
    assert Entry.objects.get(subject=made).facts == {"kind": "local", "zone": "drom", "area": "974"}

    code = code_of(made)
    assert code.encode() not in bytes(row.sealed_code)
    card = queries.opened_by(f"{code[:4]}-{code[4:].lower()}")
    assert card == queries.card(made)
    assert (card.name, card.kind, card.departement) == ("La Passerelle", StructureKind.LOCAL, "974")
    assert (card.is_open, card.meets_minors) == (True, False)
    assert queries.choices() == [(made, "La Passerelle (Saint-Denis)")]
    for wrong in ("", "0000-0000-0000"):
        with pytest.raises(NotHere):
            queries.opened_by(wrong)
    with pytest.raises(NotHere):
        queries.card(uuid4())


def test_a_structure_abroad_has_a_country_and_no_area() -> None:
    made = make_structure(country="SN", commune="Dakar", postcode="", number="SN-1234")
    row = Structure.objects.get(id=made)
    assert (row.country, row.area, row.latitude, row.number) == ("SN", "", None, "SN-1234")
    assert Entry.objects.get(subject=made).facts["zone"] == "abroad"


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"number": "73282932000075"}, NumberFaulty),
        ({"commune": "Nulle part", "postcode": "1"}, PlaceUnknown),
        ({"country": "France"}, CountryUnknown),
        ({"audiences": ["everyone"]}, WordsUnknown),
        ({"languages": ["xx"]}, WordsUnknown),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    facts: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        make_structure(**facts)
    assert not Structure.objects.exists()
    assert not Entry.objects.filter(event="awareness.structure.registered").exists()


def test_only_who_looks_after_structures_changes_them() -> None:
    made = make_structure()
    stranger, when = make_actor("editor"), today()
    for refused in (
        lambda by: registering.register(facts=facts_of(), by=by),
        lambda by: registering.change(structure_id=made, facts=facts_of(), by=by),
        lambda by: registering.attest(structure_id=made, attested_on=when, by=by),
        lambda by: registering.renew_code(structure_id=made, by=by),
        lambda by: closing.sign(structure_id=made, signed_on=when, until=when, by=by),
        lambda by: closing.close(structure_id=made, by=by),
        lambda by: closing.merge(structure_id=made, into=made, by=by),
        lambda by: closing.erase(contacts=[], by=by),
        lambda by: closing.remove(structure_id=made, contact_id=made, by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused(stranger)
    assert events_of(made) == ["registered"]


def test_a_change_confirms_what_is_said_and_moves_the_point() -> None:
    with clock.at(now() - timedelta(days=400)):
        made = make_structure()
    lead = make_actor("awareness_lead")
    registering.change(
        structure_id=made,
        facts=facts_of(name="Ailleurs", commune="Brest", postcode="29200"),
        by=lead,
    )
    row = Structure.objects.get(id=made)
    assert (row.area, row.folded, row.confirmed_on) == ("29", "ailleurs", today())
    assert events_of(made) == ["registered", "changed"]


def test_without_an_attestation_that_holds_nobody_meets_minors() -> None:
    made = make_structure()
    by, on = make_actor("coordinator"), today() - timedelta(days=10)
    assert not queries.may_meet_minors(made, on=today())
    with pytest.raises(DatesFaulty):
        registering.attest(structure_id=made, attested_on=today() + timedelta(days=1), by=by)
    registering.attest(structure_id=made, attested_on=on, by=by)
    assert queries.may_meet_minors(made, on=today())
    assert queries.card(made).meets_minors
    assert not queries.may_meet_minors(made, on=on + ATTESTED + timedelta(days=1))
    registering.attest(structure_id=made, attested_on=None, by=by)
    assert not queries.may_meet_minors(made, on=today())
    assert not queries.may_meet_minors(uuid4(), on=today())
    assert events_of(made) == ["registered", "attested", "attested"]
    told = Entry.objects.filter(event="awareness.structure.attested")
    assert [entry.facts for entry in told] == [{}, {}]  # the journal has no date of it


def test_a_convention_is_signed_and_renewed_and_ends_after_it_begins() -> None:
    made, by = make_structure(), make_actor("coordinator")
    first, second = today() - timedelta(days=300), today()
    closing.sign(structure_id=made, signed_on=first, until=second, by=by)
    closing.sign(structure_id=made, signed_on=second, until=second + timedelta(days=365), by=by)
    assert Convention.objects.filter(structure=made).count() == 2
    with pytest.raises(DatesFaulty):
        closing.sign(structure_id=made, signed_on=second, until=second, by=by)
    assert events_of(made) == ["registered", "convention-signed", "convention-signed"]


def test_another_code_shuts_out_who_has_the_one_before() -> None:
    made = make_structure()
    before = code_of(made)
    registering.renew_code(structure_id=made, by=make_actor("coordinator"))
    with pytest.raises(NotHere):
        queries.opened_by(before)
    assert queries.opened_by(code_of(made)).id == made


def test_one_that_left_is_shut_and_changes_no_more() -> None:
    made, by = make_structure(attested_on=today()), make_actor("coordinator")
    code = code_of(made)
    closing.close(structure_id=made, by=by)
    with pytest.raises(NotHere):
        queries.opened_by(code)
    assert not queries.card(made).is_open
    assert not queries.may_meet_minors(made, on=today())
    assert queries.choices() == []
    with pytest.raises(AlreadyClosed):
        closing.close(structure_id=made, by=by)
    with pytest.raises(AlreadyClosed):
        registering.change(structure_id=made, facts=facts_of(), by=by)
    assert events_of(made) == ["registered", "attested", "closed"]


def test_two_entries_of_one_structure_become_one() -> None:
    by = make_actor("coordinator")
    gone = make_structure(
        attested_on=today(), until=today() + timedelta(days=90), web="https://passerelle.example/"
    )
    stays = make_structure(name="Passerelle", web="")
    contact = make_contact(gone)
    with pytest.raises(NotTheSame):
        closing.merge(structure_id=gone, into=gone, by=by)
    closing.merge(structure_id=gone, into=stays, by=by)

    assert queries.card(gone) == queries.card(stays) == queries.opened_by(code_of(gone))
    assert queries.may_meet_minors(gone, on=today())
    row = Structure.objects.get(id=stays)
    assert row.web == "https://passerelle.example/"
    assert [one.id for one in row.contacts.all()] == [contact]
    assert row.conventions.count() == 1
    assert Entry.objects.get(event="awareness.structure.merged").facts == {"into": str(stays)}
    assert [key for key, _name in queries.choices()] == [stays]


def test_who_answers_for_it_is_sealed_and_destroyed_when_taken_out() -> None:
    made = make_structure()
    first, second = make_contact(made), make_contact(made, address="autre@passerelle.example")
    assert b"passerelle" not in bytes(Contact.objects.get(id=first).sealed)
    closing.remove(structure_id=made, contact_id=first, by=make_actor("coordinator"))
    assert known([first, second]) == {second}
    with pytest.raises(NotHere):
        closing.remove(structure_id=uuid4(), contact_id=second, by=make_actor("coordinator"))


def test_a_year_after_it_left_its_contacts_and_its_code_are_forgotten() -> None:
    made = make_structure()
    contact = make_contact(made)
    closing.close(structure_id=made, by=make_actor("coordinator"))
    assert list(module.contacts_due(now() + timedelta(days=364))) == []
    later = now() + timedelta(days=366)
    assert list(module.contacts_due(later)) == [contact]
    assert list(module.codes_due(later)) == [made]
    assert module.erase_contacts([contact]) == 1
    assert module.RULES[1].erase([made]) == 1
    assert list(module.codes_due(later)) == []
    assert known([made, contact]) == set()
    assert Structure.objects.get(id=made).name == "La Passerelle"
