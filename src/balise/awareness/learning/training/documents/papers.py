"""The papers of training, as PDF/UA: a certificate with a name, a diploma for a class without any.

The name is typed for the paper: it is in the request and in the PDF, and nowhere else.
"""

from importlib.resources import files
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from balise.awareness.learning.events.documents.certificate import (
    Certified,
    certificate as attested,
)
from balise.awareness.learning.training.rules.paths import Course
from balise.foundation import clock
from balise.foundation.typesetting import typeset


def certificate(whole: Course, *, name: str, badge: UUID | None) -> bytes:
    """Return the certificate of the module for someone; with a badge it says where to check it."""
    facts = _("%(many)s lessons, %(minutes)s minutes, test passed.") % {
        "many": len(whole.lessons),
        "minutes": whole.minutes,
    }
    if badge is not None:
        place = f"{settings.PUBLIC_ADDRESS}/{get_language()}/badges/{badge}/"
        facts = f"{facts} {_('Badge: %(address)s') % {'address': place}}"
    told = Certified(
        name=name,
        says=_("has followed the online module"),
        title=str(whole.title),
        when=facts,
        heading=_("Certificate of training"),
    )
    return attested(told)


def diploma() -> bytes:
    """Return the diploma of a class: its name is written on paper by hand."""
    title = _("Class diploma")
    words = {
        "language": (get_language() or settings.LANGUAGE_CODE)[:2],
        "organisation": settings.CENTRE.organisation,
        "address": settings.PUBLIC_ADDRESS,
        "picture": render_to_string("training/pictures/medal.svg", {"says": title}),
        "title": title,
        "given": _("This diploma is given to the class"),
        "for": _("which took part in a workshop about life online"),
        "what": _("We talked, we listened, we know whom to tell."),
        "date": date_format(clock.today(), "DATE_FORMAT"),
    }
    return typeset(files(__package__).joinpath("diploma.typ"), words)
