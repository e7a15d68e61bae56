"""What happened to pages. The subject is the page in all its languages."""

from balise.foundation.journal.events import Code, Event


class PagePublished(Event):
    """A page, or a new version of it, is public."""

    name = "awareness.page.published"

    page: int
    language: Code


class PageScheduled(Event):
    """A version of a page has a moment at which it will be public."""

    name = "awareness.page.scheduled"

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
