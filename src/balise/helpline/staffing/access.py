"""Who plans, and who sees their own week."""

from django.core.exceptions import PermissionDenied

from balise.foundation import access

# Forecast, what-if, rota and the team's totals.
PLAN = "helpline.staffing.plan"
# One's own week, wishes and hours; never another's.
OWN = "helpline.staffing.own"

require = access.require


def require_member(is_member: bool) -> None:  # noqa: FBT001 - a condition, said by its name
    """Refuse to plan someone who may not sit at the helpline."""
    if not is_member:
        raise PermissionDenied(OWN)
