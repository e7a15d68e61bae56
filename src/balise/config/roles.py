"""The roles of the centre, and what each may do.

This is the one place to extend: when a module gets an `access.py`, name its abilities in the
role that needs them. `balise.E201` refuses a role that reaches into another line.
"""

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Role

# What more than one line stands on: a role of any line may hold abilities here.
SHARED = frozenset({"takedown", "accounts", "oversight"})

ROLES = (
    Role(
        code="analyst",
        line="hotline",
        label=_("Analyst"),
        abilities=frozenset(),
    ),
    Role(
        code="hotline_lead",
        line="hotline",
        label=_("Head of the hotline"),
        abilities=frozenset(),
    ),
    Role(
        code="listener",
        line="helpline",
        label=_("Listener"),
        abilities=frozenset(),
    ),
    Role(
        code="helpline_lead",
        line="helpline",
        label=_("Head of the helpline"),
        abilities=frozenset(),
    ),
    Role(
        code="editor",
        line="awareness",
        label=_("Editor"),
        abilities=frozenset(),
    ),
    Role(
        code="steering",
        line="steering",
        label=_("Steering"),
        abilities=frozenset(),
        is_content=False,
    ),
    Role(
        code="accounts_admin",
        line="accounts",
        label=_("Accounts administrator"),
        abilities=frozenset(),
        is_content=False,
    ),
    Role(
        code="data_protection",
        line="oversight",
        label=_("Data protection officer"),
        abilities=frozenset(),
        is_content=False,
    ),
)
