"""What a live trace found: where a host is, who can act at which step, and what stayed unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.takedown.tracing.rules import registers
from balise.takedown.tracing.rules.cdns import Cdn
from balise.takedown.tracing.rules.registers import Contact, Problem


class Role(TextChoices):
    """Who can act against a content, in the order in which they are asked."""

    CDN = "cdn", _("Delivery network")
    HOST = "host", _("Host")
    UPSTREAM = "upstream", _("Upstream network")
    REGISTRAR = "registrar", _("Registrar")
    REGISTRY = "registry", _("Registry")


# Whom a problem is about, beyond the roles.
NAMES = "names"
SITE = "site"

PROBLEMS: Mapping[str, Promise] = {
    registers.NO_ANSWER: _("No answer."),
    registers.NOT_UNDERSTOOD: _("The answer, or part of it, is malformed."),
    registers.TOO_LONG: _("The answer is too long: it was not read."),
    registers.NO_REGISTER: _("No known source to ask."),
    registers.NOT_REGISTERED: _("The register does not know it."),
    registers.NO_ABUSE_CONTACT: _("No abuse contact is given."),
    registers.SEVERAL_ABUSE_CONTACTS: _("Several abuse contacts are given: choose."),
    registers.REDACTED: _("The register withheld the contact."),
    registers.CONTACT_NOT_USABLE: _("The abuse contact given cannot receive e-mail."),
    registers.OWNERS_CONTACT: _(
        "The abuse contact given is that of the site’s own owner: it was left out."
    ),
    registers.WHOIS_ONLY: _("Known only from WHOIS, which is free text: check it."),
    "no-public-address": _("The name leads to no public address."),
    "host-hidden": _("The host is hidden behind a delivery network: ask that network for it."),
    "cdn-not-verified": _(
        "The delivery network’s contacts come from general knowledge: check them before use."
    ),
    "country-differs": _("The register and the data on this machine disagree on the country."),
    "tor": _("It is on the Tor network: no register knows who hosts it."),
    "tracer-silent": _("The tracer did not answer."),
}


def problem_words(problem: Problem) -> str:
    """Return a problem in words: whom it is about, and what is wrong."""
    try:
        about = str(Role(problem.about).label)
    except ValueError:
        about = str(_("Names")) if problem.about == NAMES else str(pgettext_lazy("trace", "Site"))
    said = PROBLEMS.get(problem.code)
    return f"{about} – {said if said is not None else problem.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One who can be told, with every way to tell them and where each was found."""

    role: Role
    name: str = ""
    handle: str = ""
    country: str = ""
    contacts: tuple[Contact, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One of a host's addresses, by the tables on this machine."""

    address: str
    country: str = ""
    asn: int | None = None
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTrace:
    """Where a host was at a moment. "" and None are what nobody says; `problems` says why.

    `network` is the autonomous system's holder, `prefix` the network that the address is in.
    `data_date` is of the tables on this machine; all else is of `at`.
    """

    host: str
    domain: str
    at: datetime
    spots: tuple[Spot, ...] = ()
    aliases: tuple[str, ...] = ()
    mail_servers: tuple[str, ...] = ()
    country: str = ""
    asn: int | None = None
    network: str = ""
    prefix: str = ""
    registrar: str = ""
    registry: str = ""
    nameservers: tuple[str, ...] = ()
    cdn: Cdn | None = None
    ladder: tuple[Rung, ...] = ()
    problems: tuple[Problem, ...] = ()
    data_date: date | None = None

    @property
    def contacts(self) -> tuple[tuple[Role, Contact], ...]:
        """Every contact with its step, in the order of escalation."""
        return tuple((rung.role, contact) for rung in self.ladder for contact in rung.contacts)

    @property
    def asks(self) -> tuple[str, ...]:
        """What to ask the delivery network for, in words; () where there is none."""
        return what_to_ask(self.cdn) if self.cdn is not None else ()

    @property
    def said(self) -> tuple[str, ...]:
        """What stayed unknown or doubtful, in words, each once."""
        return tuple(dict.fromkeys(map(problem_words, self.problems)))

    def rung(self, role: Role) -> Rung | None:
        """Return one step, or None where nobody is on it."""
        return next((rung for rung in self.ladder if rung.role is role), None)

    @property
    def is_known(self) -> bool:
        """Whether anything was found out about where the host is."""
        return bool(self.asn or self.network or self.country or self.cdn)


def what_to_ask(cdn: Cdn) -> tuple[str, ...]:
    """Return what to ask a delivery network for, in words, so that the host itself can be told."""
    name = {"network": cdn.name}
    return (
        str(_("Which host serves this address behind %(network)s: its name and abuse contact."))
        % name,
        str(_("The origin’s IP address, where you may disclose it to us.")),
        str(_("To pass our notice on to that host, and tell us when you did.")),
        str(_("To stop delivering and keeping copies of what the notice names.")),
    )


# When a content has changed hands: which differences between two traces mean another host.


LONGEST_CODE = 40
_NAME_LEADS_NOWHERE = "no-public-address"
_TRACER_SILENT = "tracer-silent"


class Found(TextChoices):
    """What a trace found out about where a host is."""

    HOST = "host", pgettext_lazy("trace", "The trace found who hosts it.")
    NOTHING = (
        "nothing",
        pgettext_lazy(
            "trace", "The trace found nobody: neither names nor registers say who hosts it."
        ),
    )
    NOWHERE = "nowhere", pgettext_lazy("trace", "The name leads to no public address.")
    SILENT = "silent", pgettext_lazy("trace", "The tracer did not answer: no request was made.")
    NO_NAME = "no-name", pgettext_lazy("trace", "Not at a public web address: nothing to trace.")


def found_by(trace: LiveTrace) -> Found:
    """Return what a trace found out.

    A name that leads nowhere has no address, whatever the registers say of its domain.
    """
    codes = {problem.code for problem in trace.problems}
    if trace.is_known:
        return Found.HOST
    if _TRACER_SILENT in codes:
        return Found.SILENT
    return Found.NOWHERE if _NAME_LEADS_NOWHERE in codes else Found.NOTHING


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose network a content is in: it is compared, and may be stored in clear."""

    asn: int | None = None
    network: str = ""
    country: str = ""
    cdn: str = ""


def hands_of(trace: LiveTrace) -> Hands:
    """Return whose network a trace found."""
    return Hands(trace.asn, trace.network, trace.country, trace.cdn.code if trace.cdn else "")


def are_the_same(known: Hands, found: Hands, *, systems: Iterable[int] = ()) -> bool:
    """Return whether a content is still with the same host.

    What nobody says is no difference: a register that is silent today moves nobody. A name that
    leads to several networks is still at home as long as one of them (`systems`) is the known one.
    The country alone is no other host, and neither is another spelling of its name.
    """
    if known.cdn and found.cdn and known.cdn != found.cdn:
        return False
    if known.asn is not None and found.asn is not None:
        return known.asn == found.asn or known.asn in set(systems)
    if known.asn is None and found.asn is None and known.network and found.network:
        return known.network.casefold() == found.network.casefold()
    return True


def put_right(known: Hands, found: Hands) -> Hands:
    """Return what to keep of the same host: what was found now, what was known where it is silent.

    The system stays the known one where a name leads to several.
    """
    if known.asn is not None and found.asn != known.asn:
        return known
    return Hands(
        found.asn if found.asn is not None else known.asn,
        found.network or known.network,
        found.country or known.country,
        found.cdn or known.cdn,
    )
