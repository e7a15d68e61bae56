"""What happened to an edition."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class EditionOpened(Event, name="steering.edition.opened"):
    template: Code
    day: date
    first: date
    last: date


class EditionChanged(Event, name="steering.edition.changed"):
    """Its days, or what it is compared with, were changed."""

    first: date
    last: date


class SectionWritten(Event, name="steering.section.written"):
    """The words of a page, its place, or whether it is in, were changed."""

    edition: UUID
    section: Code


class EditionFrozen(Event, name="steering.edition.frozen"):
    """It stays as it is; `digest` is of its pages and tables."""

    day: date
    figures: int
    digest: Code


class EditionDrawn(Event, name="steering.edition.drawn"):
    """Its files are kept."""

    files: int


class EditionPublished(Event, name="steering.edition.published"):
    day: date


class LinkGiven(Event, name="steering.link.given"):
    """A member may read the draft until a day; the subject is the link."""

    edition: UUID
    number: int
    until: date


class LinkOpened(Event, name="steering.link.opened"):
    """The bearer of a link opened the draft for the first time."""

    edition: UUID


class CommentMade(Event, name="steering.comment.made"):
    edition: UUID


class CommentAnswered(Event, name="steering.comment.answered"):
    edition: UUID
