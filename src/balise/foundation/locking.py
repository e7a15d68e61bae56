"""Rows with a random id, and those that one transaction at a time changes."""

from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models

from balise.foundation.finding import find


class Identified(models.Model):
    """A row whose id is random, so that it tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class Lockable(Identified):
    """A row that actions lock before they ask whether a change is right.

    It is read with the rows that `locked_with` names, which are not locked.
    """

    locked_with: ClassVar[str] = ""

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, row_id: UUID, **of: Any) -> Self:
        """Return a row, locked until the open transaction ends. Raises NotHere."""
        rows = cls._default_manager.select_for_update(of=("self",))
        return find(rows.select_related(cls.locked_with or None), id=row_id, **of)


class OfLine(Lockable):
    """A row that is one line's: `access` shows it to no other line's people."""

    line = models.CharField(max_length=20)

    class Meta:
        abstract = True
