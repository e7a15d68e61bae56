"""The label packs that this centre was given, and the law as it was cited: never changed."""

import orjson
from django.db import models

from balise.foundation.locking import Identified
from balise.takedown.law.rules.labels import LabelPack, read_labels


class ImportedLabels(Identified):
    """One version of one label pack, as it was read from its file."""

    namespace = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    contents = models.TextField()  # JSON, in the order of its file
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "imported labels"
        constraints = (
            models.UniqueConstraint(
                fields=("namespace", "version"), name="a_version_of_labels_is_imported_once"
            ),
        )

    @property
    def pack(self) -> LabelPack:
        return read_labels(orjson.loads(self.contents))


class FrozenLaw(models.Model):
    """The pack of a country's offences as it stood when a text of it was first named in a case."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    country = models.CharField(max_length=2)
    contents = models.TextField()  # JSON, in the order of its files
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "frozen law"
