"""The state of content, in plain words for its reporter."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.hotline.reports.rules.words import ContentState, Verdict

type Wording = str | Promise

_OPEN: dict[ContentState, tuple[Wording, str, Wording]] = {
    ContentState.WAITING: (
        _("Received"),
        "note",
        _("We have not examined it yet. We start with the most serious reports."),
    ),
    ContentState.SECOND_LOOK: (
        _("Being examined"),
        "note",
        _("An analyst has examined it. A second one is checking."),
    ),
    # Not closed yet: it can be undone.
    ContentState.CLOSING: (
        _("Being examined"),
        "note",
        _("An analyst is looking at it."),
    ),
    ContentState.REMOVING: (
        _("Illegal: removal requested"),
        "warn",
        _("It is against the law. We have asked for its removal and are checking."),
    ),
    ContentState.REMOVED: (
        _("Removed"),
        "good",
        _("It was against the law, and it has been removed from that address. Thank you."),
    ),
}
_NOT_ASKED: tuple[Wording, str, Wording] = (
    _("Illegal: removal in progress"),
    "warn",
    _("It is against the law. We are looking for someone who can remove it."),
)
_CLOSED: dict[Verdict, tuple[Wording, str, Wording]] = {
    Verdict.ILLEGAL: (
        _("Illegal: not removed"),
        "warn",
        _(
            "It is against the law, but we could not get it removed: there is nobody else we can "
            "ask. If you see it elsewhere, tell us."
        ),
    ),
    Verdict.HARMFUL: (
        _("Not illegal"),
        "plain",
        _(
            "It may be shocking or hurtful, but the law does not forbid it. The site or app may "
            "have its own rules: report it there as well."
        ),
    ),
    Verdict.OUT_OF_SCOPE: (
        _("Handled by another service"),
        "plain",
        _("Your report matters, but another service handles this."),
    ),
    Verdict.GONE: (
        _("Already gone"),
        "good",
        _("It is gone from that address. If you see it again, tell us."),
    ),
    Verdict.UNVERIFIABLE: (
        _("We could not find it"),
        "plain",
        _(
            "We could not find it with the information we have. Send us a message if you can "
            "tell us more."
        ),
    ),
}
_CLOSED_OTHERWISE: tuple[Wording, str, Wording] = (_("Closed"), "plain", _("It was examined."))


@dataclass(frozen=True, slots=True)
class Status:
    """Where one content of a report stands.

    `mark` is the same for the same content and says nothing else of it. `is_asked` says if someone
    was really asked to remove it (first at `asked_at`), `refused_at` when the last one refused,
    `known_before` if another report of it had been sent before.
    """

    place: str
    state: ContentState
    verdict: Verdict | None
    decided_at: datetime | None
    removed_at: datetime | None
    is_asked: bool
    known_before: bool
    asked_at: datetime | None = None
    refused_at: datetime | None = None
    mark: str = ""

    @property
    def label(self) -> Wording:
        """Return the state in two or three words."""
        return self._told[0]

    @property
    def tone(self) -> str:
        """Return how to mark it: note, warn, good or plain."""
        return self._told[1]

    @property
    def words(self) -> Wording:
        """Return what it means for the reporter, in a sentence or two."""
        return self._told[2]

    @property
    def _told(self) -> tuple[Wording, str, Wording]:
        if self.state is ContentState.REMOVING and not self.is_asked:
            return _NOT_ASKED
        if self.state is not ContentState.CLOSED:
            return _OPEN[self.state]
        return _CLOSED.get(self.verdict, _CLOSED_OTHERWISE) if self.verdict else _CLOSED_OTHERWISE
