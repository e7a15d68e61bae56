"""What may be closed with others, unread, and what never: each obstacle has its name."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.words import ContentState

UNDO_FOR = timedelta(minutes=10)
MOST_TOGETHER = 50  # as many as a page of the queue shows
_STAMP_BYTES = 8


class Obstacle(TextChoices):
    """Why a content is not closed with others; the gravest first."""

    DANGER = "danger", pgettext_lazy("obstacle", "Someone may be in danger")
    MINOR = "minor", pgettext_lazy("obstacle", "A minor reported it")
    PROTECTED = "protected", pgettext_lazy("obstacle", "Its category is never closed unread")
    NOT_SHOWN = "not-shown", pgettext_lazy("obstacle", "The page did not show it")
    CHANGED = "changed", pgettext_lazy("obstacle", "It changed since the page was shown")
    HELD = "held", pgettext_lazy("obstacle", "Someone is working on it")
    NOT_WAITING = "not-waiting", pgettext_lazy("obstacle", "No longer waiting for a first review")


class NotTogether(Refused, code="not-together"):
    """Some of the chosen content may not be closed with others: nothing was closed."""


class NotToUndo(Refused, code="not-to-undo"):
    """The closing has taken effect, or was undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a content that someone wants to close with others.

    `stamp` is of now, `shown` the one that the page had: "" for a content that it did not show.
    """

    state: ContentState
    danger: bool
    minor: bool
    is_protected: bool
    is_held_by_another: bool
    stamp: str
    shown: str


class Whose(NamedTuple):
    """The names of colleagues who decided some of the contents, and who work on some, by name."""

    decided: Sequence[str]
    held: Sequence[str]


NOBODY: Final = Whose((), ())


def stamp(*facts: object) -> str:
    """Return a short code for what a page shows of a content: another as soon as that changes."""
    return blake2s(repr(facts).encode(), digest_size=_STAMP_BYTES).hexdigest()


def obstacles(facts: Facts) -> tuple[Obstacle, ...]:
    """Return why a content is not closed with others; () for one that may be."""
    return tuple(_obstacles(facts))


def obstacles_to_copy(facts: Facts) -> tuple[Obstacle, ...]:
    """Return why a content does not take the verdict of its copy; () for one that may.

    Danger and a minor are none: nobody looks at known content again, and what a report says of a
    person goes before someone at once.
    """
    return tuple(_moved(facts))


def check_together(found: Collection[tuple[Obstacle, ...]], *, whose: Whose = NOBODY) -> None:
    """Refuse to close where one of the contents has an obstacle, where none was chosen, or more
    than a page shows. `whose` colleagues were quicker is said with it.
    """
    if not found:
        raise NotTogether(str(_("Nothing selected.")))
    if len(found) > MOST_TOGETHER:
        raise NotTogether(str(_("Too many results for one page.")))
    if any(found):
        said = [str(_("Something has changed: nothing was closed. Check the list again."))]
        if whose.decided:
            said.append(_("Decided by: %(names)s.") % {"names": ", ".join(whose.decided)})
        if whose.held:
            said.append(_("In the hands of: %(names)s.") % {"names": ", ".join(whose.held)})
        raise NotTogether(" ".join(said))


def check_can_undo(ended_at: datetime | None, *, is_undone: bool) -> None:
    """Refuse to undo what has taken effect, or was undone."""
    if is_undone:
        raise NotToUndo(str(_("It was undone already: nothing changes.")))
    if ended_at is not None:
        raise NotToUndo(str(_("Too late to undo: reopen the content you want back.")))


def _obstacles(facts: Facts) -> Iterator[Obstacle]:
    if facts.danger:
        yield Obstacle.DANGER
    if facts.minor:
        yield Obstacle.MINOR
    if facts.is_protected:
        yield Obstacle.PROTECTED
    yield from _moved(facts)


def _moved(facts: Facts) -> Iterator[Obstacle]:
    if facts.state is not ContentState.WAITING:
        yield Obstacle.NOT_WAITING
    elif not facts.shown:
        yield Obstacle.NOT_SHOWN
    elif facts.shown != facts.stamp:
        yield Obstacle.CHANGED
    if facts.is_held_by_another:
        yield Obstacle.HELD
