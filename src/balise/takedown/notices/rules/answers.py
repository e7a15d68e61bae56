"""What a recipient says, by which way, and what that would mean for its notice. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy

from balise.takedown.notices.rules.outcomes import Impediment, Outcome

MAX_ANSWER = 20_000  # characters that are kept of one answer


class Via(StrEnum):
    """How something reached us."""

    PAGE = "page"
    MAIL = "mail"
    HAND = "hand"

    @property
    def label(self) -> str:
        return str(_VIAS[self])


class MailKind(StrEnum):
    """What a mail that came in is."""

    ANSWER = "answer"
    AUTOMATIC = "automatic"
    TICKET = "ticket"
    BOUNCE = "bounce"
    DELAYED = "delayed"

    @property
    def label(self) -> str:
        return str(_KINDS[self])

    @property
    def waits_for_a_person(self) -> bool:
        return self is MailKind.ANSWER


class Said(StrEnum):
    """What a recipient says; on the answer page they choose it, in a mail it is only supposed."""

    RECEIVED = "received"
    REMOVED = "removed"
    DISABLED = "disabled"
    ALREADY_GONE = "already-gone"
    REFUSED = "refused"
    NOT_THEIRS = "not-theirs"
    NEEDS_INFORMATION = "needs-information"
    IMPOSSIBLE = "impossible"
    MANIFEST_ERROR = "manifest-error"
    TOO_LITTLE = "too-little-information"

    @property
    def label(self) -> str:
        return str(_SAID[self])

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that this would be; None where nothing has ended."""
        return _OUTCOMES.get(self)

    @property
    def impediment(self) -> Impediment:
        """The ground that is pleaded, or none."""
        return _PLEAS.get(self, Impediment.NONE)

    @property
    def needs_words(self) -> bool:
        """Whether it means little without an explanation."""
        return self in _NEED_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sealed of an answer: the words, and for a mail where they came from."""

    text: str
    sender: str = ""
    subject: str = ""
    attachment_count: int = 0

    def to_payload(self) -> dict[str, str | int]:
        """Return it as it is sealed."""
        return {
            "text": self.text[:MAX_ANSWER],
            "sender": self.sender[:320],
            "subject": self.subject[:500],
            "attachment_count": self.attachment_count,
        }


_PLEAS = {
    Said.IMPOSSIBLE: Impediment.IMPOSSIBLE,
    Said.MANIFEST_ERROR: Impediment.MANIFEST_ERROR,
    Said.TOO_LITTLE: Impediment.TOO_LITTLE,
}
_OUTCOMES = {
    Said.REMOVED: Outcome.REMOVED,
    Said.DISABLED: Outcome.DISABLED,
    Said.ALREADY_GONE: Outcome.ALREADY_GONE,
    Said.REFUSED: Outcome.REFUSED,
    Said.NOT_THEIRS: Outcome.NOT_THEIRS,
}
_NEED_WORDS = frozenset({Said.REFUSED, Said.NEEDS_INFORMATION, *_PLEAS})
_VIAS = {
    Via.PAGE: gettext_lazy("On the answer page"),
    Via.MAIL: gettext_lazy("By e-mail"),
    Via.HAND: gettext_lazy("Noted by hand"),
}
_KINDS = {
    MailKind.ANSWER: gettext_lazy("Someone’s answer"),
    MailKind.AUTOMATIC: gettext_lazy("Automatic answer"),
    MailKind.TICKET: gettext_lazy("Confirmation with a number"),
    MailKind.BOUNCE: gettext_lazy("It came back"),
    MailKind.DELAYED: gettext_lazy("Delayed, still being delivered"),
}
_SAID = {
    Said.RECEIVED: gettext_lazy("We have received the notice and are examining it"),
    Said.REMOVED: gettext_lazy("We have removed it"),
    Said.DISABLED: gettext_lazy("We have disabled access to it, for everyone"),
    Said.ALREADY_GONE: gettext_lazy("It was gone before we checked"),
    Said.REFUSED: gettext_lazy("We do not remove it"),
    Said.NOT_THEIRS: gettext_lazy("We do not host it and cannot act on it"),
    Said.NEEDS_INFORMATION: gettext_lazy("We need information before we decide"),
    Said.IMPOSSIBLE: gettext_lazy("We cannot: force majeure, or impossible in fact"),
    Said.MANIFEST_ERROR: gettext_lazy("We cannot: the notice has an obvious error"),
    Said.TOO_LITTLE: gettext_lazy("We cannot: the notice does not say enough"),
}
