"""Which places of a report are read otherwise today than when it came in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.places import Place
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.meant import meant


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
        return places.on_the_web(read_address(place.text), text=place.text), True
    except AddressRefused:
        likely = meant(place.text).ways[:1]
    if not likely or len(likely[0]) > 1:
        return place, True
    return replace(place, canonical=likely[0][0].canonical), False
