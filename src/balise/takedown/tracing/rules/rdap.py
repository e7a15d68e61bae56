"""Read what an RDAP server answers (RFC 9083, redaction RFC 9537). Never fails, never guesses.

Abuse contacts are searched at any depth: the response profile of 2019 §2.4.5 puts them inside the
registrar, ARIN inside the network's holder, others beside it. A contact of another role is never
taken for one, and the abuse contact of a domain's owner is never taken for the registrar's: writing
there would warn the person who published the content.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TypeGuard

from balise.foundation.url import split_url
from balise.takedown.tracing.rules import registers
from balise.takedown.tracing.rules.registers import Contact, Record, words

# Read a jCard (RFC 7095) as registers write it: a name, where to write. Never fails.


_LEAST = 4  # name, parameters, type, value


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. `is_person` where its kind is an individual: that name is not kept."""

    name: str = ""
    organisation: str = ""
    is_person: bool = False
    addresses: tuple[str, ...] = ()
    is_well_formed: bool = True

    @property
    def holder(self) -> str:
        """The organisation, else the name of what is no person; "" otherwise."""
        return self.organisation or ("" if self.is_person else self.name)


def read_card(written: object) -> Card:
    """Return what a `vcardArray` says; an empty card, not well formed, for what is none."""
    match written:
        case None:
            return Card()
        case ["vcard", [*properties]]:
            pass
        case _:
            return Card(is_well_formed=False)
    read: dict[str, list[str]] = {}
    is_well_formed = True
    for one in properties:
        match one:
            case [str(name), _, _, *values] if len(one) >= _LEAST:
                read.setdefault(name.lower(), []).extend(_texts(values))
            case _:
                is_well_formed = False
    # An address of a form is in `contact-uri` (RFC 8605), by some in `url`; some write the mail
    # address itself there.
    addresses = [text for name in ("email", "contact-uri") for text in read.get(name, ())]
    return Card(
        name=words(next(iter(read.get("fn", ())), "")),
        organisation=words(next(iter(read.get("org", ())), "")),
        is_person="individual" in (kind.lower() for kind in read.get("kind", ())),
        addresses=tuple(text.strip() for text in addresses if text.strip()),
        is_well_formed=is_well_formed,
    )


def _texts(values: list[object]) -> Iterator[str]:
    """Yield the texts of a property, whose value may be a list (RFC 7095 §3.3.1.3)."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (part for part in value if isinstance(part, str))


MOST_ENTITIES = 2_000
_OWNER = frozenset({"registrant", "administrative", "technical", "billing"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer says: the holder, what is the matter, and where the registrar says more."""

    record: Record
    problems: tuple[str, ...] = ()
    related: str = ""


@dataclass(frozen=True, slots=True)
class _Entity:
    handle: str
    roles: frozenset[str]
    above: frozenset[str]
    card: Card
    ids: tuple[str, ...]
    is_well_formed: bool


def read_domain(answer: object, *, source: str) -> Reading:
    """Return a domain's registrar, name servers, and the link to the registrar's own register."""
    if not _is(answer, "domain"):
        return _nonsense(source)
    entities = list(_entities(answer))
    registrar = next((one for one in entities if "registrar" in one.roles), None)
    contacts, matters = _abuse(entities, answer, source=source, of_domain=True)
    servers = _members(answer, "nameservers")
    names = (
        registers.host_name(one.get("ldhName") or one.get("unicodeName"))
        for one in servers
        if isinstance(one, dict)
    )
    record = Record(
        name=registrar.card.holder or registrar.card.name if registrar else "",
        handle=next(iter(registrar.ids), "") or registrar.handle if registrar else "",
        nameservers=tuple(filter(None, names))[: registers.MOST_NAMESERVERS],
        contacts=contacts,
        source=source,
    )
    return Reading(record, matters, _related(answer))


def read_network(answer: object, *, source: str) -> Reading:
    """Return who holds a network, its prefix and country, and who announces it if given."""
    if not _is(answer, "ip network"):
        return _nonsense(source)
    entities = list(_entities(answer))
    contacts, matters = _abuse(entities, answer, source=source)
    systems = _members(answer, "arin_originas0_originautnums")
    record = Record(
        name=_holder(entities) or words(answer.get("name")),
        handle=words(answer.get("handle")),
        country=registers.country_code(answer.get("country")),
        prefix=_prefix(answer),
        asn=_asn(systems[0]) if len(systems) == 1 else None,
        contacts=contacts,
        source=source,
    )
    return Reading(record, matters)


def read_system(answer: object, *, source: str) -> Reading:
    """Return who holds an autonomous system."""
    if not _is(answer, "autnum"):
        return _nonsense(source)
    entities = list(_entities(answer))
    contacts, matters = _abuse(entities, answer, source=source)
    record = Record(
        name=_holder(entities) or words(answer.get("name")),
        handle=words(answer.get("handle")),
        country=registers.country_code(answer.get("country")),
        asn=_asn(answer.get("startAutnum")),
        contacts=contacts,
        source=source,
    )
    return Reading(record, matters)


def read_registry(answer: object, *, source: str) -> Reading:
    """Return who runs a top-level domain, from what the root's register says of it."""
    if not _is(answer, "domain"):
        return _nonsense(source)
    entities = list(_entities(answer))
    contacts, matters = _abuse(entities, answer, source=source)
    record = Record(
        name=_holder(entities), handle=words(answer.get("handle")), contacts=contacts, source=source
    )
    return Reading(record, matters)


def _is(answer: object, kind: str) -> TypeGuard[dict[str, object]]:
    # Some servers leave the class out; one that says another class answers something else.
    return isinstance(answer, dict) and answer.get("objectClassName", kind) == kind


def _nonsense(source: str) -> Reading:
    return Reading(Record(source=source), (registers.NOT_UNDERSTOOD,))


def _abuse(
    entities: list[_Entity], answer: object, *, source: str, of_domain: bool = False
) -> tuple[tuple[Contact, ...], tuple[str, ...]]:
    """Return the abuse contacts, and what is wrong with them."""
    found: list[Contact] = []
    matters: list[str] = []
    for one in entities:
        if not one.is_well_formed:
            matters.append(registers.NOT_UNDERSTOOD)
        if "abuse" not in one.roles:
            continue
        if of_domain and _is_owners(one):
            matters.append(registers.OWNERS_CONTACT)
            continue
        for written in one.card.addresses:
            read = registers.contact(written, source=source)
            if read is None:
                matters.append(registers.CONTACT_NOT_USABLE)
            else:
                found.append(read)
    contacts = registers.distinct(found)
    matters += registers.about_contacts(contacts, is_redacted=_is_redacted(answer))
    return contacts, tuple(dict.fromkeys(matters))


def _is_owners(one: _Entity) -> bool:
    """Return whether an abuse contact belongs to a domain's owner and not to its registrar."""
    around = one.roles | one.above
    return bool(around & _OWNER) and "registrar" not in around


def _entities(answer: object) -> Iterator[_Entity]:
    """Yield the entities of an answer with the roles of those that contain them, nearest first."""
    waiting: list[tuple[object, frozenset[str]]] = [
        (one, frozenset()) for one in reversed(_members(answer, "entities"))
    ]
    for _turn in range(MOST_ENTITIES):
        if not waiting:
            return
        one, above = waiting.pop()
        if not isinstance(one, dict):
            yield _Entity("", frozenset(), above, Card(), (), is_well_formed=False)
            continue
        roles = frozenset(
            role.strip().lower() for role in _members(one, "roles") if isinstance(role, str)
        )
        card = read_card(one.get("vcardArray"))
        yield _Entity(
            handle=words(one.get("handle")),
            roles=roles,
            above=above,
            card=card,
            ids=_ids(one),
            is_well_formed=card.is_well_formed and _are_lists(one, "roles", "entities"),
        )
        waiting += [(each, above | roles) for each in reversed(_members(one, "entities"))]


def _ids(entity: dict[str, object]) -> tuple[str, ...]:
    """Return an entity's numbers in IANA's register of registrars."""
    return tuple(
        words(one.get("identifier"))
        for one in _members(entity, "publicIds")
        if isinstance(one, dict) and "registrar" in str(one.get("type", "")).lower()
    )


def _holder(entities: list[_Entity]) -> str:
    holders = (one.card.holder for one in entities if "registrant" in one.roles)
    return next(filter(None, holders), "")


def _is_redacted(answer: object) -> bool:
    """Return whether the server says that it left out whom to write to (RFC 9537)."""
    for one in _members(answer, "redacted"):
        name = one.get("name") if isinstance(one, dict) else None
        said = " ".join(str(part) for part in name.values()) if isinstance(name, dict) else ""
        if "mail" in said.lower() or "abuse" in said.lower():
            return True
    return False


def _related(answer: dict[str, object]) -> str:
    """Return the address of this domain at the registrar's own register; "" without a link."""
    for one in _members(answer, "links"):
        if not isinstance(one, dict) or str(one.get("rel", "")).lower() != "related":
            continue
        place, kind = one.get("href"), str(one.get("type", ""))
        if not isinstance(place, str) or ("rdap" not in kind and "/domain/" not in place):
            continue
        try:
            scheme = split_url(place).scheme
        except ValueError:
            continue
        if scheme in {"https", "http"}:
            return place
    return ""


def _prefix(answer: dict[str, object]) -> str:
    """Return a network's prefixes, one beside the other, or its first and last address; "" if none.

    A network need not be a power of two: its register then gives several prefixes. Those that would
    make it longer than registers.LONGEST_PREFIXES give way to “…”.
    """
    found = dict.fromkeys(_cidrs(answer))
    if found:
        shown = ", ".join(found)
        if len(shown) <= registers.LONGEST_PREFIXES:
            return shown
        return f"{shown[: registers.LONGEST_PREFIXES - 3].rpartition(', ')[0]}, …"
    try:
        ends = [ip_address(str(answer.get(f"{end}Address"))) for end in ("start", "end")]
    except ValueError:
        return ""
    return f"{ends[0]} – {ends[1]}"


def _cidrs(answer: dict[str, object]) -> Iterator[str]:
    for one in _members(answer, "cidr0_cidrs"):
        match one:
            case {"v4prefix": str(first), "length": int(length)}:
                family: type[IPv4Network | IPv6Network] = IPv4Network
            case {"v6prefix": str(first), "length": int(length)}:
                family = IPv6Network
            case _:
                continue
        with suppress(ValueError):
            yield str(family(f"{first}/{length}", strict=False))


def _asn(number: object) -> int | None:
    is_one = isinstance(number, int) and not isinstance(number, bool) and 0 < number < 1 << 32
    return number if is_one and isinstance(number, int) else None


def _members(of: object, name: str) -> list[object]:
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, list) else []


def _are_lists(of: dict[str, object], *names: str) -> bool:
    return all(isinstance(of.get(name, []), list) for name in names)
