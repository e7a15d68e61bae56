"""Plays kept under six words, and tallies of days; no row says who played."""

from django.db import models

from balise.awareness.activities.stories.rules.places import Mode, What
from balise.foundation.coded import Coded
from balise.foundation.encryption.words import OpenedByWords
from balise.foundation.statistics.tallies import DayTally


class KeptPlay(OpenedByWords):
    """A play that six words open.

    `told` is what `rules.places` writes: codes of a story, numbers of choices, no word of anyone.
    """

    words_of = ("awareness", "stories.words")
    told = models.JSONField()
    changed_at = models.DateTimeField(db_index=True)


class PlayTally(DayTally):
    """How often something was done in a story on a day; `code` is that of a choice or an ending."""

    story = models.CharField(max_length=60)
    mode = models.CharField(max_length=5, choices=Mode)
    what = models.CharField(max_length=6, choices=What)
    code = models.CharField(max_length=80, blank=True)

    done = Coded(What, "what")

    class Meta:
        verbose_name_plural = "play tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "story", "mode", "what", "code"), name="one_play_tally_a_day"
            ),
        )
