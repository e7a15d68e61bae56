"""What a live trace of an invented site finds, without any server: for the demonstration's past."""

from datetime import datetime
from ipaddress import ip_address, ip_network

from balise.takedown.tracing.doubles import world
from balise.takedown.tracing.rules import rdap
from balise.takedown.tracing.rules.ladder import Registered, Seen, put_together
from balise.takedown.tracing.rules.live import LiveTrace, Spot

_REGISTRY = "RDAP rdap.registre.example"
_REGION = "RDAP rdap.region.example"


def invented_trace(host: str, *, at: datetime, address: str = "") -> LiveTrace:
    """Return the trace of a site of the invented world at a moment, as its registers tell it.

    `address` puts it elsewhere in that world than it is now. Raises StopIteration for what is not
    in it.
    """
    site = next(site for site in world.SITES if site.domain == host)
    spot = ip_address(address or site.address)
    net = next(net for net in world.NETS if spot in ip_network(net.prefix))
    registrar = rdap.read_domain(world.domain_answer(site), source=_REGISTRY)
    network = rdap.read_network(world.network_answer(net), source=_REGION)
    system = rdap.read_system(world.system_answer(net.asn), source=_REGION)
    registry = rdap.read_registry(world.registry_answer(), source=_REGISTRY)
    return put_together(
        host=host,
        domain=site.domain,
        at=at,
        spots=(Spot(str(spot), net.country, net.asn, system.record.name),),
        seen=Seen(
            aliases=(site.alias,) if site.alias else (),
            nameservers=(f"ns1.{site.domain}", f"ns2.{site.domain}"),
        ),
        registered=Registered(
            registrar=registrar.record,
            registry=registry.record,
            network=network.record,
            system=system.record,
        ),
        data_date=None,
    )
