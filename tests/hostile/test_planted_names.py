"""The name of a file stays text where a chat takes a picture, and where the library takes files.

In a chat nothing of a name is kept. In the library it is the title too, as its page proposes.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from balise.awareness.publications.models import Paper, Picture, Resource
from balise.awareness.publications.tests.makers import (
    film_facts,
    make_film_file,
    make_photograph,
    make_public,
)
from balise.awareness.publications.tests.test_cms_addresses import paths, routes
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.files.uploads import longest_body
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.pictures.actions import sealing
from balise.helpline.pictures.models import Picture as Shown
from balise.helpline.pictures.tests.makers import HTML, a_screen
from tests.architecture.test_doors import views
from tests.hostile.planting import ALL_IN_ONE, PAYLOADS
from tests.hostile.reading import MARK, faults, shown
from tests.hostile.test_planted_files import DOORS, Sent
from tests.walks import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]

SEND: Final = "/en/talk/picture/send/"
TITLE: Final = 255
OF_THE_GATE: Final = {ALL_IN_ONE, PAYLOADS[13], PAYLOADS[15]}  # all in one, turned, and a path
NAMES: Final = [
    one if one in OF_THE_GATE else pytest.param(one, marks=pytest.mark.whole) for one in PAYLOADS
]
# What a device seals before it sends: no name is beside it.
SEALED: Final = {"app/vault/share", "app/vault/link"}
LIBRARY: Final = ("cms/images/", "cms/documents/")


def held(client: Client, *addresses: str) -> Iterator[tuple[str, Any]]:
    """Yield the answer at each address; nothing planted is more than text there."""
    for address in addresses:
        answer = client.get(address)
        assert not faults(answer), address
        yield address, answer


@pytest.mark.safety
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_name_is_kept_of_a_picture_in_a_chat(payload: str) -> None:
    client, child = Client(), Client()
    listener = actor_of(sign_in(client, make_account("listener")))
    begun = make_conversation(with_=listener)
    child.cookies["talk"] = str(begun.token)
    for octets, ends, status in (
        (HTML, ".png", HTTPStatus.UNPROCESSABLE_ENTITY),
        (a_screen(), ".png", HTTPStatus.FOUND),
    ):
        fields = {"undressed": "no", "client_id": str(uuid4()), "text": "Voici."}
        answer = child.post(SEND, fields | {"picture": Sent(payload, octets, ends=ends)})
        assert answer.status_code == status
        assert not faults(answer)
        assert not shown(answer)
    one = Shown.objects.get()
    case = make_case(by=listener)
    sealing.ask(picture_id=one.id, case_id=case, by=listener)
    own = held(child, "/en/talk/room/", "/en/talk/picture/own/")
    pages = held(
        client,
        f"/staff/helpline/conversation/{begun.id}/",
        f"/staff/helpline/pictures/of/{begun.id}/",
        f"/staff/helpline/pictures/{one.id}/",
        f"/staff/helpline/cases/{case}/",
    )
    for address, answer in (*own, *pages):
        assert answer.status_code == HTTPStatus.OK, address
        assert not shown(answer), address


def add(client: Client, where: str, payload: str, octets: bytes, ends: str) -> None:
    """Add a file to the library, with its name as its title."""
    file = Sent(payload, octets, ends=ends)
    fields = {"title": payload[:TITLE], "collection": "1", "description": payload[:TITLE]}
    answer = client.post(f"/cms/{where}/add/", fields | {"file": file})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    assert not faults(answer)


@pytest.mark.safety
@pytest.mark.parametrize("payload", NAMES)
def test_a_name_stays_text_in_the_library_and_on_public_pages(payload: str) -> None:
    client = Client()
    sign_in(client, make_account("awareness_lead"))
    add(client, "images", payload, make_photograph(), "a.jpg")
    add(client, "documents", payload, b"%PDF-1.7", "a.pdf")
    add(client, "documents", payload, make_film_file(), "a.webm")
    for kind, octets, ends in (
        ("image", make_photograph(), "a.jpg"),
        ("document", b"%PDF-1.7", "a.pdf"),
    ):
        within = f"{kind}-chooser-upload-"
        fields = {f"{within}title": payload[:TITLE], f"{within}collection": "1"}
        fields |= {f"{within}file": Sent(payload, octets, ends=ends)}
        answer = client.post(f"/cms/{kind}s/chooser/create/", fields)
        assert answer.json()["step"] in {"chosen", "duplicate_found"}
        assert not faults(answer)
    refused = {"title": payload[:TITLE], "file": Sent(payload, HTML, ends="a.pdf")}
    answer = client.post("/cms/documents/add/", refused)
    assert answer.status_code == HTTPStatus.OK
    assert not faults(answer)

    picture, _chosen = Picture.objects.order_by("pk")
    printed, film, chosen = Paper.objects.order_by("pk")
    kept = [one.file.name for one in (picture, printed, film, chosen)]
    assert all(".." not in name and name.count("/") <= 2 for name in kept), kept
    # Of a name with a slash the last part comes; its title is whole.
    assert "/" in payload or any(MARK in name for name in kept)
    made = make_public(slug="texte", picture=picture, paper=printed)
    make_public(slug="film", **film_facts(film=film))
    page = Resource.objects.get(pk=made)
    real = {
        "cms/documents/": str(printed.pk),
        "cms/images/": str(picture.pk),
        "cms/api/main/^documents": str(printed.pk),
        "cms/api/main/^images": str(picture.pk),
        "cms/": str(page.pk),
        "revision": str(page.latest_revision.pk),
    }
    showed = 0
    for route in routes():
        if "logout" not in route:
            with rolled_back():
                showed += sum(shown(one) for _at, one in held(client, next(paths(route, real))))
    assert showed > len(kept)
    anyone = ("resources/texte/", "resources/texte/print/", "resources/film/", "resources/")
    for address, answer in held(Client(), *(f"/fr/{each}" for each in anyone)):
        assert answer.status_code == HTTPStatus.OK, address
    for name in kept[1:]:
        for _address, answer in held(client, f"/cms/media/{name}"):
            assert answer.status_code == HTTPStatus.OK, name
            assert b"".join(answer)


def test_each_address_that_takes_a_file_is_walked() -> None:
    """A door that is added is added here. Telephony takes none."""
    taking = {route: view for route, view in views() if longest_body(view)}
    assert taking.keys() >= SEALED
    with override("en"):
        walked = {resolve(SEND).func}
        for door in DOORS.values():
            by = actor_of(make_account(door.role)) if door.role else ANYONE
            walked.add(resolve(door.at(by)).func)
    assert walked <= set(taking.values())
    left = {route for route, view in taking.items() if view not in walked} - SEALED
    assert not {route for route in left if not route.startswith(LIBRARY)}
