"""Pictures, encrypted; and how often each person of the staff looked at one, by day."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified, Lockable
from balise.helpline.pictures.rules.showing import Outcome, PictureState

LINE = "helpline"
DRAWN = "helpline_pictures.picture.sealed"


class Picture(Lockable):
    """One picture of a conversation; no name and no size of what was sent is stored.

    Until the child lets it be kept it is under the conversation's key, and goes with it. Then the
    worker moves it under a key of its own, as sealing it does.
    """

    conversation = models.UUIDField()
    state = models.CharField(max_length=7, choices=PictureState, default=PictureState.OFFERED)
    sealed = models.BinaryField()
    has_own_key = models.BooleanField(default=False)
    # The case that it is, or would be, kept in. Its column has another name: `case` is SQL's.
    case = models.UUIDField(null=True, blank=True, db_column="case_id")
    offered_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    # The account of the one supervisor who may open it.
    keeper = models.CharField(max_length=36, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("conversation",), name="pictures_of_conversation"),
            models.Index(
                fields=("case",), name="pictures_of_case", condition=Q(case__isnull=False)
            ),
            models.Index(
                fields=("sealed_at",),
                name="pictures_sealed",
                condition=Q(state=PictureState.SEALED),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="what_is_erased_holds_nothing",
                condition=~Q(state=PictureState.GONE) | Q(sealed=b""),
            ),
            models.CheckConstraint(
                name="what_is_opened_has_a_keeper",
                condition=Q(opened_at__isnull=True) | ~Q(keeper=""),
            ),
            models.CheckConstraint(
                name="what_is_kept_is_in_a_case",
                condition=~Q(state=PictureState.KEPT) | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_sealed_has_its_own_key",
                condition=~Q(state=PictureState.SEALED) | Q(has_own_key=True),
            ),
        )


class Looks(Identified):
    """How many times someone looked at a picture on a day: what they were exposed to."""

    account = models.CharField(max_length=36)
    day = models.DateField()
    many = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "looks"
        constraints = (
            models.UniqueConstraint(fields=("account", "day"), name="one_count_of_looks_a_day"),
        )
        indexes = (models.Index(fields=("day",), name="looks_by_day"),)
