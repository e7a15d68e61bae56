"""What happened to pages. The subject is the page in all its languages."""

from balise.foundation.journal.events import Code, Event


class PagePublished(Event):
    """A page, or a new version of it, is public."""

    name = "awareness.page.published"

    page: int
    language: Code


class ToolEvent(Event):
    """A fact about a tool of the catalogue, in whichever language it is public."""

    kind: Code


class ToolShelved(ToolEvent, name="awareness.tool.shelved"):
    """A tool is in the public catalogue, under this kind."""


class ToolTaken(ToolEvent, name="awareness.tool.taken"):
    """A tool is not in the public catalogue any more, or is under another kind."""


class ToolTopicEvent(Event):
    """A fact about one topic of a tool."""

    topic: Code


class ToolTopicSet(ToolTopicEvent, name="awareness.tool.topic-set"):
    """A tool of the public catalogue is about it."""


class ToolTopicCleared(ToolTopicEvent, name="awareness.tool.topic-cleared"):
    """A tool is not about it any more, or is not public."""


class PageScheduled(Event):
    """A version of a page has a moment at which it will be public."""

    name = "awareness.page.scheduled"

    page: int
    language: Code


class PageHeld(Event):
    """A page was due at its moment and not ready: it has no moment any more."""

    name = "awareness.page.held"

    page: int
    language: Code


class PageUnpublished(Event):
    """A page is not public any more; it may be deleted."""

    name = "awareness.page.unpublished"

    page: int
    language: Code


class RecordHarvested(Event):
    """A record of another catalogue became a draft."""

    name = "awareness.record.harvested"

    page: int
    language: Code


class TranslationChecked(Event):
    """Someone says that a translation has what its original has now."""

    name = "awareness.translation.checked"

    page: int
    language: Code


class EditionMade(Event):
    """The files of a version of a kit are there, and do not change any more."""

    name = "awareness.edition.made"

    page: int
    language: Code
    number: int


class NextVersionAsked(Event):
    """Someone wants to hear of the next version of a kit. The subject is theirs."""

    name = "awareness.follower.asked"


class FollowerConfirmed(Event):
    """The address is theirs: they answered from it."""

    name = "awareness.follower.confirmed"


class FollowerLeft(Event):
    """They do not want to hear of it any more: their address goes."""

    name = "awareness.follower.left"
