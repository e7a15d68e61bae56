"""Looking up what someone asked for: the answer is the same for what is missing and not theirs.

Ask whether they may (`access.require`) before you look up; every door answers both with its
404, and what was erased too.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet


class NotHere(ObjectDoesNotExist):
    """What was asked for is not there."""


class NotYours(PermissionDenied):
    """It exists, but this person may not see it: no page tells them that it exists."""


def find[Row: Model](rows: type[Row] | QuerySet[Row], **of: Any) -> Row:
    """Return the one row that someone named. Raises NotHere.

    For a row that another row names, `get` is right: there, a missing one is an error of ours.
    """
    found = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    try:
        return found.get(**of)
    except ObjectDoesNotExist:
        raise NotHere(found.model.__name__) from None


def there[Found](found: Found | None) -> Found:
    """Return what a query found. Raises NotHere for None."""
    if found is None:
        raise NotHere
    return found
