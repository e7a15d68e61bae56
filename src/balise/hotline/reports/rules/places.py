"""Where a content was found, as one value: a web address in its canonical form, or words."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from balise.hotline.reports.rules.words import PlaceKind
from balise.takedown.tracing.rules.addresses import Address, AddressRefused, read_address
from balise.takedown.tracing.rules.meant import meant

MOST_PLACES = 50
LONGEST_PLACE = 65_536
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `text` is what the reporter wrote; `canonical` is empty off the web.

    `read_as` holds the codes of what was understood of `text` (`CHANGES` of the addresses); it is
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


# Which places of a report are read otherwise today than when it came in.


@dataclass(frozen=True, slots=True)
class Change:
    """A place as it was read, and as its words are read today.

    Where words follow the address, `after` is only the likely one: a person has to look.
    """

    before: Place
    after: Place
    is_sure: bool


def changes(found: Sequence[Place]) -> Iterator[Change]:
    """Yield the places whose words name another address today, and that nobody chose."""
    for place in found:
        again, is_sure = _again(place)
        if again.canonical != place.canonical:
            yield Change(place, again, is_sure)


def read_again(found: Sequence[Place], some: Iterable[Change]) -> tuple[Place, ...]:
    """Return places with some changes made."""
    after = {id(change.before): change.after for change in some}
    return tuple(after.get(id(place), place) for place in found)


def _again(place: Place) -> tuple[Place, bool]:
    if not place.canonical or place.is_chosen:
        return place, True
    try:
        return on_the_web(read_address(place.text), text=place.text), True
    except AddressRefused:
        likely = meant(place.text).ways[:1]
    if not likely or len(likely[0]) > 1:
        return place, True
    return replace(place, canonical=likely[0][0].canonical), False


# The certificate of filing: what it states, so that the same words are signed and checked.


_STATEMENT = "balise/certificate/v1"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a certificate states: that this report, with these places, was filed at this moment.

    `fingerprint` is the SHA-256 (64 hexadecimal digits) of the places, each on its line as it was
    written, after the report's number, which serves as salt.
    """

    number: UUID
    filed_at: datetime
    fingerprint: str

    @property
    def message(self) -> bytes:
        """Return the bytes that are signed (Ed25519)."""
        filed_at = self.filed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{_STATEMENT}|{self.number}|{filed_at}|{self.fingerprint}".encode()


def statement(*, number: UUID, filed_at: datetime, places: Iterable[Place]) -> Statement:
    """Return what the certificate of a report states."""
    lines = [str(number), *(place.text for place in places)]
    fingerprint = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Statement(number, filed_at, fingerprint)
