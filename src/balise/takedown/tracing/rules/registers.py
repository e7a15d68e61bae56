"""What registers say of who holds a name, a network or a system, in one shape for all of them.

Knows no Django, so that the tracer process can use it. What comes from a register was written by
strangers: it is cut to length, and an address that cannot be written to is left out and said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from balise.foundation.url import web_host

MAIL, FORM, API = "mail", "form", "api"
LONGEST_PREFIXES = 280  # a dozen prefixes
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
MOST_CONTACTS = 10
MOST_NAMESERVERS = 20

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAIL = re.compile(
    rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.ASCII
)
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """Where someone can be told, and where that is written (`RDAP rdap.nic.example`)."""

    kind: str
    address: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What registers say of one holder. Empty fields are what none of them says.

    `handle` is the register's own name for it (an IANA registrar number, a network's handle);
    `asn` is a system that is said to announce the network.
    """

    name: str = ""
    handle: str = ""
    country: str = ""
    prefix: str = ""
    asn: int | None = None
    nameservers: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be found out: about whom, why (a code of `PROBLEMS`), and at which server."""

    about: str
    code: str
    where: str = ""


# Whatever keeps a server from answering is one code: what is behind an address that may not be
# touched, closed or silent looks the same (no oracle).
NO_ANSWER = "no-answer"
NOT_UNDERSTOOD = "not-understood"
TOO_LONG = "too-long"
NO_REGISTER = "no-register"
NOT_REGISTERED = "not-registered"
NO_ABUSE_CONTACT = "no-abuse-contact"
SEVERAL_ABUSE_CONTACTS = "several-abuse-contacts"
REDACTED = "redacted"
CONTACT_NOT_USABLE = "contact-not-usable"
OWNERS_CONTACT = "owners-contact"
WHOIS_ONLY = "whois-only"


def words(text: object, *, longest: int = LONGEST_NAME) -> str:
    """Return a stranger's text as one line of at most `longest` characters; "" for no text."""
    if not isinstance(text, str):
        return ""
    return " ".join(_UNSEEN.sub(" ", text).split())[:longest].rstrip()


def host_name(text: object) -> str:
    """Return a host name in lower case without the root's dot, or "" for what is none."""
    if not isinstance(text, str) or len(text) > LONGEST_ADDRESS:
        return ""
    name = text.strip().rstrip(".").lower()
    return name if _HOST.fullmatch(name) and len(name) <= LONGEST_ADDRESS - 1 else ""


def country_code(text: object) -> str:
    """Return an ISO 3166 code in capitals, or ""."""
    code = text.strip().upper() if isinstance(text, str) else ""
    return code if re.fullmatch(r"[A-Z]{2}", code) else ""


def contact(text: object, *, source: str) -> Contact | None:
    """Return the contact that a text is, a mail address or the https address of a form, or None."""
    if not isinstance(text, str):
        return None
    written = text.strip()
    if written[:7].lower() == "mailto:":
        written = written[7:].partition("?")[0]
    if len(written) > LONGEST_ADDRESS:
        return None
    if _MAIL.fullmatch(written):
        return Contact(MAIL, written.lower(), source)
    is_https = written[:8].lower() == "https://" and written.isascii() and written.isprintable()
    if is_https and " " not in written and host_name(web_host(written)):
        return Contact(FORM, written, source)
    return None


def distinct(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return contacts without repetition of an address, in order, MOST_CONTACTS at most."""
    seen = {(one.kind, one.address): one for one in reversed(list(contacts))}
    return tuple(reversed(seen.values()))[:MOST_CONTACTS]


def merged(first: Record, second: Record) -> Record:
    """Return what two registers say of one holder; where both do, the first one counts."""
    return Record(
        name=first.name or second.name,
        handle=first.handle or second.handle,
        country=first.country or second.country,
        prefix=first.prefix or second.prefix,
        asn=first.asn if first.asn is not None else second.asn,
        nameservers=first.nameservers or second.nameservers,
        contacts=distinct((*first.contacts, *second.contacts)),
        source=first.source or second.source,
    )


def about_contacts(contacts: Iterable[Contact], *, is_redacted: bool = False) -> tuple[str, ...]:
    """Return what there is to say of how many abuse contacts were found: none, several, or ()."""
    count = len(list(contacts))
    if count == 0:
        return (NO_ABUSE_CONTACT, REDACTED) if is_redacted else (NO_ABUSE_CONTACT,)
    return (SEVERAL_ABUSE_CONTACTS,) if count > 1 else ()
