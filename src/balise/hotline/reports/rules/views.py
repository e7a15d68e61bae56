"""Saved views of the queue: filters that someone named, to come back to them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

LONGEST_NAME = 40
MOST_VIEWS = 20
# Parameters of the queue's address that a view keeps; a host is its code (`desk.host_code`).
FILTERS = ("state", "category", "age", "of", "mine", "known")


class ViewNameWrong(Refused, code="view-name-wrong"):
    """The name of a view is empty, too long or taken."""

    field = "name"


class NoFilters(Refused, code="view-without-filters"):
    """Without a filter, it is the queue itself."""


class TooManyViews(Refused, code="too-many-views"):
    pass


def read_name(name: str, *, taken: Iterable[str]) -> str:
    """Return a name as it is kept: 1 to 40 characters, on one line.

    Refuses (ViewNameWrong) any other, and one of `taken` whatever its capitals.
    """
    words = " ".join(name.replace("\x00", "").split())
    if not 1 <= len(words) <= LONGEST_NAME:
        raise ViewNameWrong(
            _("The name of a view has from 1 to %(most)d characters.") % {"most": LONGEST_NAME}
        )
    if words.casefold() in {one.casefold() for one in taken}:
        raise ViewNameWrong(_("You already have a view with this name: choose another."))
    return words


def read_filters(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the filters that a view keeps of those of the queue. Refuses (NoFilters) none."""
    kept = {name: chosen[name] for name in FILTERS if chosen.get(name)}
    if not kept:
        raise NoFilters(_("Choose a filter first: a view saves what you chose."))
    return kept


def check_room(count: int) -> None:
    """Refuse (TooManyViews) one more view for someone who has `count`."""
    if count >= MOST_VIEWS:
        raise TooManyViews(
            _("You can save %(most)d views. Delete one first.") % {"most": MOST_VIEWS}
        )
