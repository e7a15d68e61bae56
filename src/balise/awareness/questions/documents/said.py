"""What is said of a file that cannot be read."""

from django.utils.translation import gettext as _

from balise.foundation.apart import Unreadable


def unreadable(fault: Unreadable) -> str:
    """Return in words why a file in TOML or JSON cannot be read, and where."""
    match fault.code:
        case "text":
            return _("The file is not text in UTF-8.")
        case "toml":
            return _("The file is not TOML: %(why)s") % {"why": fault.detail}
        case "json":
            return _("The file is not JSON: %(why)s") % {"why": fault.detail}
        case "key-twice":
            return _("The file names “%(key)s” twice.") % {"key": fault.detail}
        case _:
            return _("The file cannot be read within our limits.")
