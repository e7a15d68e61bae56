"""Whom to tell about illegal content, and in which language."""

from balise.hotline.reports.models import LINE, Assessment, Content
from balise.hotline.reports.queries.law import offence_of
from balise.hotline.reports.rules.places import Place
from balise.takedown.directory.queries import contact_for
from balise.takedown.directory.rules.choosing import Wanted


def wanted_of(content: Content, final: Assessment) -> Wanted:
    """Return what a contact point must be for, by the final verdict of a content."""
    offence = offence_of(content, final)
    return Wanted(
        line=LINE,
        country=content.country,
        category=offence.dsa_category,
        keyword=offence.dsa_keyword,
    )


def language_of_host(content: Content, final: Assessment, place: Place) -> str:
    """Return the language in which a content's host is written to; "" where nobody is known."""
    wanted = wanted_of(content, final)
    contact = contact_for(domain=place.domain, asn=content.network, wanted=wanted)
    return contact.organisation.language if contact else ""
