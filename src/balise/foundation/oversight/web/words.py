"""What the chains of the journal, the mailboxes and the lanes are called on pages."""

from django.utils.translation import gettext as _, pgettext

from balise.foundation.tasks.rules import Lane
from balise.foundation.web.components.page import line_name


def chain_name(line: str) -> str:
    """Return the name of a line, or of the part of the house that has a chain of its own."""
    own = {
        "accounts": _("Accounts"),
        "mail": _("E-mail"),
        "oversight": _("Oversight"),
        "retention": _("Deletion"),
        "tasks": _("Tasks"),
    }
    return own.get(line) or line_name(line)


def mailbox_name(mailbox: str) -> str:
    """Return the name of a mailbox by its code."""
    return {"helpline": _("Helpline mailbox"), "notices": _("Mailbox for hosts’ answers")}.get(
        mailbox, mailbox
    )


def reason_words(reason: str) -> str:
    """Return why a mail could not be read."""
    known = {
        "header-too-long": _("A header is longer than 8 KB."),
        "head-too-long": _("Its headers are longer than 64 KB."),
        "processor": _("Reading it took too much processor time."),
        "memory": _("Reading it took too much memory."),
        "time": _("Reading it took too long."),
        "answer": _("It contains too much text."),
    }
    return known.get(reason) or _("It is damaged.")


def lane_name(lane: Lane) -> str:
    """Return what the jobs of a lane do."""
    names = {
        Lane.URGENT: _("Alerts to supervisors, call-backs"),
        Lane.HOUSE: pgettext("tasks", "Database"),
        Lane.MAIL: _("E-mails to staff, answers of the helpline"),
        Lane.INBOX: _("Reading mailboxes"),
        Lane.HOSTS: _("Notices and requests to hosts and platforms"),
        Lane.PARTNERS: _("Partners, hotlines abroad, police dossiers"),
        Lane.WATCH: _("Monitoring and traces"),
        Lane.UPKEEP: _("Retention and figures"),
    }
    return names[lane]
