"""Who can be told, and how: what a contact must be before a notice may go to it."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.domains import registrable_domain

MAX_ADDRESS = 254
MAX_ASN = 4_294_967_295


class ContactKind(StrEnum):
    """How a notice reaches a host."""

    MAIL = "mail"
    FORM = "form"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    ContactKind.MAIL: gettext_lazy("E-mail"),
    ContactKind.FORM: gettext_lazy("Web form"),
}


class ContactRefused(Refused):
    """What was given is no e-mail address, or no secure web form."""

    code = "contact-refused"


class DomainRefused(Refused):
    """What was given is no domain name."""

    code = "domain-refused"


class SameHands(Refused):
    """Two people look at a contact before anything is sent to it: this would be one."""

    code = "same-hands"


class ContactKnown(Refused):
    """The host has this contact already."""

    code = "contact-known"


class HostKnown(Refused):
    """The directory has this host already."""

    code = "host-known"


def read_contact(kind: ContactKind, text: str) -> str:
    """Return a contact's address in one form: a lower-case mail address, or a form's https URL.

    One person of the internet reads what is sent there: a line break, a display name or several
    addresses are refused (ContactRefused).
    """
    address = text.strip()
    if kind is ContactKind.MAIL:
        try:
            validate_email(address)
        except ValidationError:
            raise ContactRefused(_("This is not an e-mail address.")) from None
        if len(address) > MAX_ADDRESS or not address.isascii():
            raise ContactRefused(_("This is not an e-mail address."))
        return address.lower()
    try:
        form = read_address(address)
    except AddressRefused as refusal:
        raise ContactRefused(refusal.message) from None
    if form.scheme != "https" or len(form.canonical) > MAX_ADDRESS:
        raise ContactRefused(_("The form's address begins with https:// and is short."))
    return form.canonical


def read_domain(text: str) -> str:
    """Return the registrable domain that a text names, canonical; refuse an IP address."""
    try:
        address = read_address(text.strip())
    except AddressRefused as refusal:
        raise DomainRefused(refusal.message) from None
    if address.is_ip:
        raise DomainRefused(_("Give a domain name, not an IP address."))
    return registrable_domain(address.host)


def check_other_hands(*, proposed_by: str, approved_by: str) -> None:
    """Refuse that the person who proposed a contact approves it; the system may do both."""
    if proposed_by and proposed_by == approved_by:
        raise SameHands(_("Someone else must approve what you proposed."))
