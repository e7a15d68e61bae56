"""The pages of press items, by those who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import today
from balise.steering.imports.models import Brought
from balise.steering.imports.tests.makers import bring, csv_of
from balise.steering.press.models import Group, Heading, Item
from balise.steering.press.tests.makers import make_dispatch, make_item

pytestmark = pytest.mark.django_db
LIST = "/staff/steering/press/"


def test_the_committee_reads_and_the_office_writes(client: Browser) -> None:
    made = make_item()
    file = bring(csv_of(("jour", "media", "titre"), ("12/03/2026", "A", "Titre")))
    reads = ("", "headings/", f"{made}/")
    writes = ("add/", "groups/", "import/", f"import/{file}/", f"{made}/change/")
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {302}
    sign_in(client, make_account("editor"))
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {403}
    sign_in(client, make_account("steering"))
    assert {client.get(f"{LIST}{page}").status_code for page in reads} == {200}
    assert {client.get(f"{LIST}{page}").status_code for page in writes} == {403}
    assert client.post(f"{LIST}{made}/", {"why": "X"}).status_code == 403
    assert client.post(f"{LIST}{made}/ungroup/").status_code == 403
    sign_in(client, make_account("steering_office"))
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {200}


def test_an_item_is_entered_corrected_and_withdrawn(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    client.post(f"{LIST}headings/", {"kind": "topic", "name": "Harcèlement"})
    assert Heading.objects.get().code == "harcelement"
    typed = {
        "day": today().isoformat(),
        "outlet": "La Une",
        "programme": "Le journal de 13 h",
        "title": "Une ligne ouverte",
        "medium": "television",
        "topic": "harcelement",
        "audience": "1,2 M",
    }
    refused = client.post(f"{LIST}add/", {**typed, "audience": "beaucoup"})
    assert refused.status_code == 422
    assert 'value="Le journal de 13 h"' in refused.text
    evidence = SimpleUploadedFile("preuve.pdf", b"%PDF-1.7 preuve")
    answer = client.post(f"{LIST}add/", {**typed, "evidence": evidence})
    row = Item.objects.get()
    page = f"{LIST}{row.id}/"
    assert answer["Location"] == page
    assert (row.audience, row.bound, len(row.evidence)) == (1_200_000, "about", 64)
    assert client.post(f"{LIST}add/", typed).status_code == 422  # it is known
    changed = client.post(f"{page}change/", {**typed, "audience": "~1200000", "tone": "neutral"})
    assert changed.status_code == 302
    again = Item.objects.get()
    assert (again.evidence, again.audience, again.bound) == (row.evidence, 1_200_000, "about")
    assert client.post(page, {"why": ""}).status_code == 422
    assert client.post(page, {"why": "Publicité"}).status_code == 302
    assert "Publicité" in client.get(page).text
    assert "Une ligne ouverte" not in client.get(LIST).text


def test_a_list_is_filtered_and_says_what_it_holds(client: Browser) -> None:
    sign_in(client, make_account("steering"))
    make_item("Le premier titre")
    make_item("Le second titre", topic="jeux")
    page = client.get(LIST).text
    assert "Le premier titre" in page
    assert "Le second titre" in page
    Heading.objects.create(kind="topic", code="jeux", name="Jeux")
    page = client.get(f"{LIST}?topic=jeux").text
    assert "Le premier titre" not in page
    assert "Le second titre" in page
    assert client.get(f"{LIST}?first=x&page=zz&medium=pigeon").status_code == 200


def test_a_file_is_looked_at_then_taken_in(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    assert client.post(f"{LIST}import/", {}).status_code == 422
    wrong = SimpleUploadedFile("a.csv", b"")
    assert client.post(f"{LIST}import/", {"file": wrong}).status_code == 422
    rows = (
        ("jour", "media", "titre", "theme"),
        ("12/03/2026", "Le Quotidien", "Un titre", "Jeux"),
        ("12/03/2032", "Le Quotidien", "Un autre", ""),
    )
    file = SimpleUploadedFile("retombées.csv", csv_of(*rows))
    answer = client.post(f"{LIST}import/", {"file": file})
    page = client.get(answer["Location"]).text
    assert "Un titre" in page
    assert "Jeux" in page
    assert not Item.objects.exists()
    assert client.post(answer["Location"]).status_code == 302
    assert client.post(answer["Location"]).status_code == 302  # once more changes nothing
    assert Item.objects.count() == 1
    done = Brought.objects.get()
    assert done.digest in client.get(answer["Location"]).text
    assert "retombées.csv" in client.get(f"{LIST}import/").text
    faulty = bring(csv_of(("a", "b"), ("c", "d")))
    assert client.get(f"{LIST}import/{faulty}/").status_code == 200


def test_five_items_are_said_to_be_one_article(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    items = make_dispatch(today())
    page = client.get(f"{LIST}groups/").text
    assert page.count('name="item"') == 5
    client.post(f"{LIST}groups/", {"item": [str(items[0]), "x"], "say": "one"})
    assert not Group.objects.exists()
    client.post(f"{LIST}groups/", {"item": items, "say": "apart"})
    assert 'name="item"' not in client.get(f"{LIST}groups/").text
    client.post(f"{LIST}groups/", {"item": items[:4], "say": "one"})
    assert Group.objects.get().items.count() == 4
    shown = client.get(f"{LIST}{items[0]}/").text
    assert "La Gazette 3" in shown
    assert client.post(f"{LIST}{items[0]}/ungroup/").status_code == 302
    assert not Group.objects.exists()
