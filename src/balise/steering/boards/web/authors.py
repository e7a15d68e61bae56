"""Who entered what a figure is made of, in words: roles, never people."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _, pgettext

from balise.foundation.accounts.queries import role_name
from balise.foundation.actors import ActorKind
from balise.foundation.oversight.queries import authors
from balise.foundation.statistics.indicators import Indicator
from balise.steering.indicators.queries.origins import origin_of
from balise.steering.rules.numbers import percent_words

LATEST: Final = 500  # facts that are looked at: all would take as long as the journal is


@dataclass(frozen=True, slots=True)
class Author:
    """A role, or what is no role, and its share of the facts."""

    name: str
    share: str


@dataclass(frozen=True, slots=True)
class Entered:
    """Who recorded the latest facts of a figure, the most frequent first."""

    looked_at: int
    authors: tuple[Author, ...]


def entered_by(one: Indicator) -> Entered | None:
    """Return who recorded the latest facts that a figure is made of; None where there are none."""
    found = authors(origin_of(one).events, latest=LATEST)
    if not found.looked_at:
        return None
    named = [(role_name(code) or _("Someone who has left"), count) for code, count in found.roles]
    named += [(_kind(kind), count) for kind, count in found.others]
    named.sort(key=lambda each: -each[1])
    told = (Author(name, percent_words(count, found.looked_at)) for name, count in named)
    return Entered(found.looked_at, tuple(told))


def _kind(kind: ActorKind) -> str:
    match kind:
        case ActorKind.PUBLIC:
            return pgettext("recorded by", "The public, on our pages")
        case ActorKind.PARTNER:
            return pgettext("recorded by", "Partners, through the API")
        case ActorKind.SYSTEM:
            return pgettext("recorded by", "The platform, by its schedule")
        case ActorKind.STAFF:
            return pgettext("recorded by", "Staff")
