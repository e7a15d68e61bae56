"""What is deleted of the people of the centre; the journal keeps ids alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.models import Account, Attempts
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past

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
