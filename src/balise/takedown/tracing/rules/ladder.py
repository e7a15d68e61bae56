"""Combine what names, registers and tables say into one live trace. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from balise.takedown.tracing.rules import registers
from balise.takedown.tracing.rules.cdns import find_cdn
from balise.takedown.tracing.rules.live import LiveTrace, Role, Rung, Spot
from balise.takedown.tracing.rules.registers import Problem, Record

NOTHING = Record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the DNS and the site's own headers say of a host."""

    aliases: tuple[str, ...] = ()
    nameservers: tuple[str, ...] = ()
    mail_servers: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the registers say, each holder once; an empty record where none says anything."""

    registrar: Record = NOTHING
    registry: Record = NOTHING
    network: Record = NOTHING
    system: Record = NOTHING
    problems: tuple[Problem, ...] = ()


def put_together(
    *,
    host: str,
    domain: str,
    at: datetime,
    spots: tuple[Spot, ...],
    seen: Seen,
    registered: Registered,
    data_date: date | None,
) -> LiveTrace:
    """Return the trace: registers first, the tables on this machine where they are silent."""
    first = spots[0] if spots else Spot("")
    network, system = registered.network, registered.system
    asn = first.asn if first.asn is not None else network.asn
    systems = {spot.asn for spot in spots if spot.asn is not None} | ({asn} if asn else set())
    cdn = find_cdn(names=(host, *seen.aliases), networks=systems, headers=seen.headers)
    country = network.country or first.country
    problems = [*seen.problems, *registered.problems]
    if network.country and first.country and network.country != first.country:
        problems.append(Problem(Role.HOST, "country-differs"))
    if cdn is not None:
        problems.append(Problem(Role.HOST, "host-hidden"))
        if not cdn.is_verified:
            problems.append(Problem(Role.CDN, "cdn-not-verified"))
    trace = LiveTrace(
        host=host,
        domain=domain,
        at=at,
        spots=spots,
        aliases=seen.aliases,
        mail_servers=seen.mail_servers,
        country=country,
        asn=asn,
        network=system.name or first.network,
        prefix=network.prefix,
        registrar=registered.registrar.name,
        registry=registered.registry.name,
        nameservers=seen.nameservers or registered.registrar.nameservers,
        cdn=cdn,
        problems=tuple(dict.fromkeys(problems)),
        data_date=data_date,
    )
    return replace(trace, ladder=tuple(_rungs(trace, registered)))


def _rungs(trace: LiveTrace, registered: Registered) -> Iterator[Rung]:
    """Yield who can be told, nearest to the content first.

    Behind a delivery network, the network that the address is in is the delivery network's own: its
    abuse contact is on that step, and the host's step stays empty until the origin is known.
    """
    network, system = registered.network, registered.system
    number = f"AS{trace.asn}" if trace.asn else ""
    if trace.cdn is not None:
        found = (*network.contacts, *system.contacts, *trace.cdn.contacts)
        yield Rung(
            role=Role.CDN,
            name=trace.cdn.name,
            handle=number,
            contacts=registers.distinct(found),
            source=network.source or system.source,
        )
        yield Rung(role=Role.HOST)
    else:
        is_above = _is_another(system, network)
        if network.name or network.contacts or trace.network:
            holder = network if network.name or network.contacts else system
            handle = network.handle if is_above else number  # the number is of who announces it
            yield _rung(Role.HOST, holder, name=holder.name or trace.network, handle=handle)
        if is_above:
            yield _rung(Role.UPSTREAM, system, name=system.name or trace.network, handle=number)
    for role, record in (
        (Role.REGISTRAR, registered.registrar),
        (Role.REGISTRY, registered.registry),
    ):
        if record.name or record.contacts:
            yield _rung(role, record, name=record.name, handle=record.handle)


def _rung(role: Role, record: Record, *, name: str, handle: str) -> Rung:
    return Rung(
        role=role,
        name=name,
        handle=handle,
        country=record.country,
        contacts=record.contacts,
        source=record.source,
    )


def _is_another(system: Record, network: Record) -> bool:
    """Return whether who announces a network is another than who holds it: someone above."""
    if not (system.name or system.contacts) or not (network.name or network.contacts):
        return False
    same_name = system.name.casefold() == network.name.casefold()
    same_desk = {each.address for each in system.contacts} == {
        each.address for each in network.contacts
    }
    return not same_name and not (same_desk and network.contacts)
