"""What a page shows of an event: the words, the hours, how many places are told as free."""

from dataclasses import dataclass

from balise.awareness.events.queries import EventCard
from balise.awareness.events.queries.when import When, when
from balise.awareness.events.rules.facts import Said
from balise.awareness.events.rules.places import shown
from balise.awareness.events.rules.words import EventState
from balise.foundation.clock import now


@dataclass(frozen=True, slots=True)
class Shown:
    """An event in a language. `left` None: fewer than ten places; `is_open`: one may register."""

    card: EventCard
    said: Said
    language: str
    when: When
    is_open: bool
    is_over: bool
    is_cancelled: bool
    is_full: bool
    left: int | None
    taken: int  # of a hundred, for the bar
    waiting: int | None

    @property
    def points(self) -> list[str]:
        """What will be seen, a point each."""
        return [line.strip() for line in self.said.points.splitlines() if line.strip()]


def shown_in(card: EventCard, language: str) -> Shown:
    """Return an event as a page of a language shows it."""
    at, tally = now(), card.tally
    spoken = language if language in card.words else next(iter(card.words), language)
    left = shown(max(tally.left, 0))
    return Shown(
        card=card,
        said=card.said(language),
        language=spoken,
        when=when(card.starts_at, card.ends_at, card.zone),
        is_open=card.closes_at is not None and card.closes_at > at,
        is_over=card.ends_at <= at,
        is_cancelled=card.state is EventState.CANCELLED,
        is_full=bool(tally.capacity) and tally.left <= 0,
        left=left,
        taken=100 - 100 * (left or 0) // tally.capacity if tally.capacity else 0,
        waiting=shown(tally.waiting),
    )
