"""What happened to the notebook, to briefings, and to those who receive them."""

from datetime import date
from uuid import UUID

from balise.awareness.partnership.trends.rules.notebook import ReferenceKind, Source, UseState
from balise.foundation.journal.events import Code, Event


class UseNoticed(Event, name="awareness.use.noticed"):
    """Someone wrote down an emerging use."""

    topic: Code
    source: Source
    first_seen: date


class UseChanged(Event, name="awareness.use.changed"):
    """What is written of it was changed."""


class UseMoved(Event, name="awareness.use.moved"):
    """It was confirmed, or is over."""

    state: UseState
    day: date


class ReferenceNoted(Event, name="awareness.reference.noted"):
    kind: ReferenceKind
    topic: Code


class SheetWritten(Event, name="awareness.sheet.written"):
    """An exchange sheet of an emerging use was written, or changed; the subject is the use."""


class SheetExported(Event, name="awareness.sheet.exported"):
    """An exchange sheet left as a file."""

    form: Code


class BriefingDrafted(Event, name="awareness.briefing.drafted"):
    """A briefing is being prepared, or its choice changed."""


class BriefingSent(Event, name="awareness.briefing.sent"):
    """An edition is frozen, and leaves. `corrects` is the edition that it corrects."""

    number: int
    uses: int
    rises: int
    corrects: UUID | None


class ReaderAsked(Event, name="awareness.reader.asked"):
    """A partner's contact asked for briefings. The subject is theirs."""

    organisation: UUID


class ReaderConfirmed(Event, name="awareness.reader.confirmed"):
    """The address is theirs: they answered from it."""


class ReaderLeft(Event, name="awareness.reader.left"):
    """They do not want briefings: their address goes."""
