"""Where contents were hosted, kept: a stay in someone's network; and when each was last traced."""

from django.db import models
from django.db.models import F, Q

from balise.foundation.locking import Identified
from balise.takedown.tracing.rules.live import LONGEST_CODE, Found, Hands
from balise.takedown.tracing.rules.registers import LONGEST_NAME

KEY_BYTES = 16


class Inquiry(Identified):
    """When a content was last traced, and what came back: also where nothing did.

    Without `found` no answer came yet. `problems` are codes (“about:code”), a line each.
    """

    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    asked_at = models.DateTimeField()
    found = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in Found], blank=True
    )
    problems = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = (models.Index(fields=("asked_at",), name="inquiries_by_age"),)
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject"), name="a_content_s_last_inquiry_is_kept"
            ),
        )


class HostedAt(Identified):
    """One content in one network, as traces found it; without an end, it was there last.

    The address, the name and whom to tell are in the sealed trace. Clear are a network's number,
    name and country, which are the host's and not the site's, and the host as a blind index.
    """

    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    host_key = models.BinaryField(max_length=KEY_BYTES)
    asn = models.PositiveBigIntegerField(null=True, blank=True)
    network = models.CharField(max_length=LONGEST_NAME, blank=True)
    country = models.CharField(max_length=2, blank=True)
    cdn = models.CharField(max_length=LONGEST_CODE, blank=True)
    sealed = models.BinaryField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "hosted at"
        indexes = (
            models.Index(fields=("line", "subject", "since"), name="stays_of_content"),
            models.Index(fields=("line", "host_key"), name="stays_of_host"),
            models.Index(fields=("seen_at",), name="stays_by_age"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject"),
                condition=Q(until__isnull=True),
                name="a_content_is_hosted_in_one_place_at_a_time",
            ),
            models.CheckConstraint(
                name="a_stay_ends_after_it_began",
                condition=Q(seen_at__gte=F("since"))
                & (Q(until__isnull=True) | Q(until__gte=F("since"))),
            ),
        )

    @property
    def hands(self) -> Hands:
        """Whose network it was."""
        return Hands(self.asn, self.network, self.country, self.cdn)
