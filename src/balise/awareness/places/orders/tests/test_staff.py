"""The pages of printed kits, by those who may, and the note that leaves with them."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client as Browser

from balise.awareness.places.orders import queries
from balise.awareness.places.orders.models import Entry, Note, Order, Printed
from balise.awareness.places.orders.tests.makers import (
    deliver,
    make_accepted,
    make_kit,
    make_order,
    stock_of,
)
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.clock import today

pytestmark = pytest.mark.django_db
HERE = "/staff/awareness/orders/"


def test_awareness_reads_and_its_coordinator_keeps_the_stock(client: Browser) -> None:
    kit = make_kit(copies=100)
    order = make_accepted(kit)
    note = deliver(order, 10)
    read = (
        *("", "asked/", "deliveries/", "deliveries/export/", "areas/", "trace/?q=6E-1"),
        *(f"kits/{kit}/", f"asked/{order}/", f"notes/{note}/"),
    )
    kept = ("kits/add/", f"notes/{note}/note.pdf")
    every = (*read, *kept)
    assert {client.get(f"{HERE}{page}").status_code for page in every} == {302}
    sign_in(client, make_account("listener"))
    assert {client.get(f"{HERE}{page}").status_code for page in every} == {403}
    sign_in(client, make_account("editor"))
    assert {client.get(f"{HERE}{page}").status_code for page in read} == {200}
    assert {client.get(f"{HERE}{page}").status_code for page in kept} == {403}
    assert "college.example" not in client.get(f"{HERE}asked/{order}/").text
    entry = Entry.objects.latest("id").id
    for page in (f"kits/{kit}/offer/", f"kits/{kit}/{entry}/reverse/", f"asked/{order}/"):
        said = {"act": "accept", "number": 5}
        assert client.post(f"{HERE}{page}", said).status_code == 403
    sign_in(client, make_account("awareness_lead"))
    assert {client.get(f"{HERE}{page}").status_code for page in every} == {200}


def test_a_coordinator_prints_accepts_delivers_takes_back_and_puts_right(client: Browser) -> None:
    sign_in(client, make_account("coordinator"))
    said = {"name": "Bienvenue les 6e", "mark": "bl"}
    refused = client.post(f"{HERE}kits/add/", said)
    assert refused.status_code == 422
    assert 'value="Bienvenue les 6e"' in refused.text
    kit = client.post(f"{HERE}kits/add/", {**said, "mark": "6e"})["Location"]
    day = today().isoformat()
    client.post(kit, {"number": 1_000, "printed_on": day, "printer_note": "Bon 12"})
    row = Printed.objects.get()
    order = f"{HERE}asked/{make_order(row.id, 300)}/"
    assert "accueil@college.example" in client.get(order).text
    many = client.post(order, {"act": "accept", "number": 301})
    assert (many.status_code, 'value="301"' in many.text) == (409, True)
    client.post(order, {"act": "accept", "number": 250})
    note = client.post(order, {"act": "deliver", "number": 250, "day": day})["Location"]
    assert client.post(note, {"numbers": "6E-251"}).status_code == 422
    assert client.post(note, {"numbers": "6E-241 – 6E-250"}).status_code == 302
    assert client.post(kit, {"numbers": "6E-1000"}).status_code == 302
    assert stock_of(row.id) == 759
    lost = Entry.objects.get(kind="lost")
    client.post(f"{kit}{lost.id}/reverse/")
    assert stock_of(row.id) == 760
    client.post(f"{kit}offer/", {"offered": "no"})
    assert not Printed.objects.get().is_offered


def test_a_note_is_an_accessible_pdf_whose_code_leads_to_the_trace(client: Browser) -> None:
    sign_in(client, make_account("coordinator"))
    note = Note.objects.get(id=deliver(make_accepted(make_kit(copies=100), 30)))
    answer = client.get(f"{HERE}notes/{note.id}/note.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="BL-000001.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content
    traced = client.get(f"{HERE}trace/", {"q": "BL-000001"}).text
    assert "Collège des Filaos" in traced
    wrong = client.get(f"{HERE}trace/", {"q": "BL-000009"})
    assert (wrong.status_code, 'value="BL-000009"' in wrong.text) == (422, True)


def test_deliveries_leave_as_a_file_without_a_contact_nor_a_formula(client: Browser) -> None:
    sign_in(client, make_account("coordinator"))
    kit = make_kit(copies=100)
    deliver(make_accepted(kit, 30))
    other = make_accepted(kit, 10, place="=CMD()", postcode="59000", commune="Lille")
    deliver(other)
    answer = client.get(f"{HERE}deliveries/export/")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["note"], row["place"], row["kits"], row["area"]) for row in rows] == [
        ("BL-000002", "'=CMD()", "10", "59"),
        ("BL-000001", "Collège des Filaos", "30", "974"),
    ]
    assert "college.example" not in answer.text
    only = client.get(f"{HERE}deliveries/", {"area": "59"}).text
    assert "BL-000002" in only
    assert "BL-000001" not in only
    assert Order.objects.count() == 2


def test_each_departement_says_its_orders_schools_and_kits(client: Browser) -> None:
    kit = make_kit(copies=100)
    lille: dict[str, Any] = {"postcode": "59000", "commune": "Lille"}
    for place, copies, where in (
        ("Collège des Filaos", 30, {}),
        ("Collège des Filaos", 10, {}),
        ("Collège du Beffroi", 20, lille),
    ):
        deliver(make_accepted(kit, copies, place=place, **where))
    make_order(kit, 5, place="École du Beffroi", **lille)
    reader = make_actor("editor")
    told = [
        (each.area, each.orders, each.places, each.delivered)
        for each in queries.areas(seen_by=reader)
    ]
    assert told == [("59", 2, 2, 20), ("974", 2, 1, 40)]
    sign_in(client, make_account("editor"))
    assert "La Réunion" in client.get(f"{HERE}areas/").text
