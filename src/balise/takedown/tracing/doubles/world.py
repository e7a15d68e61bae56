"""The invented world that our registers know: `.example` names, documentation numbers.

Answers are written as real registers write them, each in its own way: the abuse contact inside the
registrar, beside it, as a form, twice, left out, or only in WHOIS.
"""

from dataclasses import dataclass

type Entity = dict[str, object]


@dataclass(frozen=True, slots=True)
class Site:
    """A site: where its name leads, and who registered it."""

    domain: str
    address: str
    registrar: str
    alias: str = ""


_SITES = (
    Site("images.example", "192.0.2.10", "Bureau Exemple"),
    Site("videos.example", "192.0.2.11", "Bureau Exemple"),
    Site("forum.example", "198.51.100.20", "Noms Exemple"),
    Site("reseau.example", "198.51.100.30", "Bureau Exemple"),
    Site("reseau-images.example", "198.51.100.31", "Bureau Exemple"),
    Site("hebergeur.example", "203.0.113.40", "Noms Exemple"),
    Site("cache.example", "203.0.113.200", "Bureau Exemple", alias="cache.relais.example"),
)


# The invented platforms of removals: their names lead somewhere, and nobody answers there.
_PLATFORMS = (
    *("papotin", "clipeo", "mirador", "vagolo", "zigzago", "bullette", "cachette", "tchatcha"),
    *("forumix", "ploufette", "grisou", "rebondi", "azurin", "nuellia", "cabanou", "lucarne"),
    "muraille",
)
SITES = (
    *_SITES,
    *(
        Site(f"{name}.example", f"198.51.100.{100 + place}", "Bureau Exemple")
        for place, name in enumerate(_PLATFORMS)
    ),
)


@dataclass(frozen=True, slots=True)
class Net:
    """A network: its prefix, who holds it, who announces it, where they are told."""

    prefix: str
    holder: str
    country: str
    asn: int
    abuse: str


NETS = (
    Net("192.0.2.0/24", "Images Example", "NL", 64501, "abuse@images.example"),
    Net("198.51.100.0/24", "Cloud Example", "US", 64502, "abuse@cloud.example"),
    Net("203.0.113.0/25", "Hébergeur Exemple", "FR", 64500, "abuse@hebergeur.example"),
    Net("203.0.113.128/25", "Relais Exemple", "IE", 64511, "abuse@relais.example"),
)

SYSTEMS = {
    64500: ("Hébergeur Exemple", "FR", "abuse@hebergeur.example"),
    64501: ("Transit Exemple", "DE", "noc-abuse@transit.example"),
    64502: ("Cloud Example", "US", "abuse@cloud.example"),
    64511: ("Relais Exemple", "IE", "abuse@relais.example"),
}

REGISTRARS = {
    "Bureau Exemple": ("9990", "https://www.bureau.example/abus"),
    "Noms Exemple": ("9991", "abuse@noms.example"),
}


def card(*properties: tuple[str, str, str], kind: str = "org") -> list[object]:
    """Return a jCard of properties (name, type, value)."""
    listed: list[list[object]] = [["version", {}, "text", "4.0"], ["kind", {}, "text", kind]]
    return ["vcard", [*listed, *([name, {}, form, value] for name, form, value in properties)]]


def abuse(address: str) -> Entity:
    """Return an entity with the abuse role, to be written to by mail or through a form."""
    is_form = address.startswith("https://")
    where = ("contact-uri", "uri", address) if is_form else ("email", "text", address)
    return {
        "objectClassName": "entity",
        "roles": ["abuse"],
        "vcardArray": card(("fn", "text", "Abuse desk"), where),
    }


def holder(name: str, *inside: Entity) -> Entity:
    """Return who holds something, with entities inside."""
    return {
        "objectClassName": "entity",
        "roles": ["registrant"],
        "vcardArray": card(("fn", "text", name)),
        "entities": list(inside),
    }


def domain_answer(site: Site) -> Entity:
    """Return what a registry says of a domain: the abuse desk is in the registrar."""
    number, address = REGISTRARS[site.registrar]
    return {
        "objectClassName": "domain",
        "ldhName": site.domain,
        "nameservers": [{"objectClassName": "nameserver", "ldhName": f"ns1.{site.domain}"}],
        "entities": [
            {
                "objectClassName": "entity",
                "handle": number,
                "roles": ["registrar"],
                "publicIds": [{"type": "IANA Registrar ID", "identifier": number}],
                "vcardArray": card(("fn", "text", site.registrar)),
                "entities": [abuse(address)],
            }
        ],
    }


def network_answer(net: Net) -> Entity:
    """Return what a regional register says of a network: the abuse desk is in its holder."""
    first, _slash, length = net.prefix.partition("/")
    return {
        "objectClassName": "ip network",
        "handle": f"NET-{net.asn}",
        "country": net.country,
        "cidr0_cidrs": [{"v4prefix": first, "length": int(length)}],
        "arin_originas0_originautnums": [net.asn],
        "entities": [holder(net.holder, abuse(net.abuse))],
    }


def system_answer(asn: int) -> Entity:
    """Return what a regional register says of an autonomous system: the abuse desk is beside."""
    name, country, address = SYSTEMS[asn]
    return {
        "objectClassName": "autnum",
        "startAutnum": asn,
        "endAutnum": asn,
        "country": country,
        "entities": [holder(name), abuse(address)],
    }


def registry_answer() -> Entity:
    """Return what the root says of `.example`."""
    return {
        "objectClassName": "domain",
        "ldhName": "example",
        "entities": [holder("Registre Exemple"), abuse("abuse@registre.example")],
    }
