"""Stories, each with its versions; what is published of them stands in a table of its own.

The public door reads that table alone, and there is no source in it.
"""

from django.db import models
from django.db.models import F, Q

from balise.foundation.locking import Identified, Lockable

LONGEST_SLUG = 60


class Story(Lockable):
    """A story, under the word that its address has."""

    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True)
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "stories"


class Version(Identified):
    """A state of a story: its files by name, what they compile to, what was found wrong.

    `files` holds texts: `main.ink` and those it includes, `story.toml`, `en.toml`, and sounds as
    `rules.sounds` writes them. `compiled` is empty where it did not compile. `findings` and
    `plan` are what `rules.findings` and `rules.plan` write. One that came with Balise
    (`is_packed`) makes way for the next one that does.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    files = models.JSONField()
    compiled = models.TextField(blank=True)
    hash = models.CharField(max_length=32, blank=True)
    findings = models.JSONField()
    plan = models.JSONField(default=list)
    is_packed = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("story", "number"), name="one_version_a_number"),
            models.CheckConstraint(
                name="published_version_is_compiled",
                condition=Q(published_at__isnull=True) | ~Q(compiled=""),
            ),
            models.CheckConstraint(
                name="version_is_withdrawn_after_it_is_published",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("published_at")),
            ),
        )


class Published(models.Model):
    """What the public door reads of a story: nothing that is not published, and no source.

    `about` is the text of `story.toml`, `words` those of other languages by id,
    `plan` the map of choices, `sounds` those of its files.
    """

    slug = models.SlugField(max_length=LONGEST_SLUG, primary_key=True)
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=32)
    compiled = models.TextField()
    about = models.TextField()
    words = models.JSONField()
    plan = models.JSONField()
    sounds = models.JSONField(default=dict)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "published"
