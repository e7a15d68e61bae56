"""What is watched: the address is sealed to its line, the rest says when to look and what was seen.

Sites are blind indexes: a reader of these tables learns that two contents share a host, never
which.
"""

from django.db import models
from django.db.models import F, Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Identified
from balise.takedown.watch.rules.schedule import MISSES, Pace, Standing, WatchState
from balise.takedown.watch.rules.verdicts import Seen
from balise.takedown.watch.rules.whereabouts import Whereabouts

KEY_BYTES = 16


class Site(models.Model):
    """One host name that is asked, for all lines together: one content at a time, in its turn."""

    key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    # When one of its contents is due and it may be asked again; none while nothing is due.
    turn_at = models.DateTimeField(null=True, blank=True)
    free_at = models.DateTimeField(null=True, blank=True)
    silent_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("turn_at",), name="site_turn", condition=Q(turn_at__isnull=False)),
        )


class Watched(Identified):
    """One monitored content, until it is finally gone; without a next look, it ended."""

    # Its index is the one by which contents are due.
    site = models.ForeignKey(Site, models.PROTECT, related_name="contents", db_index=False)
    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    # Its address, the address its site has always led to, and the one that it leads to now.
    sealed = models.BinaryField()
    pace = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    # From when its removal is counted: the beginning, or when it came back.
    counted_from = models.DateTimeField()

    # Who was told first, where it is, what it is: for the figures of removals.
    host = models.UUIDField(null=True, blank=True)
    network = models.PositiveBigIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    category = models.CharField(max_length=60, blank=True)

    state = models.CharField(max_length=8, default=WatchState.UNKNOWN.value)
    misses = models.PositiveSmallIntegerField(default=0)
    looks_since = models.PositiveSmallIntegerField(default=0)
    missed_at = models.DateTimeField(null=True, blank=True)
    first_gone_at = models.DateTimeField(null=True, blank=True)
    quiet_since = models.DateTimeField(null=True, blank=True)

    # The run of looks that saw the same as the last one; earlier runs are its sightings.
    seen = models.CharField(max_length=12, default=Seen.UNKNOWN.value)
    seen_since = models.DateTimeField(null=True, blank=True)
    seen_looks = models.PositiveIntegerField(default=0)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    # A change of host that some looks agree on, and the site that its address leads to by now.
    candidate = models.CharField(max_length=60, blank=True)
    candidate_looks = models.PositiveSmallIntegerField(default=0)
    leads_site = models.BinaryField(max_length=KEY_BYTES, default=b"")

    back_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)

    stands = Coded(WatchState, "state")
    was_seen = Coded(Seen, "seen")
    paced = Coded(Pace, "pace")

    class Meta:
        verbose_name_plural = "watched"
        indexes = (
            models.Index(fields=("site", "next_check_at"), name="watched_due"),
            models.Index(
                fields=("site", "pace", "next_check_at"),
                name="watched_due_by_pace",
                condition=Q(next_check_at__isnull=False),
            ),
            models.Index(
                fields=("line", "-first_gone_at"), name="watched_gone", condition=Q(state="gone")
            ),
            models.Index(
                fields=("line", "-back_at"), name="watched_back", condition=~Q(back_at=None)
            ),
            models.Index(
                fields=("line", "-moved_at"), name="watched_moved", condition=~Q(moved_at=None)
            ),
            models.Index(
                fields=("line", "quiet_since"),
                name="watched_quiet",
                condition=~Q(quiet_since=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("line", "subject"), name="a_content_is_watched_once"),
            models.CheckConstraint(
                name="content_is_gone_after_three_misses",
                condition=~Q(state="gone") | Q(misses__gte=MISSES, first_gone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="watched_is_of_a_state_and_pace_we_know",
                condition=Q(
                    state__in=[each.value for each in WatchState],
                    pace__in=[each.value for each in Pace],
                    seen__in=[each.value for each in Seen],
                ),
            ),
        )

    @property
    def standing(self) -> Standing:
        return Standing(
            WatchState(self.state), self.misses, self.looks_since, self.missed_at, self.quiet_since
        )

    @property
    def whereabouts(self) -> Whereabouts:
        return Whereabouts(
            network=self.network,
            site=bytes(self.leads_site),
            candidate=self.candidate,
            looks=self.candidate_looks,
        )

    @property
    def has_ended(self) -> bool:
        return self.next_check_at is None


class Sighting(models.Model):
    """A run of looks that saw the same, once another one has seen something else."""

    watched = models.ForeignKey(Watched, models.CASCADE, related_name="sightings")
    seen = models.CharField(max_length=12)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    looks = models.PositiveIntegerField()

    was_seen = Coded(Seen, "seen")

    class Meta:
        indexes = (models.Index(fields=("watched", "-since"), name="sightings_of"),)
        constraints = (
            models.CheckConstraint(
                name="sighting_lasts_from_a_first_look_to_a_last",
                condition=Q(until__gte=F("since"), looks__gte=1),
            ),
        )


class Removal(models.Model):
    """One removal, for exact percentiles. It follows from one entry of the journal alone."""

    id: models.BigAutoField[int, int]
    entry = models.BigIntegerField(unique=True)
    line = models.CharField(max_length=20)
    host = models.UUIDField(null=True, blank=True)
    network = models.PositiveBigIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    category = models.CharField(max_length=60, blank=True)
    removed_on = models.DateField()
    seconds = models.PositiveBigIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("line", "removed_on"), name="removals_by_day"),
            models.Index(fields=("host", "seconds"), name="removals_of_host"),
        )
