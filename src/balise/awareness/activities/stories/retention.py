"""What is deleted of stories, and when. No row here says who someone is."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.stories.models import KeptPlay
from balise.awareness.activities.stories.rules.places import KEPT
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past

RULES = (
    Rule(
        name="awareness.story-plays",
        forgets=KeptPlay,
        says=_("A story kept under six words is deleted 180 days after the last choice."),
        due=past(KeptPlay, "changed_at", KEPT),
        erase=deleted(KeptPlay),
    ),
)
