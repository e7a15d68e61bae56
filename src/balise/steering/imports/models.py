"""Files that were brought. Of the file itself, only its digest is kept."""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable
from balise.steering.imports.rules.kinds import ImportKind


class Brought(Lockable):
    """A file, its rows until they are taken in, and then what was refused of them.

    `rows` are numbers with cells, the head first. `choices` is what someone said of how to read
    them. `refused` are numbers of rows with the reason.
    """

    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    form = models.CharField(max_length=5)
    rows = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    brought_by = models.CharField(max_length=40, blank=True)
    brought_at = models.DateTimeField()
    done_by = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)

    is_for = Coded(ImportKind, "kind")

    class Meta:
        ordering = ("-brought_at",)
        constraints = (
            models.CheckConstraint(
                name="brought_for_a_module_we_know",
                condition=Q(kind__in=[kind.value for kind in ImportKind]),
            ),
        )

    def __str__(self) -> str:
        return self.name
