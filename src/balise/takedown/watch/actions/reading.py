"""Read where a content leads now. The reading is written down first, and only then it is opened."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.watch import access
from balise.takedown.watch.actions.watching import NotWatched
from balise.takedown.watch.events import AddressRead
from balise.takedown.watch.models import Watched
from balise.takedown.watch.queries.looking import SEALED


def where_it_leads(*, line: str, subject: UUID, by: Actor) -> str:
    """Return the address that a content's own leads to by now, "" while it leads nowhere else.

    Refuses what is not watched; raises KeyForgotten for what was erased.
    """
    access.require(by, access.READ, line=line)
    with transaction.atomic():
        watched = Watched.objects.filter(line=line, subject=subject).first()
        if watched is None:
            raise NotWatched(_("This content is no longer monitored."))
        record(AddressRead(subject=subject, for_line=Code(line)), by=by)
    key = key_of_line(line, watched.id)
    payload = key.open(watched.sealed, where=SEALED, row=watched.id)
    return str(payload.get("moved_to", ""))
