"""What a role is, and the roles of this centre, which it registers at its start."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its code, the line it works for, its name for people, and what it may do.

    Abilities are `<line>.<module>.<verb>`; it has those of the role that it is `above` too. A role
    with `pages` is for a partner's people: they open these pages (view names, by their beginning)
    and their own account's, and no others.
    """

    code: str
    line: str
    label: str | Promise
    abilities: frozenset[str] = frozenset()
    above: str = ""
    pages: tuple[str, ...] = ()

    @property
    def is_for_partners(self) -> bool:
        return bool(self.pages)


class RoleUnknown(LookupError):
    """No role of this centre has this code."""


_ROLES: dict[str, Role] = {}

# What a partner's people need to come in, to look after their own account and to go.
_EVERYONES = frozenset(
    {
        "staff:home",
        "staff:display",
        "staff:accounts:sessions",
        "staff:accounts:end_session",
        "staff:accounts:end_sessions",
    }
)
_OWN_ACCOUNT = ("account_", "mfa_")


def register(*roles: Role) -> None:
    """Set the roles of the centre, in this order; called once, when Balise starts."""
    _ROLES.clear()
    _ROLES.update((role.code, role) for role in roles)


def every_role() -> tuple[Role, ...]:
    """Return the roles of the centre, in the order they were registered."""
    return tuple(_ROLES.values())


def role_of(code: str) -> Role:
    """Return the role with this code; refuse one that the centre does not have."""
    try:
        return _ROLES[code]
    except KeyError:
        raise RoleUnknown(code) from None


def abilities_of(code: str) -> frozenset[str]:
    """Return what a role may do; nothing at all for a role that the centre does not have."""
    role = _ROLES.get(code)
    return role.abilities if role else frozenset()


def may_open(code: str, page: str) -> bool:
    """Return whether a role may open a staff page, by the name of its view."""
    pages = role.pages if (role := _ROLES.get(code)) else ()
    return not pages or page in _EVERYONES or page.startswith((*pages, *_OWN_ACCOUNT))


def strays(roles: Iterable[Role], *, shared: frozenset[str]) -> list[tuple[str, str]]:
    """Return each (role, ability) that reaches outside the role's own line.

    The first word of an ability names its line. `shared` are the packages that more than one line
    uses, such as `takedown`.
    """
    return [
        (role.code, ability)
        for role in roles
        for ability in sorted(role.abilities)
        if (line := ability.partition(".")[0]) != role.line and line not in shared
    ]


@dataclass(frozen=True, slots=True)
class Scope:
    """Something a partner's token may be allowed to do: an ability, and its name for people."""

    code: str
    label: str | Promise


class ScopeUnknown(LookupError):
    """No token of this centre can have this scope."""


_SCOPES: dict[str, Scope] = {}


def register_scopes(*scopes: Scope) -> None:
    """Set the scopes of the centre; called once, when Balise starts."""
    _SCOPES.clear()
    _SCOPES.update((scope.code, scope) for scope in scopes)


def every_scope() -> tuple[Scope, ...]:
    """Return what a partner's token may be allowed to do."""
    return tuple(_SCOPES.values())
