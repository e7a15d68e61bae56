"""What the figures were told of the catalogue."""

from django.db import models


class Shelved(models.Model):
    """A tool of the catalogue as the journal was told of it last, the same in each language."""

    key = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    topics = models.JSONField(default=list)  # codes, in their order

    def __str__(self) -> str:
        return str(self.key)
