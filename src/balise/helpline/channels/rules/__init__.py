"""The codes of a correspondence: by which channel, with whom, the state of an answer."""

import re
from datetime import timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused, Shut

LONGEST = 8_000  # characters of one message by the form, and of one answer
LONGEST_DRAFT = 100_000  # what is typed and pasted before it is cut into messages
MOST_KEPT = 20_000  # characters that are kept of what comes by mail or messaging
LONGEST_SUBJECT = 150
# A robot that answers a robot would never stop: this many automatic answers to an address a day.
MOST_ACKNOWLEDGED = 3
MOST_ATTEMPTS = 8  # to send one answer: some three hours
KEPT_FOR = timedelta(days=30)  # after the last word on either side
KEPT_UNANSWERED = timedelta(days=180)  # if nobody ever answered
DRAFT_KEPT_FOR = timedelta(days=7)  # after the last key: a week with its week-end

_OURS = re.compile(r"m-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_NO_LINE = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_REPLY = re.compile(r"^\s*(?:re|r[ée]p?|aw|antw|sv|tr|fwd?)\s*:\s*", re.IGNORECASE)


class Way(TextChoices):
    """By which way one writes to us."""

    E_MAIL = "e_mail", gettext_lazy("E-mail")
    FORM = "form", gettext_lazy("Form")
    WHATSAPP = "whatsapp", "WhatsApp"
    MESSENGER = "messenger", "Messenger"
    HOOK = "hook", gettext_lazy("Messaging")


MESSAGING = frozenset({Way.WHATSAPP, Way.MESSENGER, Way.HOOK})


class Audience(TextChoices):
    """Who writes, in their own words; empty where nobody asked them."""

    YOUNG = "young", gettext_lazy("A young person")
    PARENT = "parent", gettext_lazy("A parent, or someone close")
    PROFESSIONAL = "professional", gettext_lazy("A professional")


class Safety(TextChoices):
    """Who else reads the mailbox that an answer would come to."""

    ALONE = "alone", pgettext_lazy("mailbox", "Only me")
    SHARED = "shared", pgettext_lazy("mailbox", "Someone else too, or I am not sure")


class Side(TextChoices):
    """Whose words they are."""

    PERSON = "person", gettext_lazy("Sender")
    STAFF = "staff", gettext_lazy("The helpline")


class CorrespondenceState(TextChoices):
    """The state of a correspondence; another message from the person reopens it."""

    OPEN = "open", pgettext_lazy("correspondence", "Open")
    CLOSED = "closed", pgettext_lazy("correspondence", "Closed")
    ERASED = "erased", pgettext_lazy("correspondence", "Erased")


class Delivery(TextChoices):
    """The state of a message of ours."""

    NONE = "", gettext_lazy("It came from them")
    HERE = "here", gettext_lazy("They read it here, with their code")
    QUEUED = "queued", gettext_lazy("On its way")
    SENT = "sent", pgettext_lazy("correspondence", "Sent")
    FAILED = "failed", gettext_lazy("It did not arrive")


class NothingWritten(Refused, code="nothing-written"):
    pass


class TooLong(Refused, code="too-long"):
    pass


class ThreadUnknown(Shut, code="thread-unknown"):
    """No correspondence has this code: the same answer for a wrong one and for an old one."""


class NotAnswerable(Refused, code="not-answerable"):
    pass


def read_words(text: str) -> str:
    """Return a message as it is kept; refuse an empty one, and one of over 8,000 characters."""
    words = _cleaned(text)
    if not words:
        raise NothingWritten(_("Write something first."))
    if len(words) > LONGEST:
        raise TooLong(_("8,000 characters at most. Send the rest in a second message."))
    return words


def cut_words(text: str) -> tuple[str, bool]:
    """Return what is kept of a message that came as it came, and whether some of it was cut."""
    words = _cleaned(text)
    return words[:MOST_KEPT], len(words) > MOST_KEPT


def read_subject(text: str) -> str:
    """Return a subject on one line, without the marks of answers."""
    line = _NO_LINE.sub(" ", text).strip()
    while _REPLY.match(line):
        line = _REPLY.sub("", line)
    return "".join(one for one in line if one.isprintable())[:LONGEST_SUBJECT].strip()


def message_name(message_id: UUID) -> str:
    """Return the part before the @ of our own mail's Message-ID."""
    return f"m-{message_id}"


def messages_named(names: tuple[str, ...]) -> list[UUID]:
    """Return those of our messages that Message-IDs name."""
    found = (_OURS.fullmatch(name) for name in names)
    return [UUID(match[1]) for match in found if match]


def unknown() -> ThreadUnknown:
    """Return the refusal for a code that opens nothing."""
    return ThreadUnknown(_("No message has this code, or it was erased."))


def _cleaned(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\x00", "").strip()
    return plain.encode("utf-8", "replace").decode()
