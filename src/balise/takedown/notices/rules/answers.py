"""What a recipient says, by which way, and what that would mean for its notice. Pure."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.takedown.notices.rules.outcomes import Impediment, Outcome

MAX_ANSWER = 20_000  # characters that are kept of one answer


class Via(TextChoices):
    """How something reached us."""

    PAGE = "page", _("On the answer page")
    MAIL = "mail", _("By e-mail")
    HAND = "hand", _("Noted by hand")


class MailKind(TextChoices):
    """What a mail that came in is."""

    ANSWER = "answer", _("Someone’s answer")
    AUTOMATIC = "automatic", _("Automatic answer")
    TICKET = "ticket", _("Confirmation with a number")
    BOUNCE = "bounce", _("It came back")
    DELAYED = "delayed", _("Delayed, still being delivered")

    @property
    def waits_for_a_person(self) -> bool:
        return self is MailKind.ANSWER


class Said(TextChoices):
    """What a recipient says; on the answer page they choose it, in a mail it is only supposed."""

    RECEIVED = "received", _("We have received the notice and are examining it")
    REMOVED = "removed", _("We have removed it")
    DISABLED = "disabled", _("We have disabled access to it, for everyone")
    ALREADY_GONE = "already-gone", _("It was gone before we checked")
    REFUSED = "refused", _("We do not remove it")
    NOT_THEIRS = "not-theirs", _("We do not host it and cannot act on it")
    NEEDS_INFORMATION = "needs-information", _("We need information before we decide")
    IMPOSSIBLE = "impossible", _("We cannot: force majeure, or impossible in fact")
    MANIFEST_ERROR = "manifest-error", _("We cannot: the notice has an obvious error")
    TOO_LITTLE = "too-little-information", _("We cannot: the notice does not say enough")

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
