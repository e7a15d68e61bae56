"""Who hears of what, and who answers whom: the only file that knows every line. No branches."""

from balise.config.roles import ROLES
from balise.foundation.accounts import roles


def connect() -> None:
    """Plug the ports and register the measures, retention rules and schedules of every line."""
    roles.register(*ROLES)
