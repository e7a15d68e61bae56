"""What a line that a person typed may mean, so that they can be asked which it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balise.takedown.tracing.rules.addresses import Address, AddressRefused, read_address
from balise.takedown.tracing.rules.written import (
    OUTSIDE,
    apart,
    candidates,
    has_space,
    unwrapped,
    without_tail,
)

type Way = tuple[Address, ...]

# A word that goes on with a path rather than with a sentence: `images/a.png`, `?page=2`.
_GOES_ON = re.compile(r"[/?=%]|\.[a-z]\w{1,4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The ways to read a line, the likely first; each is the addresses that it names.

    `asks` says that more than one is likely, or that words would be left out. Without a way,
    `refused` says why.
    """

    ways: tuple[Way, ...]
    asks: bool = False
    refused: AddressRefused | None = None


def meant(line: str) -> Meant:
    """Return what a line may mean."""
    pieces = apart(line)
    if len(pieces) > 1:
        one_word = not has_space(line)
        return Meant(_readable([pieces, [line]] if one_word else [pieces]), asks=one_word)
    bare = unwrapped(pieces[0])
    try:
        address = read_address(line)
    except AddressRefused as refusal:
        ways = _readable(_ended(bare)) if refusal.code == "words-after" else ()
        return Meant(ways, asks=bool(ways), refused=None if ways else refusal)
    others: list[list[str]] = []
    if "tail-kept" in address.changed:
        others.append([without_tail(bare)])
    if "spaces-encoded" in address.changed:
        others.append([without_tail(bare.split()[0])])
        if "\t" in bare:  # what browsers make of a tab that is pasted
            others.append(["".join(bare.split("\t"))])
    ways = _readable([[line], *others]) if others else ((address,),)
    return Meant(ways, asks=bool(others))


def _ended(text: str) -> Iterator[list[str]]:
    """Yield where an address may end that words follow, the likely first."""
    found = next(candidates(text), "")
    begins = text.find(found)
    after = text[begins + len(found) :]
    whole, alone = [text[begins:].strip(OUTSIDE)], [found]
    yield from (whole, alone) if _GOES_ON.search(after) else (alone, whole)
    if after.lstrip().startswith("/"):
        yield ["".join(text[begins:].split())]


def _readable(ways: Iterator[list[str]] | list[list[str]]) -> tuple[Way, ...]:
    """Return the ways of which each address can be read, each once."""
    found: dict[tuple[str, ...], Way] = {}
    for texts in ways:
        try:
            way = tuple(read_address(text) for text in texts)
        except AddressRefused:
            continue
        found.setdefault(tuple(address.canonical for address in way), way)
    return tuple(found.values())
