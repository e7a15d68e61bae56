"""Questions of other programs' files, as the rows that a pack has, with what was left out. Pure.

H5P, SCORM and cmi5 are not read: their packages are programs. No picture, sound or script comes
along; of HTML the words alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused

BLANK: Final = "_____"
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
MOST_QUESTIONS: Final = 500
_TAG: Final = re.compile(r"<[^<>]+>")
BLOCKS: Final = frozenset({"br", "p", "div", "li", "tr"})
PLAIN: Final = BLOCKS | {"b", "i", "em", "strong", "span", "u", "sub", "sup", "ul", "ol", "code"}


class FileFaulty(Refused, code="file-faulty"):
    """The file is none of this format."""

    field = "file"


class Why(TextChoices):
    """Why a question of a file was left out."""

    KIND = "kind", _("questions of this kind are not read")
    PICTURE = "picture", _("it has a picture, a sound, a table, a link or a program")
    NO_ANSWER = "no-answer", _("no right answer is told")
    TOO_MANY = "too-many", _("it has more than 26 choices")
    UNREADABLE = "unreadable", _("it cannot be read")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that was not taken: where it stands in the file, its line if known, and why."""

    where: str
    why: Why
    line: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """Questions, as `rules.reading.questions` reads them, and those that were left out."""

    rows: tuple[Mapping[str, Any], ...]
    left_out: tuple[LeftOut, ...]


class Unread(Exception):
    """A question of the file that is left out."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


def words_of(html: str) -> str:
    """Return the words of a text in HTML. Raises Unread for what is more than words."""
    return " ".join(unescape(_TAG.sub(_without, html)).split())


def _without(tag: re.Match[str]) -> str:
    name = tag[0].strip("</>").split()[:1]
    if not name or name[0].lower() not in PLAIN:
        raise Unread(Why.PICTURE)
    return " " if name[0].lower() in BLOCKS else ""


def choices_of(said: Iterable[str], language: str) -> list[dict[str, Any]]:
    """Return choices with their letters, as a pack writes them."""
    found = [{"says": {language: words_of(each)}} for each in said]
    if len(found) > len(LETTERS):
        raise Unread(Why.TOO_MANY)
    return [{"code": letter, **each} for letter, each in zip(LETTERS, found, strict=False)]


class Codes:
    """Codes of questions, made of their titles."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, title: str) -> str:
        """Return a code that no question before it has."""
        first = slugify(title)[:40] or "q"
        found = next(each for each in _tries(first) if each not in self._taken)
        self._taken.add(found)
        return found


def _tries(first: str) -> Iterator[str]:
    yield first
    yield from (f"{first}-{nth}" for nth in count(2))
