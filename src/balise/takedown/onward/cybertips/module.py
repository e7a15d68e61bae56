"""The card of this module, which a centre turns on."""

from balise.foundation.modules import Module, Mount
from balise.takedown.onward.cybertips import access
from balise.takedown.onward.cybertips.web.staff import part


def connect() -> None:
    """Add the module's checks of the settings."""
    from balise.takedown.onward.cybertips import checks  # noqa: F401, PLC0415 - registers itself


MODULE = Module(
    staff=(Mount("takedown/cybertips/", "cybertips"),),
    abilities={"analyst": (access.EXPORT,)},
    parts={"takedown.dossier": part},
    connect=connect,
)
