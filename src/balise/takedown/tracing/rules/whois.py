"""Read what a WHOIS server answers (RFC 3912): free text, of which only the usual labels are known.

It is asked where RDAP does not answer, and is believed less: `whois-only` goes with what it says.
"""

import re
from collections.abc import Iterator

from balise.takedown.tracing.rules import registers
from balise.takedown.tracing.rules.rdap import Reading
from balise.takedown.tracing.rules.registers import Record, words

MOST_LINES = 2_000
_PAIR = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9 /_.-]{0,50}?)\.{0,30}[ \t]*:[ \t]*(.*)")
# RIPE says it in a comment above the object.
_ABUSE_SENTENCE = re.compile(r"abuse contact for '[^']{1,100}' is '([^']{1,254})'", re.IGNORECASE)
_SERVER = re.compile(r"(?:whois://)?([A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?/?")

_REGISTRAR = ("registrar", "registrar name", "sponsoring registrar")
_REGISTRAR_ID = ("registrar iana id",)
_REGISTRAR_ABUSE = ("registrar abuse contact email", "abuse contact email", "abuse contact")
_NETWORK_ABUSE = ("orgabuseemail", "abuse-mailbox", "abuse email", "abuse-c email")
_HOLDER = ("orgname", "org-name", "organization", "owner", "organisation", "descr")
_NETWORK = ("netname", "network-name", "as-name", "asname")
_PREFIX = ("cidr", "inetnum", "inet6num", "netrange")
_NAMESERVER = ("name server", "nserver", "nameserver", "nameservers", "name servers")
WHOIS_PORT = 43


def referral(text: str) -> tuple[str, int] | None:
    """Return the server that the root of WHOIS says to ask, host and port; None if none."""
    return _server(text, "refer", "whois", "referralserver")


def registrar_server(text: str) -> tuple[str, int] | None:
    """Return the registrar's own server, which the registry refers to; None if it names none."""
    return _server(text, "registrar whois server", "whois server")


def read_domain(text: str, *, source: str) -> Reading:
    """Return a domain's registrar and name servers."""
    found = _labels(text)
    if not any(name in found for name in (*_REGISTRAR, *_NAMESERVER, *_REGISTRAR_ABUSE)):
        return Reading(Record(source=source), (registers.NOT_UNDERSTOOD,))
    contacts, matters = _contacts(found, _REGISTRAR_ABUSE, source=source)
    servers = (registers.host_name(one.split()[0]) for one in _all(found, _NAMESERVER) if one)
    record = Record(
        name=words(_first(found, _REGISTRAR)),
        handle=words(_first(found, _REGISTRAR_ID)),
        nameservers=tuple(dict.fromkeys(filter(None, servers)))[: registers.MOST_NAMESERVERS],
        contacts=contacts,
        source=source,
    )
    return Reading(record, matters)


def read_network(text: str, *, source: str) -> Reading:
    """Return who holds a network or an autonomous system."""
    found = _labels(text)
    sentence = _ABUSE_SENTENCE.search(text)
    if sentence is not None:
        found.setdefault(_NETWORK_ABUSE[0], []).insert(0, sentence[1])
    if not any(name in found for name in (*_HOLDER, *_NETWORK, *_NETWORK_ABUSE)):
        return Reading(Record(source=source), (registers.NOT_UNDERSTOOD,))
    contacts, matters = _contacts(found, _NETWORK_ABUSE, source=source)
    record = Record(
        name=words(_first(found, _HOLDER) or _first(found, _NETWORK)),
        handle=words(_first(found, _NETWORK)),
        country=registers.country_code(_first(found, ("country",))),
        prefix=words(_first(found, _PREFIX)),
        contacts=contacts,
        source=source,
    )
    return Reading(record, matters)


def _labels(text: str) -> dict[str, list[str]]:
    """Return what follows each label, in lower case, in the order of the text."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines()[:MOST_LINES]:
        pair = _PAIR.match(line[:500])
        if pair is not None and pair[2].strip():
            found.setdefault(pair[1].strip().lower(), []).append(pair[2].strip())
    return found


def _all(found: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from found.get(name, ())


def _first(found: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next(_all(found, names), "")


def _contacts(
    found: dict[str, list[str]], names: tuple[str, ...], *, source: str
) -> tuple[tuple[registers.Contact, ...], tuple[str, ...]]:
    read = [registers.contact(one, source=source) for one in _all(found, names)]
    contacts = registers.distinct(one for one in read if one is not None)
    matters = [registers.CONTACT_NOT_USABLE] if None in read else []
    return contacts, (*matters, *registers.about_contacts(contacts))


def _server(text: str, *names: str) -> tuple[str, int] | None:
    for written in _all(_labels(text), names):
        read = _SERVER.fullmatch(written)
        if read is not None:
            return read[1].lower().rstrip("."), int(read[2] or WHOIS_PORT)
    return None
