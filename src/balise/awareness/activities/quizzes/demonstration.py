"""A past of quizzes: their days, and one that the centre wrote; always the same but for the ids."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

from django.conf import settings

from balise.awareness.activities.quizzes import actions
from balise.awareness.activities.quizzes.models import DayTally
from balise.awareness.activities.quizzes.rules import PACKAGE, What, pack
from balise.foundation import clock, strict_toml
from balise.foundation.actors import SYSTEM, Actor

DAYS: Final = 150
_WRITTEN: Final = 40  # days ago
_WEEK: Final = 7


def fill(people: Mapping[str, Actor]) -> None:
    """Count the days of quizzes; publish one of the centre’s own, and bring in its next version."""
    today = clock.today()
    DayTally.objects.bulk_create(_days(today))
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.ago(timedelta(days=max(ago, 0)))):
            actions.tell_days(by=SYSTEM)
    example = files(PACKAGE).joinpath("documents", "example.toml")
    (told,) = strict_toml.loads(example.read_text("utf-8"))["quizzes"]
    with clock.at(clock.ago(timedelta(days=_WRITTEN))):
        version = actions.bring_in(told=told, by=people["editor"])
        actions.publish(version_id=version, by=people["awareness_lead"])
    with clock.at(clock.ago(timedelta(days=_WEEK))):
        actions.bring_in(told={**told, "minutes": told["minutes"] + 1}, by=people["editor"])


def _days(today: date) -> Iterator[DayTally]:
    chance = random.Random(3)  # noqa: S311 - a sample, not a secret
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        is_school = day.weekday() < 5  # noqa: PLR2004 - Saturday
        for quiz in pack(settings.COUNTRY).values():
            started = chance.randrange(0, 12 if is_school else 4)
            finished = sum(chance.random() < 0.7 for _path in range(started))  # noqa: PLR2004
            pairs = sum(chance.random() < 0.2 for _path in range(finished))  # noqa: PLR2004
            gained = sum(chance.choice((-1, 0, 1, 1, 2, 3)) for _pair in range(pairs))
            classes = chance.randrange(0, 3) if is_school and quiz.audience.is_young else 0
            for what, times, total in (
                (What.STARTED, started, 0),
                (What.FINISHED, finished, 0),
                (What.CLASS, classes, 0),
                (What.GAIN, pairs, gained),
            ):
                if times:
                    yield DayTally(
                        day=day,
                        quiz=quiz.code,
                        audience=quiz.audience.value,
                        what=what.value,
                        times=times,
                        total=total,
                    )
