"""What the chains of the journal are called on pages."""

from django.utils.translation import gettext as _

from balise.foundation.web.components.page import line_name


def chain_name(line: str) -> str:
    """Return the name of a line, or of the part of the house that has a chain of its own."""
    own = {
        "accounts": _("Accounts"),
        "oversight": _("Oversight"),
        "retention": _("Forgetting"),
        "tasks": _("Tasks"),
    }
    return own.get(line) or line_name(line)
