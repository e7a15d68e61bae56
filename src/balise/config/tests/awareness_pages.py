"""The public pages of awareness, each in a state that the real actions made."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

from balise.awareness.publications.access.links import token_of
from balise.awareness.publications.actions import editions, following
from balise.awareness.publications.models import Edition, Published
from balise.awareness.publications.tests.makers import (
    film_facts,
    make_kit,
    make_picture,
    make_public,
)
from balise.foundation.actors import ANYONE, SYSTEM

type Reach = Callable[[Client], str]


def resource(_client: Client) -> str:
    """Publish a resource, and return its address."""
    page = Published.objects.get(pk=make_public())
    return f"/fr/resources/{page.slug}/"


def kit(page: str = "") -> Reach:
    """Return the way to a page of a kit whose edition is made."""

    def reach(_client: Client) -> str:
        row = Published.objects.get(pk=make_kit())
        editions.make_editions(by=SYSTEM)
        return f"/fr/resources/{row.slug}/{page}"

    return reach


def kit_file(client: Client) -> str:
    """Make an edition, and return the address of its ZIP."""
    kit()(client)
    edition = Edition.objects.latest("pk")
    return f"/media/{edition.folder}/{edition.zip_name}"


def follower(_client: Client) -> str:
    """Return the address in the mail of someone who waits for a kit's next version."""
    waits = following.ask(kit=uuid4(), language="fr", address="a@mailbox.example", by=ANYONE)
    return f"/fr/kit-news/{token_of(waits)}/"


def translated(client: Client) -> str:
    """Return the address of a page whose other language is elsewhere."""
    place = resource(client)
    key = Published.objects.get(slug=place.split("/")[-2]).key
    make_public(language="en", title="Screens", key=key)
    return place


def on_paper(client: Client) -> str:
    """Return the address at which a resource is printed."""
    return f"{resource(client)}print/"


def picture(_client: Client) -> str:
    """Return the address of a picture that is shown."""
    return str(make_picture().get_rendition("width-20").url)


def film(page: str = "", **facts: Any) -> Reach:
    """Return the way to a page of a public film."""

    def reach(_client: Client) -> str:
        slug = f"film-{uuid4()}"
        make_public(slug=slug, **film_facts(**facts))
        return f"/fr/resources/{slug}/{page}"

    return reach


def film_elsewhere() -> Reach:
    """Return the way to the page that frames a film of another site."""
    at_their_site = "https://www.dailymotion.com/video/x8abcde"
    facts = {"film": None, "outside": at_their_site, "access": ["captions"], "chapters": ""}
    return film("video/", **facts)
