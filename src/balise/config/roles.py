"""The roles of the centre; what each may do in a module is told by the module.

`balise.E201` refuses a role that reaches into another line, `balise.E204` a module that names a
role that there is not.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext_lazy as _

from balise.config.modules import modules
from balise.foundation.accounts.roles import Role, every_role, strays

# What more than one line uses: a role of any line may hold abilities here.
SHARED = frozenset({"takedown", "accounts", "oversight"})

ROLES = (
    Role("analyst", "hotline", _("Analyst")),
    Role("hotline_lead", "hotline", _("Head of the hotline"), above="analyst"),
    Role("partner_member", "hotline", _("Member of a partner"), pages=("staff:desk:",)),
    Role("listener", "helpline", _("Listener")),
    Role("helpline_lead", "helpline", _("Head of the helpline"), above="listener"),
    Role("editor", "awareness", _("Editor")),
    Role("coordinator", "awareness", _("Network coordinator")),
    Role("awareness_lead", "awareness", _("Head of awareness"), above="editor"),
    Role("steering", "steering", _("Steering")),
    Role("steering_office", "steering", _("Steering office")),
    Role("accounts_admin", "accounts", _("Accounts administrator")),
    Role("data_protection", "oversight", _("Data protection officer")),
)


def roles_of_the_centre() -> tuple[Role, ...]:
    """Return the roles, each with what all modules let it do."""
    own = {role.code: _told_of(role.code) for role in ROLES}
    return tuple(
        replace(role, abilities=own[role.code] | own.get(role.above, frozenset())) for role in ROLES
    )


def _told_of(code: str) -> frozenset[str]:
    return frozenset(
        ability for module in modules().values() for ability in module.abilities.get(code, ())
    )


@register(Tags.security)
def check_roles(**_options: Any) -> Iterable[CheckMessage]:
    """Refuse a role that spans two lines, two roles under one code, and a role nobody knows."""
    for code, ability in strays(every_role(), shared=SHARED):
        yield Error(
            f"The role {code} reaches into another line: {ability}.",
            hint="One person may hold two accounts; no role spans two lines.",
            id="balise.E201",
        )
    codes = Counter(role.code for role in ROLES)
    for code, count in codes.items():
        if count > 1:
            yield Error(f"{count} roles have the code {code}.", id="balise.E202")
    for name, module in modules().items():
        for code in module.abilities.keys() - codes.keys():
            yield Error(f"{name} names the role {code}, which there is not.", id="balise.E204")
