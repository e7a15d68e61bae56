"""What is forgotten of the people of the centre."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.models import Account, Attempts
from balise.foundation.retention.rules import Rule

REMEMBERED_FOR = timedelta(days=365)
_TOGETHER = 500


def left_long_ago(moment: datetime) -> Iterable[UUID]:
    """Return the accounts of those who left a year before this moment, or earlier."""
    return Account.objects.filter(left_at__lte=moment - REMEMBERED_FOR).values_list("id", flat=True)


def erase_accounts(account_ids: Sequence[UUID]) -> int:
    """Destroy accounts and what was asked for them; the journal keeps ids alone."""
    gone = Account.objects.filter(id__in=account_ids, is_active=False)
    count = gone.count()
    gone.delete()
    return count


def attempts_made_whole(moment: datetime) -> Iterable[UUID]:
    """Return the counts of attempts that no longer delay anybody."""
    whole = Attempts.objects.filter(whole_at__lte=int(moment.timestamp() * 1_000))
    return whole.values_list("id", flat=True)[:_TOGETHER]


def erase_attempts(ids: Sequence[UUID]) -> int:
    """Destroy counts of attempts."""
    count, _by_table = Attempts.objects.filter(id__in=ids).delete()
    return count


RULES = (
    Rule(
        name="accounts.left",
        forgets=Account,
        line="accounts",
        says=_("An account is deleted one year after the person left."),
        due=left_long_ago,
        erase=erase_accounts,
    ),
    Rule(
        name="accounts.attempts",
        forgets=Attempts,
        line="accounts",
        says=_("The number of sign-in attempts is deleted within one day."),
        due=attempts_made_whole,
        erase=erase_attempts,
    ),
)
