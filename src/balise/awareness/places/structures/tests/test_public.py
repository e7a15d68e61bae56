"""Near me: what everyone finds, by list and by map, and what they do not."""

import re
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from balise.awareness.places.structures.actions import closing
from balise.awareness.places.structures.queries.public import counted, listed, near
from balise.awareness.places.structures.rules.delays import FRESH, GRACE
from balise.awareness.places.structures.rules.places import atlas
from balise.awareness.places.structures.tests.makers import code_of, make_contact, make_structure
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import now, today

pytestmark = pytest.mark.django_db

NEAR = "/fr/near-me/"


def names_in(text: str) -> list[str]:
    return re.findall(r'<a href="/fr/near-me/[0-9a-f-]{36}/">([^<]+)</a>', text)


def ago(days: int) -> AbstractContextManager[None]:
    return clock.at(now() - timedelta(days=days))


def make_network() -> None:
    """Make two in Rennes, one 50 km away, one in Paris, two overseas, one abroad."""
    for name, commune, postcode in (
        ("La Passerelle", "Rennes", "35000"),
        ("Le Vaste Monde", "Cesson-Sévigné", "35510"),
        ("Les Remparts", "Saint-Malo", "35400"),
        ("La Fabrique", "Paris", "75011"),
        ("Ti Kaz", "Saint-Denis", "97400"),
        ("Kaz Mizik", "Le Tampon", "97430"),
    ):
        make_structure(name=name, commune=commune, postcode=postcode)
    make_structure(name="Teranga", country="SN", commune="Dakar", postcode="")


def test_the_list_and_the_map_have_the_same_structures(client: Client) -> None:
    make_network()
    page = client.get(NEAR)
    assert len(names_in(page.text)) == counted().total == listed().total == 7
    spots = [int(many) for many in re.findall(r'font-size="[0-9.]+">(\d+)</text>', page.text)]
    assert sorted(spots) == [1, 3]  # Île-de-France and Brittany
    context = page.context
    insets = {inset.area.code: inset.count for inset in context["insets"]}
    assert insets["974"] == 2
    abroad = [(name, many) for name, _code, many in context["abroad"]]
    assert abroad == [("Sénégal", 1)]
    assert sum(spots) + sum(insets.values()) + 1 == 7
    assert 'src="http' not in page.text
    assert "GeoNames" in page.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=Rennes", ["La Passerelle", "Le Vaste Monde"]),
        ("q=35000", ["La Passerelle", "Le Vaste Monde"]),
        ("q=dinan", ["Les Remparts"]),  # within 30 km
        ("q=le+tampon", ["Kaz Mizik"]),
        ("q=réunion", ["Kaz Mizik", "Ti Kaz"]),
        ("area=974", ["Kaz Mizik", "Ti Kaz"]),
        ("region=bretagne", ["La Passerelle", "Le Vaste Monde", "Les Remparts"]),
        ("country=SN", ["Teranga"]),
        ("area=abroad", ["Teranga"]),
        ("q=Brest", []),
    ],
)
def test_what_is_near_is_found_offline(client: Client, asked: str, found: list[str]) -> None:
    make_network()
    page = client.get(f"{NEAR}?{asked}")
    assert page.status_code == 200
    assert names_in(page.text) == found


def test_the_nearest_stands_first_with_its_distance_and_a_wider_circle_is_tried() -> None:
    make_network()
    rennes = atlas("FR").communes["35238"].point
    assert rennes
    found = near(rennes)
    assert found
    assert (found.ring, [one.away for one in found.rows]) == (30, [0, 5])
    for away, ring in ((0.45, 60), (1.5, None)):
        wider = near(type(rennes)(rennes.latitude - away, rennes.longitude))
        assert (wider.ring if wider else None) == ring


def test_where_nothing_is_near_the_whole_territory_is_shown_and_said(client: Client) -> None:
    make_structure(commune="Brest", postcode="29200", name="Au bout du monde")
    page = client.get(f"{NEAR}?q=Quimperlé")
    assert "rien n’est connu à moins de 60 km" in page.text.lower()
    assert names_in(page.text) == ["Au bout du monde"]


def test_several_communes_of_one_name_are_offered_and_none_is_said(client: Client) -> None:
    page = client.get(f"{NEAR}?q=Saint-Denis")
    assert "Quelle commune" in page.text
    assert "commune=97411" in page.text
    assert client.get(f"{NEAR}?commune=97411").context["looked"].area == "974"
    nothing = client.get(f"{NEAR}?q=Xyzzy%3Cscript%3E")
    assert "Xyzzy&lt;script&gt;" in nothing.text
    for odd in ("area=999", "commune=x", "region=nowhere", "country=FR", "page=x", "page=9"):
        assert client.get(f"{NEAR}?{odd}").status_code == 200


def test_what_is_old_is_said_then_hidden_and_what_did_not_agree_is_not_shown(
    client: Client,
) -> None:
    with ago(FRESH.days + 5):
        old = make_structure(name="Ancienne")
    with ago(FRESH.days + GRACE.days + 5):
        hidden = make_structure(name="Cachée")
    private = make_structure(name="Discrète", may_publish=False)
    gone = make_structure(name="Partie")
    closing.close(structure_id=gone, by=make_actor("coordinator"))

    page = client.get(NEAR)
    assert names_in(page.text) == ["Ancienne"]
    assert "near-old" in page.text
    assert "Personne ne l’a confirmée" in client.get(f"{NEAR}{old}/").text
    for unseen in (hidden, private, gone, uuid4()):
        assert client.get(f"{NEAR}{unseen}/").status_code == 404


def test_a_page_tells_what_is_public_and_nothing_private(client: Client) -> None:
    attested = today() - timedelta(days=40)
    made = make_structure(
        number="73282932000074",
        attested_on=attested,
        until=today() + timedelta(days=300),
        telephone="02 99 00 00 00",
        mail="bonjour@passerelle.example",
        address="3 rue du Phare",
        languages=["rcf"],
    )
    make_contact(made)
    page = client.get(f"{NEAR}{made}/").text
    public = ("3 rue du Phare", "tel:02 99 00 00 00", "Créole réunionnais", "vue par le centre")
    for shown in public:
        assert shown in page
    private = ("73282932000074", "Dominique", "Contact@", code_of(made), attested.isoformat())
    assert not [each for each in private if each in page]
    assert attested.strftime("%Y") + "-" not in page
    without = make_structure(name="Sans attestation")
    assert "aucun atelier n’est annoncé" in client.get(f"{NEAR}{without}/").text


def test_a_long_list_has_pages(client: Client) -> None:
    for at in range(32):
        make_structure(name=f"Maison {at:02}")
    first = client.get(NEAR)
    assert len(names_in(first.text)) == 30
    second = client.get(f"{NEAR}?page=2")
    assert names_in(second.text) == ["Maison 30", "Maison 31"]
    assert 'start="31"' in second.text
