"""Half a year of answers about two kits; always the same."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from balise.awareness.activities.feedback import actions
from balise.awareness.activities.feedback.models import FeedbackTally
from balise.awareness.activities.feedback.rules import ABLE, USEFUL
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

DAYS: Final = 180
_SOMETIMES: Final = 0.4


def fill(_people: Mapping[str, Actor]) -> None:
    """Count answers on days of the last half year, and tell the journal of them."""
    chance = random.Random(4)  # noqa: S311 - a sample, not a secret
    found = [each.kit for each in kits.current(language="fr")]
    told: Counter[tuple[date, UUID, str, str, str]] = Counter()
    for ago in range(DAYS, 0, -1):
        day = clock.today() - timedelta(days=ago)
        if day.weekday() > 4 or chance.random() > _SOMETIMES or not found:  # noqa: PLR2004 - Friday
            continue
        kit, ages = chance.choice(found), chance.choice("abbc")
        for question, answers in ((USEFUL, "aaabbbbc"), (ABLE, "aabbbbcd")):
            told[day, kit, ages, question, chance.choice(answers)] += 1
    FeedbackTally.objects.bulk_create(
        FeedbackTally(day=day, kit=kit, ages=ages, question=question, answer=answer, times=times)
        for (day, kit, ages, question, answer), times in told.items()
    )
    actions.tell_days(by=SYSTEM)
