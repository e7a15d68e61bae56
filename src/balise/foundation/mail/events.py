"""What became of mails that came in."""

from balise.foundation.journal.events import Code, Event


class MailSetAside(Event, name="mail.message.set-aside"):
    """A mail could not be read; it stays in its mailbox, and is not fetched again."""

    mailbox: Code
    reason: Code
