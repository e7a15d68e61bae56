"""Which version of its original a translation was made from."""

from django.db import models
from wagtail.models import Page


class Translation(models.Model):
    """A page that translates another, whose `revision` it says the same as.

    It stands beside the page, not in it: an old draft would bring an old version back.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="made_from"
    )
    original = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="translations_of")
    revision = models.BigIntegerField()
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.page_id} of {self.original_id}"

    @property
    def is_behind(self) -> bool:
        """Return whether the original has another public version than the translation says."""
        return bool(self.original.live and self.original.live_revision_id != self.revision)
