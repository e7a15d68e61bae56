"""The certificate of filing, as a PDF that anyone can check."""

import base64
from importlib.resources import files

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _

from balise.foundation.typesetting import typeset
from balise.hotline.reports.rules.places import Place, Statement


def certificate(
    stated: Statement, *, places: tuple[Place, ...], key_id: str, signature: bytes
) -> bytes:
    """Return the PDF of a certificate, in the active language."""
    words = {
        "language": (get_language() or "fr")[:2],
        "title": _("Certificate of filing"),
        "organisation": settings.CENTRE.organisation,
        "centre": str(settings.CENTRE.name),
        "line": settings.CENTRE.line("hotline").name,
        "address": settings.CENTRE.postal_address,
        "says": _("The hotline certifies that it received the report described below."),
        "number-label": _("Number of the report"),
        "number": str(stated.number),
        "date-label": _("Received on"),
        "date": date_format(localtime(stated.filed_at), "DATETIME_FORMAT"),
        "places-label": _("Report details"),
        "places": "\n".join(place.shown for place in places),
        "fingerprint-label": _("Fingerprint of the report (SHA-256)"),
        "fingerprint": stated.fingerprint,
        "signature-label": _("Signature of the hotline (Ed25519)"),
        "signature": base64.b64encode(signature).decode(),
        "key-label": _("Signature key"),
        "key": key_id,
        "check": _(
            "To check it, enter the number, the date, the fingerprint and the signature on the "
            "page below. The certificate proves that the report was filed, not its outcome."
        ),
        "check-address": f"{settings.PUBLIC_ADDRESS}/certificate/",
        "stated": stated.message.decode(),
        "stated-label": _("Signed statement"),
    }
    return typeset(files(__package__).joinpath("certificate.typ"), words)
