"""A past of the stories: how often each was begun and finished, and what was chosen."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.models import PlayTally
from balise.awareness.activities.stories.queries import Published, catalogue, published
from balise.awareness.activities.stories.rules.places import Mode, What
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

DAYS: Final = 120
_WEEK: Final = 7
_SCHOOL_DAYS: Final = 5
_FINISH: Final = 0.7


def played(_people: Mapping[str, Actor]) -> None:
    """Count the days of each published story, and tell them week by week."""
    today = clock.today()
    chance = random.Random(3)  # noqa: S311 - a sample, not a secret
    for card in catalogue():
        PlayTally.objects.bulk_create(_days(published(card.slug), today, chance))
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.ago(timedelta(days=max(ago, 0)))):
            playing.tell_days(by=SYSTEM)


def _days(story: Published, today: date, chance: random.Random) -> Iterator[PlayTally]:
    choices = sorted(story.story().built.offered)
    endings = [each.code for each in story.about.endings]
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        for mode, most in ((Mode.ALONE, 9), (Mode.CLASS, 3)):
            is_school = day.weekday() < _SCHOOL_DAYS
            begun = chance.randrange(most + 1) if is_school or mode is Mode.ALONE else 0
            done = Counter({(What.BEGUN, ""): begun})
            for _play in range(begun):
                done.update((What.CHOSEN, each) for each in chance.choices(choices, k=8))
                if endings and chance.random() < _FINISH:
                    done[What.ENDED, chance.choice(endings)] += 1
            for (what, code), times in done.items():
                if times:
                    yield PlayTally(
                        day=day,
                        story=story.card.slug,
                        mode=mode.value,
                        what=what.value,
                        code=code,
                        times=times,
                    )
