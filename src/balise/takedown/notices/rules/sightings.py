"""How the centre knows that a content was there: one of its own saw it, or somebody said so.

A notice says “seen there” of a sighting alone: an analyst or a listener who looked, or the watch
that found it online. What was only reported is said to be reported.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SeenBy(TextChoices):
    """Who saw the content where it is, or said that it is there.

    `ANALYST` and `REPORTER` without more are of letters and dossiers of before, and of a line that
    knows that nobody opened it: they stay as they were sent. Of `REPORTED`, nothing else is said.
    """

    REPORTED = "reported", pgettext_lazy("sighting", "Reported to the centre")
    REPORTER = "reporter", pgettext_lazy("sighting", "Reported to the centre")
    LOOKED = "looked", pgettext_lazy("sighting", "Seen by the centre")
    ANALYST = "analyst", pgettext_lazy("sighting", "Opened by the centre")
    WATCH = "watch", pgettext_lazy("sighting", "Found online by the centre’s monitoring")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A content was there at a moment, by whom. By a reporter, it is when they told the centre."""

    at: datetime
    by: SeenBy

    @property
    def is_ours(self) -> bool:
        """Whether the centre saw it, itself or by its watch."""
        return self.by not in {SeenBy.REPORTED, SeenBy.REPORTER}
