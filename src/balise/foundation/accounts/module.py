"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts import access
from balise.foundation.accounts.demonstration import is_mixed_with_real_people
from balise.foundation.accounts.models import Account, Attempts
from balise.foundation.accounts.roles import every_role
from balise.foundation.accounts.tasks import SCHEDULE
from balise.foundation.accounts.web.due import of_people
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.grants import ALL, API, STAFF, Declared, Grant, Queues
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.url import is_this_machine, split_url
from balise.foundation.web.navigation import StaffEntry

# What is deleted of the people of the centre; the journal keeps ids alone.


REMEMBERED_FOR = timedelta(days=365)


def attempts_made_whole(at: datetime) -> QuerySet[Attempts]:
    """Return the counts of attempts that no longer delay anybody."""
    return Attempts.objects.filter(whole_at__lte=int(at.timestamp() * 1_000))


def erase_accounts(account_ids: Sequence[UUID]) -> int:
    """Delete accounts, and what was asked for them, unless they are active again."""
    gone = Account.objects.filter(id__in=account_ids, is_active=False)
    return deleted(Account)([account.id for account in gone])


RULES = (
    Rule(
        name="accounts.left",
        forgets=Account,
        says=_("An account is deleted one year after the person left."),
        due=past(Account, "left_at", REMEMBERED_FOR),
        erase=erase_accounts,
    ),
    Rule(
        name="accounts.attempts",
        forgets=Attempts,
        says=_("The number of sign-in attempts is deleted within one day."),
        due=attempts_made_whole,
        erase=deleted(Attempts),
    ),
)


# What the API's process reads of accounts: whose token it was given.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("accounts_partnerorganisation",),
        to=(API,),
        why="A token is a partner's.",
        read=ALL,
    ),
    Grant(
        on=("accounts_apitoken",),
        to=(API,),
        why="A token is found by its hash, and the day of its last use noted.",
        read=ALL,
        change=("last_used_on",),
    ),
    Grant(
        on=("accounts_account",),
        to=(API,),
        why="Has the partner people who follow their reports?",
        read=("id", "partner_id", "is_active"),
    ),
    Queues(
        job="balise.foundation.accounts.tasks.note_failed_sign_in",
        by=STAFF,
        why="A wrong password is written down later: a known name takes no longer to refuse.",
    ),
)


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


# System checks of settings and accounts that would give access they should not.


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
    if not is_this_machine(split_url(settings.PUBLIC_ADDRESS).netloc):
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
