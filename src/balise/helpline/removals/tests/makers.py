"""Removals made the way the programme makes them."""

from typing import Any
from uuid import UUID, uuid4

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, sending
from balise.helpline.removals.actions.asking import Prepared
from balise.helpline.removals.models import Item
from balise.helpline.removals.rules.requests import ConsentBy, ContentType, Given, ItemKind
from balise.helpline.removals.rules.states import RemovalState
from balise.takedown.directory import actions as directory
from balise.takedown.directory.actions import About
from balise.takedown.directory.rules.contacts import ContactKind, OrganisationKind
from balise.takedown.directory.tests.makers import ANALYST, make_contact
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.notices.rules.clocks import Urgency

URL = "https://reseau.example/p/1"
WORDS = "Une photo d'une élève, publiée pour se moquer d'elle, contre sa volonté."


def make_platform(
    name: str = "Papotage", *, kind: ContactKind = ContactKind.FORM, address: str = ""
) -> UUID:
    """Return a platform that is told one way, approved by two people; the same for its name."""
    known = next((one.id for one in queries.platforms() if one.name == name), None)
    if known is not None:
        return known
    slug = name.lower()
    platform = directory.add_organisation(
        name=name,
        about=About(kind=OrganisationKind.PLATFORM, language="fr", first_circle=True),
        by=ANALYST,
    )
    addresses = {
        ContactKind.MAIL: f"signaleurs@{slug}.example",
        ContactKind.API: f"https://{slug}.example/api",
    }
    address = address or addresses.get(kind, f"https://{slug}.example/report")
    make_contact(platform, address, kind=kind)
    return platform


def make_given(**given: Any) -> Given:
    """Return what a listener writes of one thing, complete but for what is given otherwise."""
    return Given(
        **{
            "kind": ItemKind.CONTENT,
            "content_type": ContentType.IMAGE,
            "offence": "harassment",
            "facts": Facts(today(), None, Certainty.AT_LATEST),
            "url": URL,
            "words": WORDS,
            **given,
        }
    )


def prepare(
    by: Actor, *, platform: UUID | None = None, urgency: Urgency = Urgency.URGENT, **given: Any
) -> Prepared:
    """Return a request that a listener wrote, with one item."""
    return asking.prepare(
        key=uuid4(),
        platform_id=platform or make_platform(),
        consent=ConsentBy.VICTIM,
        agreed=True,
        urgency=urgency,
        given=make_given(**given),
        words="Elle a 13 ans, elle n'ose pas en parler chez elle.",
        by=by,
    )


def make_item(by: Actor | None = None, **given: Any) -> Item:
    """Return the one item of a request."""
    prepared = prepare(by or make_actor("listener"), **given)
    return Item.objects.get(request=prepared.id)


def make_ready(by: Actor | None = None, **given: Any) -> Item:
    """Return an item that may be sent, after a second look where it needs one."""
    who = by or make_actor("listener")
    item = make_item(who, **given)
    asking.complete(item_id=item.id, by=who)
    if item.needs_second:
        sending.ask_second(item_id=item.id, by=who)
        sending.approve(item_id=item.id, by=make_actor("listener"))
    return get(item)


def make_sent(by: Actor | None = None, **given: Any) -> Item:
    """Return an item that a person put into a platform's form."""
    who = by or make_actor("listener")
    item = make_ready(who, **given)
    sending.send(item_id=item.id, by=who)
    sending.note_sent_by_hand(item_id=item.id, by=who)
    return get(item)


def get(item: Item) -> Item:
    """Return an item as it stands."""
    return Item.objects.select_related("request").get(id=item.id)


def state_of(item: Item) -> RemovalState:
    """Return where an item stands."""
    return get(item).stands


def work(*, tolerate: bool = False) -> None:
    """Do what clerk and worker do, until nothing is left for now."""
    for _each in range(4):
        clerk.tick()
        run_due(tolerate=tolerate)


def told(name: str) -> list[dict[str, Any]]:
    """Return the facts of each entry of an event of the desk, in order."""
    return [entry.facts for entry in Entry.objects.filter(event=f"helpline.removal.{name}")]


def moved_to(state: str) -> list[dict[str, Any]]:
    """Return the facts of each step that led to a state, in order."""
    return [facts for facts in told("moved") if facts["after"] == state]
