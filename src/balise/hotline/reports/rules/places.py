"""Where a content was found, as one value: a web address in its canonical form, or words."""

from dataclasses import dataclass, field
from uuid import UUID

from balise.hotline.reports.rules.words import PlaceKind
from balise.takedown.tracing.rules.addresses import Address

MOST_PLACES = 50
LONGEST_PLACE = 65_536
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `text` is what the reporter wrote; `canonical` is empty off the web.

    `read_as` holds the codes of what was understood of `text` (`address_words.CHANGES`); it is
    shown to the author, and not stored. `is_chosen`: its author was asked which address `text`
    means, and chose this one.
    """

    kind: PlaceKind
    text: str
    canonical: str = ""
    host: str = ""
    domain: str = ""
    is_ip: bool = False
    service: str = ""
    is_chosen: bool = False
    read_as: tuple[str, ...] = field(default=(), compare=False)

    @property
    def names_one(self) -> bool:
        """Return whether a place off the web names one account, group, player or number.

        A service alone names none, nor does a name without the service where it is known.
        """
        words, service = _plain(self.text), _plain(self.service)
        if self.kind is PlaceKind.PHONE:
            return words != service and any(symbol.isdecimal() for symbol in words)
        return bool(service) and words not in {"", service}

    @property
    def identity(self) -> str:
        """Return what makes two places of one report the same content.

        The canonical address, or off the web the words.
        """
        if self.canonical:
            return self.canonical
        return f"{self.kind}:{_plain(self.service)}:{_plain(self.text)}"

    def identity_in(self, report: UUID) -> str:
        """Return what makes places of two reports the same content.

        Off the web, what names no one account is this report's alone: “Snapchat”, said by two
        children, is not one content.
        """
        if self.canonical or self.names_one:
            return self.identity
        return f"{self.identity}:{report}"

    @property
    def shown(self) -> str:
        """Return the place in one line, for a person."""
        if self.canonical:
            return self.canonical
        return f"{self.service} · {self.text}" if self.service else self.text


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def on_the_web(address: Address, *, text: str, is_chosen: bool = False) -> Place:
    """Return the place of a web address that was read from `text`."""
    return Place(
        kind=PlaceKind.WEB,
        text=text,
        canonical=address.canonical,
        host=address.host,
        domain=address.registrable_domain,
        is_ip=address.is_ip,
        is_chosen=is_chosen,
        read_as=address.changed,
    )


def as_written(text: str, *, refused: str = "") -> Place:
    """Return the place of words that are no address, as they were written.

    `refused` is the code of why they are none: a telephone number is kept as one.
    """
    return elsewhere(kind=PlaceKind.PHONE if refused == "phone" else PlaceKind.APP, text=text)


def elsewhere(*, kind: PlaceKind, text: str, service: str = "") -> Place:
    """Return the place of something that has no web address: a handle, a number, words."""
    return Place(kind=kind, text=text.strip(), service=service.strip())


def to_fields(place: Place) -> dict[str, str | bool]:
    """Return a place as the fields that are sealed."""
    fields: dict[str, str | bool] = {"kind": str(place.kind), "text": place.text}
    if place.canonical:
        fields |= {"canonical": place.canonical, "host": place.host, "domain": place.domain}
    if place.is_ip:
        fields["is_ip"] = True
    if place.is_chosen:
        fields["is_chosen"] = True
    if place.service:
        fields["service"] = place.service
    return fields


def from_fields(fields: dict[str, object]) -> Place:
    """Return the place that `to_fields` wrote."""
    return Place(
        kind=PlaceKind(str(fields["kind"])),
        text=str(fields["text"]),
        canonical=str(fields.get("canonical", "")),
        host=str(fields.get("host", "")),
        domain=str(fields.get("domain", "")),
        is_ip=bool(fields.get("is_ip", False)),
        service=str(fields.get("service", "")),
        is_chosen=bool(fields.get("is_chosen", False)),
    )
