"""A briefing or an exchange sheet as PDF: a title, a few facts, sections. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files

from balise.foundation.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section: its title, a line below it, its paragraphs."""

    title: str
    said: str = ""
    text: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a paper: parts, or a table whose first column names the rows."""

    title: str
    parts: Sequence[Part] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says, in its language; `page` is the word before a page's number."""

    language: str
    title: str
    organisation: str
    said: str
    page: str
    lead: Sequence[str] = ()
    facts: Sequence[Sequence[str]] = ()
    sections: Sequence[Section] = field(default_factory=tuple)


def printed(paper: Paper) -> bytes:
    """Return a paper as PDF/UA; the same words are the same octets."""
    told: Mapping[str, object] = asdict(paper)
    return typeset(files(__package__).joinpath("paper.typ"), told, timestamp=0)


def paragraphs(text: str) -> Sequence[str]:
    """Return the paragraphs of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]
