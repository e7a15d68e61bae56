"""Read a jCard (RFC 7095) as registers write it: a name, where to write. Never fails."""

from collections.abc import Iterator
from dataclasses import dataclass

from balise.takedown.tracing.rules.registers import words

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
