"""Notices and mails (`notices`), deadlines (`clocks`), answers and objections (`answers`).

What people wrote is sealed to the line that a notice is sent for; the rest routes and counts.
"""

from balise.takedown.notices.models.answers import Answer, Contest
from balise.takedown.notices.models.clocks import Hold, Introduction, KnownRung, Pause, Told
from balise.takedown.notices.models.notices import Mailing, MailingItem, Notice, OwnCustoms

__all__ = [
    "Answer",
    "Contest",
    "Hold",
    "Introduction",
    "KnownRung",
    "Mailing",
    "MailingItem",
    "Notice",
    "OwnCustoms",
    "Pause",
    "Told",
]
