"""The register in the hands of the coordinator; nobody else comes near."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.awareness.places.structures.actions import freshness
from balise.awareness.places.structures.demonstration import fill
from balise.awareness.places.structures.models import Contact, Structure
from balise.awareness.places.structures.queries import register
from balise.awareness.places.structures.queries.due import due
from balise.awareness.places.structures.queries.public import counted
from balise.awareness.places.structures.tests.makers import code_of, make_contact, make_structure
from balise.awareness.places.structures.tests.test_exchange import file_with
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

HERE = "/staff/awareness/structures/"
FIELDS = {
    "name": "Les Remparts",
    "kind": "local",
    "country": "FR",
    "commune": "Saint-Malo",
    "postcode": "35400",
    "may_publish": "on",
}


def coordinator(client: Client, role: str = "coordinator") -> Client:
    sign_in(client, make_account(role))
    return client


def test_who_has_no_such_ability_finds_no_register(client: Client) -> None:
    made = make_structure()
    places = ("", "add/", "due/", "coverage/", "files/", f"{made}/", f"{made}/people/")
    for place in places:
        assert client.get(HERE + place).status_code == 302  # to the sign-in
    coordinator(client, "listener")
    for place in places:
        assert client.get(HERE + place).status_code == 403
    assert client.post(f"{HERE}add/", FIELDS).status_code == 403
    assert Structure.objects.count() == 1


def test_a_coordinator_registers_finds_and_changes(client: Client) -> None:
    coordinator(client)
    assert client.post(f"{HERE}add/", {**FIELDS, "number": "1234"}).status_code == 422
    nowhere = client.post(f"{HERE}add/", {**FIELDS, "commune": "Nulle part", "postcode": ""})
    assert "code postal" in nowhere.text
    made = client.post(f"{HERE}add/", FIELDS)
    assert made.status_code == 302
    row = Structure.objects.get()
    for asked in ("q=rempart", "q=saint-m", "area=35", "kind=local"):
        assert "Les Remparts" in client.get(f"{HERE}?{asked}").text
    for asked in ("q=brest", "area=29", "kind=hub", "closed=on"):
        assert "Les Remparts" not in client.get(f"{HERE}?{asked}").text
    assert 'value="Saint-Malo"' in client.get(f"{HERE}{row.id}/change/").text
    client.post(f"{HERE}{row.id}/change/", {**FIELDS, "name": "Autrement"})
    assert "Autrement" in client.get(f"{HERE}{row.id}/").text
    assert client.get(f"{HERE}{uuid4()}/").status_code == 404


def test_attestation_is_said_as_yes_or_no_and_never_as_a_date(client: Client) -> None:
    coordinator(client)
    made = make_structure()
    assert "aucun atelier n’est publié" in client.get(f"{HERE}{made}/").text
    seen = (today() - timedelta(days=200)).isoformat()
    tomorrow = (today() + timedelta(days=1)).isoformat()
    attest = f"{HERE}{made}/attest/"
    assert client.post(attest, {"attestation-attested_on": tomorrow}).status_code == 422
    assert client.post(attest, {"attestation-attested_on": seen}).status_code == 302
    page = client.get(f"{HERE}{made}/").text
    assert "oui, elle est valable" in page
    assert seen not in page
    until = (today() + timedelta(days=365)).isoformat()
    days = {"convention-signed_on": today().isoformat(), "convention-until": until}
    wrong = {**days, "convention-until": today().isoformat()}
    assert client.post(f"{HERE}{made}/sign/", wrong).status_code == 422
    assert client.post(f"{HERE}{made}/sign/", days).status_code == 302


def test_people_and_code_are_opened_and_the_journal_has_it(client: Client) -> None:
    coordinator(client)
    made = make_structure()
    contact = make_contact(made)
    sent = freshness.correct(contact_id=contact, text="Nous fermons le lundi", by=ANYONE)
    page = client.get(f"{HERE}{made}/people/").text
    code = code_of(made)
    for shown in (f"{code[:4]}-{code[4:8]}", "Dominique", "Nous fermons le lundi"):
        assert shown in page
    told = Entry.objects.filter(event="awareness.structure.contacts-opened", subject=made)
    assert told.count() == 1
    assert client.get(f"{HERE}{made}/code.svg")["Content-Type"] == "image/svg+xml"
    client.post(f"{HERE}{made}/corrections/{sent}/settle/", {"say": "taken"})
    client.post(f"{HERE}{made}/people/{contact}/remove/")
    client.post(f"{HERE}{made}/code/renew/")
    assert not Contact.objects.exists()
    assert code_of(made) != code
    faulty = client.post(f"{HERE}{made}/people/add/", {"contact-name": "A"})
    assert faulty.status_code == 422
    client.post(
        f"{HERE}{made}/people/add/",
        {
            "contact-name": "Alex",
            "contact-address": "alex@remparts.example",
            "contact-language": "fr",
        },
    )
    assert Contact.objects.count() == 1


def test_duplicates_are_shown_and_merged_and_one_leaves(client: Client) -> None:
    coordinator(client)
    gone, stays = make_structure(), make_structure()
    page = client.get(f"{HERE}{gone}/").text
    assert str(stays) in page
    assert str(gone) in client.get(f"{HERE}due/").text
    assert client.post(f"{HERE}{gone}/merge/", {"into": str(uuid4())}).status_code == 404
    assert client.post(f"{HERE}{gone}/merge/", {"into": str(gone)}).status_code == 302
    client.post(f"{HERE}{gone}/merge/", {"into": str(stays)})
    assert Structure.objects.get(id=gone).merged_into_id == stays
    client.post(f"{HERE}{stays}/close/")
    assert "A quitté le réseau" in client.get(f"{HERE}{stays}/").text


def test_a_file_is_looked_at_confirmed_and_its_faulty_lines_come_back(client: Client) -> None:
    coordinator(client)
    text = file_with({}, {"pivot": "12", "nom": "À corriger"})
    file = SimpleUploadedFile("lieux.csv", text.encode(), content_type="text/csv")
    seen = client.post(f"{HERE}files/", {"file": file})
    assert "SIRET" in seen.text
    assert not Structure.objects.exists()
    back = client.post(f"{HERE}files/confirm/", {"text": text, "say": "faulty"})
    assert "À corriger" in back.content.decode()
    assert "Médiathèque des Quais" not in back.content.decode()
    done = client.post(f"{HERE}files/confirm/", {"text": text, "say": "right"})
    assert "1 structure est enregistrée" in done.text
    out = client.post(f"{HERE}files/export/")
    assert "Médiathèque des Quais" in out.content.decode()
    assert client.post(f"{HERE}files/", {}).status_code == 422


def test_what_is_covered_says_who_has_none_and_never_a_number_that_is_not_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_structure()
    make_structure(name="Teranga", country="SN", commune="Dakar", postcode="")
    found = register.coverage(seen_by=make_actor("coordinator"))
    of = {one.area.code: one for one in found.areas}
    assert (of["35"].count, of["35"].each, of["29"].each) == (1, None, None)
    assert len(found.without) == len(found.areas) - 1
    assert (found.total, found.abroad) == (2, {"SN": 1})
    page = coordinator(client).get(f"{HERE}coverage/").text
    assert "n’est pas connu ici" in page
    assert "Élèves pour une structure" not in page
    monkeypatch.setattr(register, "pupils", lambda _country: {"35": 12_000, "29": 900})
    page = client.get(f"{HERE}coverage/").text
    told = re.findall(r'data-label="Élèves pour une structure">\s*(?:<span[^>]*>)?([^<]*)', page)
    by_area = dict(zip((one.area.code for one in found.areas), map(str.strip, told), strict=False))
    assert by_area["35"].replace("\u202f", "").replace("\xa0", "") == "12000"
    assert (by_area["29"], by_area["75"]) == ("aucune structure", "non connu")
    assert register.Covered(of["35"].area, 2, 1_200).each == 600
    assert register.Covered(of["29"].area, 0, 900).each is None


def test_the_demonstration_has_a_network_with_something_due() -> None:
    cast = {"coordinator": make_actor("coordinator")}
    fill(cast)
    found = due(seen_by=cast["coordinator"])
    assert Structure.objects.count() == 75
    assert len(found.duplicates) == len(found.attestation) == len(found.corrections) == 1
    assert len(found.renewal) == 5
    assert len(found.freshness) == 5
    assert {"974", "988"} <= counted().areas.keys()
    assert set(counted().abroad) == {"SN", "CI", "BE"}
