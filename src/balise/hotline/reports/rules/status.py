"""Where a content stands, in plain words for whoever reported it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.hotline.reports.rules.words import State, Verdict

type Wording = str | Promise

_OPEN: dict[State, tuple[Wording, str, Wording]] = {
    State.WAITING: (
        _("Received"),
        "note",
        _("An analyst has not looked at it yet. The most serious reports come first."),
    ),
    State.SECOND_LOOK: (
        _("Being examined"),
        "note",
        _("An analyst has looked at it. A second one is checking."),
    ),
    # Not closed yet: it can be undone.
    State.CLOSING: (
        _("Being examined"),
        "note",
        _("An analyst is looking at it."),
    ),
    State.REMOVING: (
        _("Illegal: we are having it removed"),
        "warn",
        _("The law forbids it. We have asked for its removal and see whether it is done."),
    ),
    State.REMOVED: (
        _("Removed"),
        "good",
        _("The law forbids it, and it is gone from that place. Thank you."),
    ),
}
_NOT_ASKED: tuple[Wording, str, Wording] = (
    _("Illegal: we are working to have it removed"),
    "warn",
    _("The law forbids it. We are looking for whoever can remove it."),
)
_CLOSED: dict[Verdict, tuple[Wording, str, Wording]] = {
    Verdict.ILLEGAL: (
        _("Illegal: we could not have it removed"),
        "warn",
        _(
            "The law forbids it, and we have tried what we could: nobody is left to ask who can "
            "remove it from that place. If you see it elsewhere, tell us."
        ),
    ),
    Verdict.HARMFUL: (
        _("Not illegal"),
        "plain",
        _(
            "It may be shocking or hurtful, but the law does not forbid it. The site or the "
            "application may still have rules of its own: report it there as well."
        ),
    ),
    Verdict.OUT_OF_SCOPE: (
        _("Not for us"),
        "plain",
        _("What you told us is real, but another service deals with it."),
    ),
    Verdict.GONE: (
        _("Already gone"),
        "good",
        _("It is no longer there. If you see it again, tell us."),
    ),
    Verdict.UNVERIFIABLE: (
        _("We could not see it"),
        "plain",
        _("We could not reach it with what we had. A message from you may help us."),
    ),
}
_CLOSED_OTHERWISE: tuple[Wording, str, Wording] = (_("Closed"), "plain", _("It was examined."))


@dataclass(frozen=True, slots=True)
class Status:
    """Where one content of a report stands.

    `is_asked` says if someone was really asked to remove it, `known_before` if it had been
    reported before.
    """

    place: str
    state: State
    verdict: Verdict | None
    decided_at: datetime | None
    removed_at: datetime | None
    is_asked: bool
    known_before: bool

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
        if self.state is State.REMOVING and not self.is_asked:
            return _NOT_ASKED
        if self.state is not State.CLOSED:
            return _OPEN[self.state]
        return _CLOSED.get(self.verdict, _CLOSED_OTHERWISE) if self.verdict else _CLOSED_OTHERWISE
