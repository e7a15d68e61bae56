"""What a mail that came in says of a notice: what kind it is, which of our mails it answers.

A proposal is a guess for a person to confirm; it never acts.
"""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.mail.parsing import Mail, Nature
from balise.foundation.mail.reading import unquoted
from balise.takedown.notices.rules.outcomes import Impediment, Outcome

# What a recipient says, by which way, and what that would mean for its notice. Pure.


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


# What an answer seems to say, by the phrases that desks use in English and in French. A guess.
#
# The first that is found counts: what asks or refuses comes before what agrees, since “we have
# not removed it” holds the word “removed”.


_READ = 4_000  # characters

_PHRASES: dict[Said, tuple[str, ...]] = {
    Said.NOT_THEIRS: (
        r"not hosted",
        r"not on our (?:network|servers?)",
        r"(?:do not|don't) host",
        r"not our customer",
        r"n'hébergeons pas",
        r"n'est pas hébergé",
    ),
    Said.TOO_LITTLE: (
        r"insufficient information",
        r"not enough information",
        r"(?:cannot|can't|unable to) (?:identify|locate|find)",
        r"informations? insuffisantes?",
        r"impossible d(?:'|e )(?:identifier|localiser|trouver)",
    ),
    Said.NEEDS_INFORMATION: (
        r"(?:please|could you|can you|kindly) (?:provide|send|give|clarify|confirm|specify)",
        r"(?:more|further|additional) (?:information|details)",
        r"(?:merci|veuillez|pourriez-vous)[^.]{0,30}(?:préciser|fournir|communiquer|transmettre)",
        r"(?:plus d'informations|informations complémentaires)",
    ),
    Said.REFUSED: (
        r"(?:does|do|did)(?: not|n't) violate",
        r"no violation",
        r"not (?:been |be )?(?:removed?|taken down)",
        r"(?:will|can)(?:not| not) (?:be )?(?:removed?|take)",
        r"declined?",
        r"refus(?:e|ons|é)",
        r"ne (?:sera|serons|retirons|supprimons)",
        r"n'enfreint pas",
        r"n'a pas été (?:retiré|supprimé)",
    ),
    Said.ALREADY_GONE: (
        r"already (?:been )?(?:removed|deleted|gone)",
        r"no longer (?:available|online|there|exists?)",
        r"n'(?:est|existe) plus",
        r"déjà (?:été )?(?:retiré|supprimé)",
    ),
    Said.DISABLED: (
        r"access[^.]{0,40}(?:disabled|blocked)",
        r"(?:disabled|blocked) (?:the )?access",
        r"accès[^.]{0,40}(?:bloqué|désactivé)",
    ),
    Said.REMOVED: (
        r"(?:been|was|were|have|has|is|are|we) (?:now |successfully )?(?:removed|deleted)",
        r"taken (?:it |this )?down",
        r"took (?:it |this )?down",
        r"(?:retiré|supprimé)e?s?\b",
    ),
    Said.RECEIVED: (
        r"(?:has|have) been received",
        r"we(?:'ve| have)? received",
        r"under review",
        r"looking into",
        r"bien reçu",
        r"accusons réception",
        r"en cours (?:de traitement|d'examen)",
    ),
}
_SEEMS = tuple(
    (said, re.compile("|".join(phrases), re.IGNORECASE)) for said, phrases in _PHRASES.items()
)


def guess(words: str) -> Said | None:
    """Return what words seem to say; None where no phrase is known."""
    text = " ".join(words.split())[:_READ].replace("’", "'")
    return next((said for said, pattern in _SEEMS if pattern.search(text)), None)


_TOKEN = re.compile(r"\+([a-z0-9]{16,32})@", re.IGNORECASE)
_NUMBER = re.compile(r"\b([NM]-[0-9A-F]{8})\b")
_TICKET = re.compile(
    r"\[\s*(?:[#(]\s*)?[A-Z]{0,10}[-#: ]{0,3}\d{3,}[^\]]{0,20}\]"
    r"|\b(?:ticket|case|request|incident|dossier|demande|r[ée]f(?:erence|érence)?)"
    r"\W{0,4}(?:id|no|n°|number|num[ée]ro)?\W{0,4}[A-Z]{0,6}[-_#]?\d{3}",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (?:the )?office|on (?:annual )?leave|away until|absen(?:t|ce)|cong[ée]s|hors du bureau"
    r"|vacation",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A mail that came in, as far as it can be read.

    `answers` are the local parts of the Message-IDs that it refers to, `tokens` the words behind
    the plus sign of our address, `numbers` those of notices (`N-…`) and mails (`M-…`) in its
    subject. `key` is its own Message-ID, empty where it has none.
    """

    kind: MailKind
    key: str = ""
    answers: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    sender: str = ""
    subject: str = ""
    text: str = ""
    attachment_count: int = 0


def inbound_of(mail: Mail) -> Inbound:
    """Return what a mail says of our notices."""
    tokens = _TOKEN.findall(" ".join(mail.to))
    return Inbound(
        kind=_kind(mail),
        key=mail.key,
        answers=mail.answers,
        tokens=tuple(dict.fromkeys(token.lower() for token in tokens)),
        numbers=tuple(dict.fromkeys(_NUMBER.findall(mail.subject.upper()))),
        sender=mail.sender,
        subject=mail.subject,
        text=unquoted(mail.text)[:MAX_ANSWER],
        attachment_count=mail.attachment_count,
    )


def proposal(text: str) -> Said | None:
    """Return what an answer seems to say; None where nothing is recognised."""
    return guess(unquoted(text))


def _kind(mail: Mail) -> MailKind:
    match mail.nature:
        case Nature.PERSON:
            return MailKind.ANSWER
        case Nature.BOUNCE:
            return MailKind.BOUNCE
        case Nature.DELAYED:
            return MailKind.DELAYED
        case Nature.DELIVERED:  # good to know, nothing to do
            return MailKind.AUTOMATIC
    # A robot that says what became of it (a moderation desk) is read by a person all the same.
    said = proposal(mail.text)
    if said is not None and said is not Said.RECEIVED:
        return MailKind.ANSWER
    plain = _NUMBER.sub("", f"{mail.subject}\n{mail.text[:2_000]}")
    is_away = _AWAY.search(mail.subject) or _AWAY.search(mail.text[:400])
    return MailKind.TICKET if _TICKET.search(plain) and not is_away else MailKind.AUTOMATIC
