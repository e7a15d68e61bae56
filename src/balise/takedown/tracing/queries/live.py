"""Where a host is now: the tracer asks the DNS and the registers, this module combines answers.

What comes back was read from strangers by a process that strangers may have taken over: its shape
is checked to the last field, and no address of this house is believed.
"""

import json
import os
import re
import time
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from balise.foundation.clock import now
from balise.takedown.tracing.queries.lanes import ask_tracer
from balise.takedown.tracing.queries.offline import Trace, trace_ip
from balise.takedown.tracing.rules import registers
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.bootstrap import Bootstrap, BootstrapFaulty, read_bootstrap
from balise.takedown.tracing.rules.cdns import headers_asked
from balise.takedown.tracing.rules.ladder import Registered, Seen, put_together
from balise.takedown.tracing.rules.live import SITE, LiveTrace, Spot
from balise.takedown.tracing.rules.pages import registered_domain
from balise.takedown.tracing.rules.public import IPAddress, is_documentation, is_public
from balise.takedown.tracing.rules.registers import Contact, Problem, Record

# Which registers to ask: IANA's bootstrap files, from a folder or fetched daily and kept on disk.
#
# A file that cannot be fetched is used as it was; one that was never there leaves WHOIS.


FRESH_FOR = timedelta(days=1)
TRY_AGAIN_AFTER = 600.0  # seconds
NOTHING = Bootstrap("", ())
_try_again_at: dict[str, float] = {}


def bootstrap(name: str) -> Bootstrap:
    """Return one of IANA's files (dns, ipv4, ipv6, asn); NOTHING where none could ever be had."""
    source = settings.RDAP_BOOTSTRAP
    if not source.startswith(("https://", "http://")):
        return _read(Path(source) / f"{name}.json")
    kept = settings.HOME / "rdap" / f"{name}.json"
    if not _is_fresh(kept):
        _refresh(kept, f"{source.rstrip('/')}/{name}.json")
    return _read(kept)


def _is_fresh(file: Path) -> bool:
    try:
        age = now().timestamp() - file.stat().st_mtime
    except OSError:
        return False
    return age < FRESH_FOR.total_seconds()


def _refresh(kept: Path, url: str) -> None:
    """Fetch a file through the tracer; whatever goes wrong leaves what is there, for a while."""
    if time.monotonic() < _try_again_at.get(url, 0.0):
        return
    _try_again_at[url] = time.monotonic() + TRY_AGAIN_AFTER
    answer = ask_tracer({"do": "bootstrap", "url": url})
    try:
        read_bootstrap(answer)
    except BootstrapFaulty:
        return
    with suppress(OSError):  # a process that may not write does without
        kept.parent.mkdir(mode=0o750, exist_ok=True)
        with NamedTemporaryFile("w", dir=kept.parent, delete=False) as written:
            json.dump(answer, written)
        os.replace(written.name, kept)  # noqa: PTH105 - in one step, or not at all


def _read(file: Path) -> Bootstrap:
    try:
        return _parsed(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):
        return NOTHING


@lru_cache(maxsize=8)
def _parsed(file: Path, _of: int) -> Bootstrap:
    return read_bootstrap(json.loads(file.read_text(encoding="utf-8")))


# The tracer looks at the DNS and one page, then asks three registers in a row at the longest.
LOOK_SECONDS = 20.0
REGISTERS_SECONDS = 60.0
ROOT = "https://rdap.iana.org/"
_DOCUMENTATION_ASN = range(64_496, 64_512)

type _Text = Annotated[str, StringConstraints(max_length=300)]


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Problem(_Answer):
    about: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,20}$")]
    code: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
    where: _Text = ""

    def read(self) -> Problem:
        return Problem(self.about, self.code, registers.words(self.where))


class _Contact(_Answer):
    kind: _Text
    address: _Text
    source: _Text


class _Record(_Answer):
    name: _Text = ""
    handle: _Text = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    prefix: _Text = ""
    asn: Annotated[int, Field(gt=0, lt=1 << 32)] | None = None
    nameservers: Annotated[list[_Text], Field(max_length=50)] = []
    contacts: Annotated[list[_Contact], Field(max_length=50)] = []
    source: _Text = ""

    def read(self) -> Record:
        """Return the record with its contacts read once more: a form or a mail address, or none."""
        found = (
            registers.contact(one.address, source=registers.words(one.source))
            for one in self.contacts
        )
        return Record(
            name=registers.words(self.name),
            handle=registers.words(self.handle),
            country=self.country,
            prefix=registers.words(self.prefix, longest=registers.LONGEST_PREFIXES),
            asn=self.asn,
            nameservers=_hosts(self.nameservers),
            contacts=registers.distinct(one for one in found if isinstance(one, Contact)),
            source=registers.words(self.source),
        )


class _Looked(_Answer):
    addresses: Annotated[list[_Text], Field(max_length=16)]
    aliases: Annotated[list[_Text], Field(max_length=50)]
    nameservers: Annotated[list[_Text], Field(max_length=50)]
    mail_servers: Annotated[list[_Text], Field(max_length=50)]
    headers: Annotated[dict[_Text, _Text], Field(max_length=50)]
    problems: Annotated[list[_Problem], Field(max_length=50)]


class _Registered(_Answer):
    registrar: _Record = _Record()
    registry: _Record = _Record()
    network: _Record = _Record()
    system: _Record = _Record()
    problems: Annotated[list[_Problem], Field(max_length=200)] = []


def trace_live(host: str) -> LiveTrace:
    """Return where a host or an address is now, who can be told, and what stayed unknown.

    Takes a web address, a host name or an IP address; refuses (AddressRefused) what is none, and
    what is not public. Without a tracer the trace says so, and what the tables here know.
    """
    name, domain, literal = _read_host(host)
    if name.endswith(".onion"):  # nobody outside is told that it was asked for
        return LiveTrace(host=name, domain=domain, at=now(), problems=(Problem(SITE, "tor"),))
    seen, addresses = _look(name, domain=domain)
    if literal is not None and not addresses:
        addresses = (literal,)
    spots = tuple(sorted(map(_spot, addresses), key=_order))
    registered = _registers(domain, spots)
    dates = [trace.data_date for trace in map(_offline, addresses) if trace and trace.data_date]
    return put_together(
        host=name,
        domain=domain,
        at=now(),
        spots=spots,
        seen=seen,
        registered=registered,
        data_date=min(dates, default=None),
    )


def _read_host(written: str) -> tuple[str, str, IPAddress | None]:
    """Return a canonical host, the domain that a registry knows, and the IP address it may be."""
    try:
        literal = ip_address(written.strip().strip("[]"))
    except ValueError:
        address = read_address(written)
        if not address.is_ip:
            return address.host, registered_domain(address.host), None
        literal = ip_address(address.host.strip("[]"))
    if not _may_be_traced(literal):
        raise AddressRefused("private-host")
    return (f"[{literal}]" if literal.version == 6 else str(literal)), "", literal  # noqa: PLR2004


def _may_be_traced(ip: IPAddress) -> bool:
    return is_public(ip) or (settings.DEMONSTRATION and is_documentation(ip))


def _look(host: str, *, domain: str) -> tuple[Seen, tuple[IPAddress, ...]]:
    question: dict[str, object] = {
        "do": "look",
        "host": host,
        "domain": domain,
        "headers": sorted(headers_asked()),
    }
    try:
        found = _Looked.model_validate(ask_tracer(question, seconds=LOOK_SECONDS))
        addresses = tuple(map(ip_address, found.addresses))
    except ValueError:  # pydantic's refusal is one too
        return Seen(problems=(Problem(SITE, "tracer-silent"),)), ()
    if not all(map(_may_be_traced, addresses)):
        return Seen(problems=(Problem("names", "no-public-address"),)), ()
    seen = Seen(
        aliases=_hosts(found.aliases),
        nameservers=_hosts(found.nameservers),
        mail_servers=_hosts(found.mail_servers),
        headers=found.headers,
        problems=tuple(one.read() for one in found.problems),
    )
    return seen, addresses


def _registers(domain: str, spots: tuple[Spot, ...]) -> Registered:
    question: dict[str, object] = {"do": "registers", "whois": _whois_root(domain, spots)}
    if domain:
        question |= {
            "domain": domain,
            "domain_servers": _domain_servers(domain),
            "root": _ours("rdap") if _is_invented(domain) else ROOT,
        }
    asn = spots[0].asn if spots else None
    if spots:
        ip = ip_address(spots[0].address)
        question |= {"address": str(ip), "address_servers": _address_servers(ip)}
    if asn is not None:
        question |= {"asn": asn, "asn_servers": _system_servers(asn)}
    found = _asked_registers(question)
    if asn is None and found.network.asn is not None:
        # The tables here do not know who announces the network, but its register does.
        asn = found.network.asn
        again = {**question, "asn": asn, "asn_servers": _system_servers(asn)}
        for name in ("domain", "domain_servers", "root", "address", "address_servers"):
            again.pop(name, None)
        more = _asked_registers(again)
        return Registered(
            registrar=found.registrar,
            registry=found.registry,
            network=found.network,
            system=more.system,
            problems=(*found.problems, *more.problems),
        )
    return found


def _asked_registers(question: dict[str, object]) -> Registered:
    try:
        found = _Registered.model_validate(ask_tracer(question, seconds=REGISTERS_SECONDS))
    except ValidationError:
        return Registered(problems=(Problem(SITE, "tracer-silent"),))
    return Registered(
        registrar=found.registrar.read(),
        registry=found.registry.read(),
        network=found.network.read(),
        system=found.system.read(),
        problems=tuple(one.read() for one in found.problems),
    )


def _spot(ip: IPAddress) -> Spot:
    trace = _offline(ip)
    if trace is None:
        return Spot(str(ip))
    return Spot(str(ip), trace.country, trace.asn, trace.network)


def _offline(ip: IPAddress) -> Trace | None:
    try:
        return trace_ip(ip)
    except AddressRefused:  # a documentation address, in a demonstration
        return None


def _order(spot: Spot) -> tuple[int, int]:
    """Order addresses so that two traces of one host begin with the same: IPv4 first, by number."""
    ip = ip_address(spot.address)
    return ip.version, int(ip)


def _hosts(names: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(registers.host_name, names)))[: registers.MOST_NAMESERVERS]


# --- which registers: IANA's, or in a demonstration our own for what is invented ---


def _ours(name: str) -> str:
    port = settings.TRACER_LOOPBACK.get(name)
    return f"http://127.0.0.1:{port}/" if port else ""


def _is_invented(domain: str) -> bool:
    return bool(settings.TRACER_LOOPBACK) and re.search(r"(^|\.)example$", domain) is not None


def _domain_servers(domain: str) -> tuple[str, ...]:
    return (_ours("rdap"),) if _is_invented(domain) else bootstrap("dns").for_domain(domain)


def _address_servers(ip: IPAddress) -> tuple[str, ...]:
    if settings.TRACER_LOOPBACK and is_documentation(ip):
        return (_ours("rdap"),)
    return bootstrap(f"ipv{ip.version}").for_address(ip)


def _system_servers(asn: int) -> tuple[str, ...]:
    if settings.TRACER_LOOPBACK and asn in _DOCUMENTATION_ASN:
        return (_ours("rdap"),)
    return bootstrap("asn").for_system(asn)


def _whois_root(domain: str, spots: tuple[Spot, ...]) -> tuple[str, int]:
    is_invented = _is_invented(domain) or any(
        is_documentation(ip_address(spot.address)) for spot in spots
    )
    port: Any = settings.TRACER_LOOPBACK.get("whois")
    return ("127.0.0.1", int(port)) if is_invented and port else ("whois.iana.org", 43)
