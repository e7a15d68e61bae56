"""What was said after sessions, by kit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Sum

from balise.awareness.activities.feedback import access
from balise.awareness.activities.feedback.models import FeedbackTally
from balise.awareness.activities.feedback.rules import ABLE, USEFUL, YES
from balise.awareness.publications.queries import named
from balise.foundation.actors import Actor

PERCENT_FROM: Final = 20  # answers


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who answered say yes."""

    yes: int
    of: int

    @property
    def percent(self) -> int | None:
        """Return the share in percent; None of few answers, where it would say too much."""
        return round(100 * self.yes / self.of) if self.of >= PERCENT_FROM else None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of sessions with a kit."""

    title: str
    address: str
    useful: Share
    able: Share


def said(*, language: str, by: Actor) -> Sequence[Said]:
    """Return what was said by kit, the one with most answers first."""
    access.require(by, access.READ)
    counted = FeedbackTally.objects.values_list("kit", "question", "answer").annotate(Sum("times"))
    by_kit: dict[UUID, dict[str, dict[str, int]]] = {}
    for kit, question, answer, times in counted:
        by_kit.setdefault(kit, {}).setdefault(question, {})[answer] = times
    pages = named(things=[str(kit) for kit in by_kit], language=language)
    most = sorted(by_kit.items(), key=lambda each: -sum(each[1].get(USEFUL, {}).values()))
    return [
        Said(
            pages[str(kit)].title if str(kit) in pages else "",
            pages[str(kit)].address if str(kit) in pages else "",
            _share(answers.get(USEFUL, {})),
            _share(answers.get(ABLE, {})),
        )
        for kit, answers in most
    ]


def _share(answers: Mapping[str, int]) -> Share:
    yes = sum(times for answer, times in answers.items() if answer in YES)
    return Share(yes, sum(answers.values()))
