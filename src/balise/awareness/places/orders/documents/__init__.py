"""The delivery note as an accessible PDF (PDF/UA-1)."""

from collections.abc import Mapping
from importlib.resources import files

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, override, pgettext

from balise.awareness.places.orders.queries import NoteShown
from balise.awareness.publications.rules.kits import qr
from balise.foundation.typesetting import typeset


def delivery_note(shown: NoteShown, *, address: str) -> bytes:
    """Return the PDF of a delivery note, in the language of who ordered.

    Its QR code leads to `address`, the trace of its kits.
    """
    with override(shown.row.order.language):
        told = _told(shown, address)
    return typeset(files(__package__).joinpath("note.typ"), told)


def _told(shown: NoteShown, address: str) -> dict[str, object]:
    note, order = shown.row, shown.row.order
    many = sum(-each.change for each in shown.left)
    printed_on = [date_format(run.printed_on, "DATE_FORMAT") for run in shown.runs]
    return {
        "language": order.language,
        "title": _("Delivery note %(number)s") % {"number": note},
        "cancelled": pgettext("delivery", "Cancelled") if shown.is_cancelled else "",
        "sender": [settings.CENTRE.organisation, settings.CENTRE.postal_address],
        "to": pgettext("delivery", "To"),
        "recipient": [order.place, *_of(shown.contact), f"{order.postcode} {order.commune}"],
        "facts": [
            (_("Date"), date_format(note.day, "DATE_FORMAT")),
            (pgettext("delivery", "Order"), order.reference),
            (pgettext("kits", "Kit"), order.kit.name),
            (_("Number of kits"), number_format(many, force_grouping=True)),
            (_("Kit numbers"), ", ".join(each.said for each in shown.left)),
            (_("Printed on"), ", ".join(printed_on)),
        ],
        "received": pgettext("kits", "Received on"),
        "signed": _("Name and signature"),
        "qr": qr(address),
        "scan": _("Origin and path of these kits"),
        "address": address,
    }


def _of(contact: Mapping[str, str] | None) -> list[str]:
    return [contact["name"], contact["street"]] if contact else []
