"""System checks of settings and accounts that would give access they should not."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from balise.foundation.accounts.demonstration import is_mixed_with_real_people
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.roles import every_role
from balise.foundation.url import is_this_machine


@register(Tags.security)
def check_demonstration(**_: Any) -> Iterable[CheckMessage]:
    """Refuse a demonstration that anyone but this very machine could reach."""
    if not settings.DEMONSTRATION:
        return
    strangers = [host for host in settings.ALLOWED_HOSTS if not is_this_machine(host)]
    if strangers:
        yield Error(
            f"A demonstration answers on this machine only, not as {', '.join(strangers)}.",
            hint="Leave BALISE_HOSTS empty, or leave BALISE_DEMONSTRATION out.",
            id="balise.E211",
        )
    if not is_this_machine(urlsplit(settings.PUBLIC_ADDRESS).netloc):
        yield Error(
            f"A demonstration has no public address such as {settings.PUBLIC_ADDRESS}.",
            hint="Leave BALISE_PUBLIC_ADDRESS empty, or leave BALISE_DEMONSTRATION out.",
            id="balise.E212",
        )
    if _asks(is_mixed_with_real_people):
        yield Error(
            "This database holds accounts of real people: it cannot be a demonstration.",
            hint="Point DATABASE_URL at a database of its own, or leave BALISE_DEMONSTRATION out.",
            id="balise.E213",
        )


@register(Tags.database)
def check_roles_are_known(**_: Any) -> Iterable[CheckMessage]:
    """Report accounts whose role this centre does not have: they may do nothing."""
    stray = _asks(_unknown_roles) or set()
    if stray:
        yield Error(
            f"Accounts have roles that this centre does not have: {', '.join(sorted(stray))}.",
            hint="Give these people another role on the page People.",
            id="balise.E203",
        )


def _unknown_roles() -> set[str]:
    known = [role.code for role in every_role()]
    active = Account.objects.filter(is_active=True)
    return set(active.exclude(role__in=known).values_list("role", flat=True))


def _asks[Answer](question: Callable[[], Answer]) -> Answer | None:
    try:
        return question()
    except DatabaseError:
        return None  # no table yet, so no account
