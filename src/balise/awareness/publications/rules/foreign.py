"""What others say of a resource, in their own words: what a feed or a page was read into.

Pure, and known by a child with limits: it reads no taxonomy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 5_000  # characters of a text
MOST: Final = 60  # values of a field


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignResource:
    """A resource as others told it; a word that they did not say is empty.

    `credits` are names by our roles; `rights` are addresses or words of a licence; `dates` are
    `published` and `reviewed`, as written.
    """

    title: str = ""
    summary: str = ""
    address: str = ""
    language: str = ""
    publisher: str = ""
    kinds: Sequence[str] = ()
    subjects: Sequence[str] = ()
    roles: Sequence[str] = ()
    ages: str = ""
    levels: Sequence[str] = ()
    competences: Sequence[str] = ()
    features: Sequence[str] = ()
    duration: str = ""
    rights: Sequence[str] = ()
    credits: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    paper: str = ""
    paper_bytes: int = 0
    translations: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[tuple[str, str]] = ()  # title, address


def short(text: str) -> str:
    """Return a text on one line, cut where it is longer than any that we keep."""
    return " ".join(text[: 2 * LONGEST].split())[:LONGEST]
