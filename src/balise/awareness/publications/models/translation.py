"""Which version of its original a translation was made from."""

from django.db import models
from wagtail.models import Page

from balise.foundation import clock


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

    @classmethod
    def note(cls, page: Page, original: Page) -> None:
        """Note the version of the original: the public one, or the last where none is public."""
        version = original.live_revision_id or original.latest_revision_id
        cls.objects.update_or_create(
            page_id=page.pk,
            defaults={
                "original_id": original.pk,
                "revision": version,
                "checked_at": clock.now(),
            },
        )

    @classmethod
    def note_first(cls, page: Page) -> None:
        """Note the page that stood first with the same key as what this one translates."""
        first = page.get_translations().order_by("pk").first()
        if first is not None:
            cls.note(page, first)
