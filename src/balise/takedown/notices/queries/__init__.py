"""Notices, narrowed to who asks (`standing`), and the words that a host reads (`wording`)."""

from balise.takedown.notices.queries.standing import (
    SEALED,
    OpenedNotice,
    about,
    due,
    letter_of,
    not_closed,
    notice,
    offence_of,
    opened,
    reminder_of,
    waiting_about,
)
from balise.takedown.notices.queries.wording import Wording

__all__ = [
    "SEALED",
    "OpenedNotice",
    "Wording",
    "about",
    "due",
    "letter_of",
    "not_closed",
    "notice",
    "offence_of",
    "opened",
    "reminder_of",
    "waiting_about",
]
