"""The public pages of awareness, each in a state that the real actions made."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from balise.awareness.partnership.trends.access import briefing_token, reader_token
from balise.awareness.partnership.trends.tests import makers as trends
from balise.awareness.places.fieldwork.access import token_of as visit_token
from balise.awareness.places.fieldwork.tests.makers import declared_by_phone, make_met, school_asks
from balise.awareness.places.orders.tests.makers import make_kit as make_printed
from balise.awareness.places.structures.access import token_of as token_of_contact
from balise.awareness.places.structures.tests.makers import make_contact, make_structure
from balise.awareness.publications.access.links import token_of
from balise.awareness.publications.actions import editions, following
from balise.awareness.publications.models import Edition, Published
from balise.awareness.publications.tests.makers import (
    film_facts,
    make_kit,
    make_picture,
    make_public,
)
from balise.awareness.sid import access as of_the_day, actions
from balise.awareness.sid.models import Activity, Edition as Day
from balise.awareness.sid.tests import makers as sid
from balise.config.tests.public_ways import Reach
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM


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


def edition(page: str = "") -> Reach:
    """Return the way to a page of a briefing that was sent."""

    def reach(_client: Client) -> str:
        return f"/fr/briefings/{briefing_token(trends.make_edition())}/{page}"

    return reach


def reader(_client: Client) -> str:
    """Return the address in the mail of someone who asked for briefings."""
    return f"/fr/briefing-news/{reader_token(trends.make_reader(is_confirmed=False))}/"


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
    """Publish a page with a picture, and return the picture's address."""
    return Published.objects.get(pk=make_public(picture=make_picture())).picture


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


def the_day_at(page: str = "", *, is_over: bool = False) -> Reach:
    """Return the way to a page of an edition of Safer Internet Day, the one to come or a past one.

    `{own}` and `{press}` in it stand for the links of who declared something, and of journalists.
    """

    def reach(_client: Client) -> str:
        Activity.objects.all().delete()  # a year has one edition
        Day.objects.all().delete()
        today = clock.today()
        day = today - timedelta(days=5) if is_over else today + timedelta(days=5)
        with clock.at(clock.now() - timedelta(days=20)):
            edition = sid.make_edition(day, release={"fr": "Bientôt."})
            own = of_the_day.own_token(sid.make_activity(edition, on=day))
        if is_over:
            actions.publish_report(edition_id=edition, by=make_actor("awareness_lead"))
        page_of = page.format(own=own, press=of_the_day.press_token(day.year), year=day.year)
        return f"/fr/safer-internet-day/{page_of}"

    return reach


def kit_order(_client: Client) -> str:
    """Return the address where a printed kit can be ordered."""
    make_printed(copies=100, mark=uuid4().hex[:8])
    return "/fr/order-kits/"


def structure(_client: Client) -> str:
    """Register a structure, and return the address of its page."""
    return f"/fr/near-me/{make_structure()}/"


def contact_of_structure(_client: Client) -> str:
    """Return the address in the mail of someone who answers for a structure."""
    return f"/fr/our-organisation/{token_of_contact(make_contact(make_structure()))}/"


def visited(_client: Client) -> str:
    """Return the address in the mail of a school that was visited."""
    return f"/fr/after-visit/{visit_token(make_met().id)}/"


def workshop() -> dict[str, Any]:
    """Return what a phone sends of a workshop."""
    return declared_by_phone()


def visit() -> dict[str, Any]:
    """Return what a school sends that asks for a visit."""
    return school_asks()


def workshop_code(client: Client) -> str:
    """Make an edition of a kit, and return the address of the QR code to declare it."""
    kit()(client)
    edition = Edition.objects.latest("pk")
    return f"/fr/workshop/code/{edition.key}.{edition.number}.svg"
