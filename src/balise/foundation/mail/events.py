"""What became of mails that came in."""

from typing import ClassVar

from balise.foundation.journal.events import Code, Event


class MailSetAside(Event):
    """A mail could not be read; it stays in its mailbox, and is not fetched again."""

    name: ClassVar[str] = "mail.message.set-aside"

    mailbox: Code
    reason: Code
