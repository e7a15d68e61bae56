"""What the worker tells who ordered: accepted, refused, delivered."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from balise.awareness.places.orders import queries
from balise.awareness.places.orders.rules import Because, note_number
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane


def tell_who_ordered(entries: Sequence[Entry]) -> None:
    """Queue a mail for each answer and each delivery."""
    for entry in entries:
        mail_order.later(
            order_id=entry.subject,
            entry=entry.pk,
            what=entry.event.rpartition(".")[2],
            because=str(entry.facts.get("because", "")),
            number=int(entry.facts.get("number", 0)),
            note=int(entry.facts.get("note", 0)),
        )


@job(outside=True, lane=Lane.MAIL)
def mail_order(order_id: str, entry: int, what: str, because: str, number: int, note: int) -> None:
    """Tell who ordered what became of it; one whose address takes no mail is not told."""
    found = queries.to_write(UUID(order_id))
    if found is None:
        return
    order, address = found
    with override(order.language):
        said = {
            "centre": settings.CENTRE,
            "kit": order.kit.name,
            "reference": order.reference,
            "what": what,
            "because": str(Because(because).label) if because else "",
            "number": number,
            "wanted": order.wanted,
            "note": note_number(note),
        }
    try:
        send(
            "awareness/order",
            to=address,
            language=order.language,
            context=said,
            message_id=f"kit-order-{entry}",
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
