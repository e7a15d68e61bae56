"""What is known of mails that could not be read."""

from django.db import models


class SetAside(models.Model):
    """A mail that could not be read: its place in the mailbox, and why; none of its words.

    `validity` and `uid` identify it there (RFC 3501, 2.3.1.1).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    mailbox = models.CharField(max_length=20)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    reason = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [
            models.UniqueConstraint(
                fields=("mailbox", "validity", "uid"), name="one_row_a_mail_set_aside"
            ),
        ]
        indexes = [models.Index(fields=("at",), name="set_aside_by_time")]
