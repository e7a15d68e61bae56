"""What a contact is, what it must be before a notice may go to it, and on which terms."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.law.rules import DSA_CATEGORIES, DSA_KEYWORDS
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.pages import registrable_domain

MAX_ADDRESS = 254
MAX_ASN = 4_294_967_295
USUAL_RANK = 5
LAST_RANK = 9

_CATEGORY = "STATEMENT_CATEGORY_"
_KEYWORD = "KEYWORD_"
# What a contact may say that it is for: the DSA Transparency Database's words, without prefix.
SUBJECTS = frozenset(word.removeprefix(_CATEGORY) for word in DSA_CATEGORIES) | frozenset(
    word.removeprefix(_KEYWORD) for word in DSA_KEYWORDS
)


class OrganisationKind(TextChoices):
    """What an organisation of the directory does for a content on the internet."""

    PLATFORM = "platform", gettext_lazy("Platform")
    HOST = "host", gettext_lazy("Hosting provider")
    NETWORK = "network", gettext_lazy("Delivery network")
    REGISTRAR = "registrar", gettext_lazy("Registrar of domain names")
    REGISTRY = "registry", gettext_lazy("Registry of domain names")
    AUTHORITY = "authority", gettext_lazy("Authority")
    HOTLINE = "hotline", gettext_lazy("Hotline")


class ContactKind(TextChoices):
    """How a notice reaches an organisation."""

    MAIL = "mail", gettext_lazy("E-mail")
    FORM = "form", gettext_lazy("Web form")
    PORTAL = "portal", gettext_lazy("Portal for trusted flaggers")
    API = "api", gettext_lazy("API")

    @property
    def by_hand(self) -> bool:
        """Whether a person puts the notice there, field by field."""
        return self is not ContactKind.MAIL


class LegalBasis(TextChoices):
    """The legal weight of a notice that goes there."""

    FLAGGER = "dsa-22", gettext_lazy("Trusted flagger (DSA, article 22)")
    NOTICE = "dsa-16", gettext_lazy("Notice of illegal content (DSA, article 16)")
    PARTNER = "partner", gettext_lazy("The platform’s own programme for partners")
    ABUSE = "abuse", gettext_lazy("Abuse contact (network practice)")
    AUTHORITY = "authority", gettext_lazy("An authority’s own way in")
    NETWORK = "network", gettext_lazy("Between hotlines of one network")


class ContactRefused(Refused, code="contact-refused"):
    """What was given is no e-mail address, or no secure address of the web."""


class DomainRefused(Refused, code="domain-refused"):
    """What was given is no domain name."""


class SameHands(Refused, code="same-hands"):
    """Two people look at a contact before anything is sent to it: this would be one."""


class ContactKnown(Refused, code="contact-known"):
    """The organisation has this contact already."""


class OrganisationKnown(Refused, code="organisation-known"):
    """The directory has this organisation already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of a contact point.

    `languages` and `countries` are two-letter codes, empty for any; `serves` holds words of
    `SUBJECTS`, empty for everything. The two targets are minutes from sending. `lines` are the
    lines of the centre that hold the account, where one is needed. `rank` is the order that people
    want: 1 is tried first.
    """

    basis: LegalBasis = LegalBasis.NOTICE
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    hours: str = ""
    acknowledge_minutes: int | None = None
    decide_minutes: int | None = None
    needs_account: bool = False
    lines: tuple[str, ...] = ()
    rank: int = USUAL_RANK


USUAL_TERMS = Terms()


def read_contact(kind: ContactKind, text: str) -> str:
    """Return a contact's address in one form: a lower-case mail address, or an https URL.

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
        raise ContactRefused(_("The form’s address begins with https:// and is short."))
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
        raise SameHands(_("Someone else must approve your proposal."))


def subject_of(word: str) -> str:
    """Return a word of the DSA Transparency Database without its prefix, as contacts name it."""
    return word.removeprefix(_CATEGORY).removeprefix(_KEYWORD)
