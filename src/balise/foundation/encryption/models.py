"""Who can open what: a record's data key, wrapped for its line and, if wished, for its reporter."""

from django.db import models


class WrapKind(models.TextChoices):
    """For whom a data key is wrapped."""

    LINE = "line"  # sealed to the line's public key; `key_id` names that key
    BATCH = "batch"  # under a batch's key; `key_id` is the batch, itself a record of kind LINE
    RECEIPT = "receipt"  # under a key derived from the receipt; `key_id` is empty


class KeyWrap(models.Model):
    """One wrapped data key. When its wraps are gone, what a record sealed can never be opened."""

    record = models.UUIDField()
    line = models.CharField(max_length=20)
    kind = models.CharField(max_length=7, choices=WrapKind)
    key_id = models.CharField(max_length=40, blank=True)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("record", "kind"), name="a_record_has_one_wrap_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=("line", "key_id"), name="wraps_of_a_key")]
