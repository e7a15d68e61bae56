"""Ask the registers who holds a name, a network, a system: RDAP first, WHOIS where that is silent.

The caller names the servers (from IANA's bootstrap files); each is vetted like any other.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from balise.takedown.tracing.rules import rdap, registers, whois as whois_rules
from balise.takedown.tracing.rules.rdap import Reading
from balise.takedown.tracing.rules.registers import Problem, Record
from balise.takedown.tracing.tracer import whois
from balise.takedown.tracing.tracer.documents import fetch
from balise.takedown.tracing.tracer.failures import NO_ANSWER, NotUnderstood, TooLong
from balise.takedown.tracing.tracer.reach import Reach

_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?", re.ASCII)
_NOT_FOUND = 404
_OK = 200
MOST_SERVERS = 2

type Reader = Callable[..., Reading]
type Server = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to look up, and which servers to ask; what is empty is not looked up."""

    domain: str = ""
    domain_servers: tuple[str, ...] = ()
    root: str = ""
    address: str = ""
    address_servers: tuple[str, ...] = ()
    asn: int = 0
    asn_servers: tuple[str, ...] = ()
    whois: Server = ("whois.iana.org", whois_rules.WHOIS_PORT)

    def __post_init__(self) -> None:
        """Refuse (ValueError) what may not be in a question to a server."""
        if self.domain and not _NAME.fullmatch(self.domain):
            raise ValueError("not a domain")
        if self.address:
            ip_address(self.address)


@dataclass(slots=True)
class _Told:
    """What was found of one holder so far."""

    about: str
    record: Record = field(default_factory=Record)
    problems: list[Problem] = field(default_factory=list)

    def note(self, codes: Sequence[str], where: str) -> None:
        self.problems += [Problem(self.about, code, where) for code in codes]

    def settle(self) -> None:
        """Count the abuse contacts of all that was asked, once."""
        counted = {registers.NO_ABUSE_CONTACT, registers.SEVERAL_ABUSE_CONTACTS}
        self.problems = [one for one in self.problems if one.code not in counted]
        if self.record.contacts:
            self.problems = [one for one in self.problems if one.code != registers.REDACTED]
        if self.record != Record():
            self.note(registers.about_contacts(self.record.contacts), self.record.source)


async def look_up(reach: Reach, question: Question) -> dict[str, object]:
    """Return the record of each holder that was asked for, and what stayed unknown."""
    asked: list[tuple[str, Awaitable[_Told]]] = []
    if question.domain:
        asked.append(("registrar", _registrar(reach, question)))
        asked.append(("registry", _registry(reach, question)))
    if question.address:
        asked.append(("network", _network(reach, question)))
    if question.asn:
        asked.append(("system", _system(reach, question)))
    told = await asyncio.gather(*(one for _name, one in asked))
    found: dict[str, object] = {
        name: one.record for (name, _asked), one in zip(asked, told, strict=True)
    }
    return found | {"problems": [problem for one in told for problem in one.problems]}


async def _registrar(reach: Reach, question: Question) -> _Told:
    """Ask the registry for the registrar, then the registrar's own register, once."""
    told = _Told("registrar")
    path = f"domain/{question.domain}"
    reading = await _by_rdap(reach, told, question.domain_servers, path, rdap.read_domain)
    if reading is not None and reading.related:
        await _related(reach, told, reading.related)
    if _is_still_asked(told):
        await _domain_by_whois(reach, told, question)
    told.settle()
    return told


async def _related(reach: Reach, told: _Told, url: str) -> None:
    try:
        reading = await _document(reach, url, rdap.read_domain)
    except (*NO_ANSWER, NotUnderstood, TooLong) as failure:
        told.note([_code(failure)], _host_of(url))
        return
    if reading is not None:
        told.record = registers.merged(told.record, reading.record)
        told.note(reading.problems, reading.record.source)


async def _registry(reach: Reach, question: Question) -> _Told:
    """Ask the root who runs the top-level domain."""
    told = _Told("registry")
    suffix = question.domain.rpartition(".")[2]
    servers = (question.root,) if question.root else ()
    await _by_rdap(reach, told, servers, f"domain/{suffix}", rdap.read_registry)
    told.settle()
    return told


async def _network(reach: Reach, question: Question) -> _Told:
    told = _Told("host")
    path = f"ip/{question.address}"
    await _by_rdap(reach, told, question.address_servers, path, rdap.read_network)
    if _is_still_asked(told):
        await _number_by_whois(reach, told, question.whois, question.address)
    told.settle()
    return told


async def _system(reach: Reach, question: Question) -> _Told:
    told = _Told("upstream")
    path = f"autnum/{question.asn}"
    await _by_rdap(reach, told, question.asn_servers, path, rdap.read_system)
    if _is_still_asked(told):
        await _number_by_whois(reach, told, question.whois, f"AS{question.asn}")
    told.settle()
    return told


def _is_still_asked(told: _Told) -> bool:
    """Return whether WHOIS is asked: nothing is known, or nobody to write to."""
    is_settled = any(problem.code == registers.NOT_REGISTERED for problem in told.problems)
    return not told.record.contacts and not is_settled


async def _by_rdap(
    reach: Reach, told: _Told, servers: Sequence[str], path: str, read: Reader
) -> Reading | None:
    """Ask the servers in turn until one answers; note what the matter was with the last."""
    codes, where = [registers.NO_REGISTER], ""
    for server in servers[:MOST_SERVERS]:
        url = f"{server.rstrip('/')}/{path}"
        where = _host_of(url)
        try:
            reading = await _document(reach, url, read)
        except (*NO_ANSWER, NotUnderstood, TooLong) as failure:
            codes = [_code(failure)]
            continue
        if reading is None:
            codes = [registers.NOT_REGISTERED]
            break
        told.record = registers.merged(told.record, reading.record)
        told.note(reading.problems, reading.record.source)
        return reading
    told.note(codes, where)
    return None


async def _document(reach: Reach, url: str, read: Reader) -> Reading | None:
    """Return what one server says; None where it says that it does not know the thing."""
    document = await fetch(reach, url)
    if document.status == _NOT_FOUND:
        return None
    if document.status != _OK:
        raise OSError(document.status)
    reading = read(document.read(), source=f"RDAP {document.host}")
    if reading.record == Record(source=reading.record.source) and reading.problems == (
        registers.NOT_UNDERSTOOD,
    ):
        raise NotUnderstood
    return reading


async def _domain_by_whois(reach: Reach, told: _Told, question: Question) -> None:
    """Ask the root which server knows the suffix, that server, and the registrar's own, once."""
    suffix = question.domain.rpartition(".")[2]
    try:
        server = whois_rules.referral(await whois.ask(reach, question.whois, suffix))
        if server is None:
            told.note([registers.NO_REGISTER], f"WHOIS {question.whois[0]}")
            return
        text = await whois.ask(reach, server, question.domain)
        _take(told, whois_rules.read_domain(text, source=f"WHOIS {server[0]}"))
        registrars = whois_rules.registrar_server(text)
        if registrars is not None and registrars != server:
            text = await whois.ask(reach, registrars, question.domain)
            _take(told, whois_rules.read_domain(text, source=f"WHOIS {registrars[0]}"))
    except (*NO_ANSWER, TooLong) as failure:
        told.note([_code(failure)], "WHOIS")


async def _number_by_whois(reach: Reach, told: _Told, root: Server, number: str) -> None:
    try:
        server = whois_rules.referral(await whois.ask(reach, root, number))
        if server is None:
            told.note([registers.NO_REGISTER], f"WHOIS {root[0]}")
            return
        text = await whois.ask(reach, server, number)
        _take(told, whois_rules.read_network(text, source=f"WHOIS {server[0]}"))
    except (*NO_ANSWER, TooLong) as failure:
        told.note([_code(failure)], "WHOIS")


def _take(told: _Told, reading: Reading) -> None:
    if registers.NOT_UNDERSTOOD in reading.problems:
        told.note([registers.NOT_UNDERSTOOD], reading.record.source)
        return
    is_all_from_whois = told.record == replace(Record(), source=told.record.source)
    told.record = registers.merged(told.record, reading.record)
    if is_all_from_whois or reading.record.contacts:
        told.note([registers.WHOIS_ONLY], reading.record.source)
    told.note(reading.problems, reading.record.source)


def _code(failure: Exception) -> str:
    """Return the code of a failure; a forbidden address has the code of a silent server."""
    if isinstance(failure, TooLong):
        return registers.TOO_LONG
    if isinstance(failure, NotUnderstood):
        return registers.NOT_UNDERSTOOD
    return registers.NO_ANSWER


def _host_of(url: str) -> str:
    """Return the host of a server's address, to say which one was silent."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return registers.words(host, longest=100)
