"""A certificate of attendance or of training, as a PDF that a screen reader reads."""

from dataclasses import dataclass
from importlib.resources import files

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from balise.foundation.clock import today
from balise.foundation.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What a certificate says: `says` stands between the name and the title, `when` below it.

    Without a `heading` it is one of attendance.
    """

    name: str
    says: str
    title: str
    when: str
    organiser: str = ""
    heading: str = ""


def certificate(told: Certified) -> bytes:
    """Return the PDF/UA of a certificate in the active language; nothing of it is kept."""
    words = {
        "language": (get_language() or settings.LANGUAGE_CODE)[:2],
        "heading": told.heading or _("Certificate of attendance"),
        "organisation": told.organiser or settings.CENTRE.organisation,
        "centre": str(settings.CENTRE.name),
        "address": settings.CENTRE.postal_address,
        "certifies": _("%(organisation)s certifies that")
        % {"organisation": told.organiser or settings.CENTRE.organisation},
        "name": told.name,
        "says": told.says,
        "title": told.title,
        "when": told.when,
        "made": _("Made on %(day)s.") % {"day": date_format(today(), "DATE_FORMAT")},
        "note": _("The name is the one that was typed by the person; it is not kept."),
    }
    return typeset(files(__package__).joinpath("certificate.typ"), words)
