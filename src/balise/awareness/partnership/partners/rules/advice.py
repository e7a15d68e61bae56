"""Opinions, published whole; recommendations to a company, and what became of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused


class OpinionPublic(Refused, code="opinion-public"):
    """What is public does not change any more."""


class VotesWrong(Refused, code="votes-wrong"):
    """Nobody voted, or more than were there."""

    field = "votes_for"


class MinorityMissing(Refused, code="minority-missing"):
    """Some voted against: their opinion stands beside it, or they said that they give none."""

    field = "minority"


class MinorityUnfounded(Refused, code="minority-unfounded"):
    """A minority opinion where all voted for."""

    field = "minority"


class StepOutOfOrder(Refused, code="step-out-of-order"):
    """What a recommendation cannot become from where it is."""

    field = "state"


class WordsMissing(Refused, code="words-missing"):
    field = "words"


@dataclass(frozen=True, slots=True)
class Votes:
    """How members voted, as numbers."""

    in_favour: int
    against: int
    abstained: int

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def is_divided(self) -> bool:
        return self.against > 0


def check_votes(votes: Votes, *, present: int) -> None:
    """Refuse votes of nobody, and more votes than there were people."""
    if votes.total < 1:
        raise VotesWrong(_("Enter the votes: an opinion is adopted by somebody."))
    if votes.total > present:
        raise VotesWrong(
            _("%(votes)s votes, but %(present)s present at this meeting: check the numbers.")
            % {"votes": votes.total, "present": present}
        )


def check_whole(votes: Votes, *, minority: str, is_waived: bool) -> None:
    """Refuse to publish an opinion without the dissent that belongs to it.

    Whoever voted against stands beside it in their own words, unless they said that they give none.
    """
    if minority and votes.in_favour == votes.total:
        raise MinorityUnfounded(_("All voted for it: there is no minority opinion."))
    if votes.is_divided and not minority and not is_waived:
        raise MinorityMissing(
            _("Some voted against. Add the minority opinion, or note that they give none.")
        )


class RecommendationState(TextChoices):
    """What became of a recommendation."""

    SENT = "sent", pgettext_lazy("recommendation", "Sent")
    ANSWERED = "answered", pgettext_lazy("recommendation", "Answered")
    FOLLOWED = "followed", pgettext_lazy("recommendation", "Followed")
    IN_PART = "in_part", pgettext_lazy("recommendation", "Followed in part")
    REFUSED = "refused", pgettext_lazy("recommendation", "Refused")
    NO_ANSWER = "no_answer", pgettext_lazy("recommendation", "No answer in time")


# What a person may note after each; a company that kept silent may still answer.
NEXT: Final = {
    RecommendationState.SENT: (
        RecommendationState.ANSWERED,
        RecommendationState.FOLLOWED,
        RecommendationState.IN_PART,
        RecommendationState.REFUSED,
    ),
    RecommendationState.NO_ANSWER: (
        RecommendationState.ANSWERED,
        RecommendationState.FOLLOWED,
        RecommendationState.IN_PART,
        RecommendationState.REFUSED,
    ),
    RecommendationState.ANSWERED: (
        RecommendationState.FOLLOWED,
        RecommendationState.IN_PART,
        RecommendationState.REFUSED,
    ),
    RecommendationState.IN_PART: (RecommendationState.FOLLOWED,),
    RecommendationState.REFUSED: (RecommendationState.IN_PART, RecommendationState.FOLLOWED),
    RecommendationState.FOLLOWED: (),
}


def check_step(
    steps: Sequence[tuple[RecommendationState, date]],
    *,
    to: RecommendationState,
    day: date,
    words: str,
) -> None:
    """Refuse what does not follow from the steps so far, a day before the last, an empty answer."""
    last, on = steps[-1]
    if to not in NEXT[last]:
        raise StepOutOfOrder(
            _("After “%(last)s” comes another step than “%(next)s”.")
            % {"last": last.label, "next": to.label}
        )
    if day < on:
        raise StepOutOfOrder(_("This day is before that of the last step."))
    if to is RecommendationState.ANSWERED and not words:
        raise WordsMissing(_("Enter what they answered, in short."))


def is_silent(state: RecommendationState, answer_by: date, *, on: date) -> bool:
    """Return whether the last day for an answer went by without one."""
    return state is RecommendationState.SENT and on > answer_by
