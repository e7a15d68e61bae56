"""Notices and mails (`notices`), deadlines (`clocks`), answers and objections (`answers`).

What people wrote is sealed to the line that a notice is sent for; the rest routes and counts.
"""

from balise.takedown.notices.models.answers import Answer as Answer, Contest as Contest
from balise.takedown.notices.models.clocks import (
    Hold as Hold,
    Introduction as Introduction,
    KnownRung as KnownRung,
    Pause as Pause,
    Told as Told,
)
from balise.takedown.notices.models.notices import (
    Mailing as Mailing,
    MailingItem as MailingItem,
    Notice as Notice,
    OwnCustoms as OwnCustoms,
)
