"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts import access
from balise.foundation.accounts.grants import GRANTS
from balise.foundation.accounts.retention import RULES
from balise.foundation.accounts.tasks import SCHEDULE
from balise.foundation.accounts.web.due import of_people
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry

MODULE = Module(
    budgets=(
        # No total: it would shut out who makes room.
        Budget("foundation.staff", near=4 * GIB, each=256 * MIB, in_all=0),
        Budget("foundation.entrance", in_all=0),
    ),
    staff=(Mount(namespace="accounts"),),
    abilities={
        "accounts_admin": (
            access.READ_PEOPLE,
            access.PROPOSE,
            access.CONFIRM,
            access.DISABLE,
            access.READ_PARTNERS,
            access.MANAGE_PARTNERS,
            access.CONFIRM_TOKENS,
        ),
        "data_protection": (
            access.READ_PEOPLE,
            access.CONFIRM,
            access.READ_PARTNERS,
            access.CONFIRM_TOKENS,
        ),
    },
    ways=(
        StaffEntry(
            line="house",
            label=_("People"),
            says=_("Staff and roles."),
            url_name="staff:accounts:people",
            icon="users",
            ability=access.READ_PEOPLE,
            key="p",
            due=of_people,
        ),
        StaffEntry(
            line="house",
            label=_("Partners"),
            says=_("Organisations connected through the API."),
            url_name="staff:accounts:partners",
            icon="link",
            ability=access.READ_PARTNERS,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    key_line="accounts",
    grants=GRANTS,
)
