"""What awareness hears, and who answers what it asks."""

from balise.awareness.publications import (
    access as editors,
    events as of_pages,
    queries as published,
    tasks as pages,
)
from balise.awareness.publications.tasks import kits
from balise.awareness.usage import ports as usage_ports
from balise.foundation.accounts.models import library_permission
from balise.foundation.journal.book import subscribe


def connect() -> None:
    """Plug the ports and register the subscribers of events."""
    library_permission.plug(editors.may_enter)
    usage_ports.names.plug(published.named)
    usage_ports.thing_at.plug(published.key_at)
    changed = (of_pages.PagePublished, of_pages.PageUnpublished)
    subscribe("publications.settled", pages.settle_changed, *changed)
    subscribe("publications.asked", kits.ask_to_confirm, of_pages.NextVersionAsked)
    left = (of_pages.FollowerConfirmed, of_pages.FollowerLeft)
    subscribe("publications.followers", kits.settle_followers, *left)
    subscribe("publications.versions", kits.tell_followers, of_pages.EditionMade)
