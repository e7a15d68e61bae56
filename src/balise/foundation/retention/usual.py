"""The usual ways in which rows come due, and are erased: most rules are made of these."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Due, Erase


def past(
    table: type[Model], column: str, kept: timedelta, *, holding: str = "", **of: object
) -> Due:
    """Return what is due of a table: rows whose `column` is a moment at least `kept` ago.

    Of those that `of` names, and whose column `holding` is not empty yet.
    """

    def due(at: datetime) -> QuerySet[Any]:
        found = table._default_manager.filter(**{f"{column}__lte": at - kept}, **of)
        return found.exclude(**{holding: b""}) if holding else found

    return due


def deleted(table: type[Model]) -> Erase:
    """Return how rows are deleted, with the keys of what they encrypted."""

    def erase(keys: Sequence[Any]) -> int:
        forget(keys)
        _all, of_each = table._default_manager.filter(pk__in=keys).delete()
        return of_each.get(table._meta.label, 0)

    return erase


def dropped(table: type[Model]) -> Erase:
    """Return how rows that encrypted nothing are deleted."""

    def erase(keys: Sequence[Any]) -> int:
        _all, of_each = table._default_manager.filter(pk__in=keys).delete()
        return of_each.get(table._meta.label, 0)

    return erase


def emptied(table: type[Model], *columns: str) -> Erase:
    """Return how rows are emptied of what these columns encrypted, and of its keys."""

    def erase(keys: Sequence[Any]) -> int:
        forget(keys)
        return table._default_manager.filter(pk__in=keys).update(**dict.fromkeys(columns, b""))

    return erase
