"""The figures of stories, for staff: begun, finished, endings, choices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from balise.awareness.activities.stories import access
from balise.awareness.activities.stories.models import PlayTally
from balise.awareness.activities.stories.queries import Published, catalogue, published
from balise.awareness.activities.stories.rules.places import Mode, What
from balise.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class CountRow:
    """One number with its words."""

    says: str
    times: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one story, of all time.

    `begun` and `ended` are by mode; `scenes` are those of which choices were made.
    """

    title: str
    begun: Sequence[CountRow]
    ended: Sequence[CountRow]
    endings: Sequence[CountRow]
    scenes: Sequence[Sequence[CountRow]]


def board(*, language: str, by: Actor) -> Sequence[Counted]:
    """Return the figures of each published story."""
    access.require(by, access.READ)
    return [_counted(published(each.slug), language) for each in catalogue()]


def _counted(story: Published, language: str) -> Counted:
    rows = (
        PlayTally.objects.filter(story=story.card.slug)
        .values_list("what", "mode", "code")
        .annotate(times=Sum("times"))
    )
    numbers: dict[str, Counter[str]] = {what: Counter() for what in What}
    modes: dict[str, Counter[str]] = {what: Counter() for what in What}
    for what, mode, code, times in rows:
        numbers[what][code] += times
        modes[what][mode] += times
    chosen = numbers[What.CHOSEN]
    endings = {each.code: str(each.title) for each in story.about.endings}
    words, offered = story.words.get(language, {}), story.story().built.offered
    return Counted(
        str(story.about.title),
        _rows(modes[What.BEGUN], dict(Mode.choices)),
        _rows(modes[What.ENDED], dict(Mode.choices)),
        _rows(numbers[What.ENDED], endings),
        [_rows(chosen, each) for each in _scenes(chosen, offered, words)],
    )


def _scenes(
    chosen: Counter[str], offered: Mapping[str, str], words: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """Return the choices that were counted with their words, in a list for each scene."""
    found: dict[str, dict[str, str]] = {}
    for code in [*offered, *sorted(chosen.keys() - offered.keys())]:
        found.setdefault(offered.get(code, ""), {})[code] = words.get(code, code)
    return [each for each in found.values() if any(chosen[code] for code in each)]


def _rows(numbers: Counter[str], labels: Mapping[str, object]) -> Sequence[CountRow]:
    return [CountRow(str(says), numbers[code]) for code, says in labels.items()]
