"""Who hears of what, and who answers whom: the only file that knows every line. No branches."""

from balise.config.roles import ROLES, SCOPES
from balise.foundation.accounts import queries as accounts
from balise.foundation.accounts import roles
from balise.foundation.web import doors


def connect() -> None:
    """Plug the ports and register the measures, retention rules and schedules of every line."""
    roles.register(*ROLES)
    roles.register_scopes(*SCOPES)
    doors.token_holder.plug(accounts.token_holder)
