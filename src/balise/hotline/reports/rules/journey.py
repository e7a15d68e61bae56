"""The way of one reported content, in steps for its reporter, who may be a child. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import pgettext_lazy

from balise.foundation.web.timeline import Mark, Step, Wording, timeline
from balise.hotline.reports.rules.status import Status
from balise.hotline.reports.rules.words import ContentState, Verdict

VERDICT: Final = "hotline.time-to-verdict"
REMOVAL: Final = "hotline.time-to-removal"

_EXAMINED: Final = Step(label=pgettext_lazy("journey", "An analyst examines it"), measure=VERDICT)
_ANSWER: Final = Step(
    label=pgettext_lazy("journey", "Our answer"),
    says=pgettext_lazy("journey", "Illegal or not, and why. Here, with the code."),
)
_ASKED: Final = Step(
    label=pgettext_lazy("journey", "Removal request, police"),
    says=pgettext_lazy("journey", "If it is illegal."),
)
_CHECKED: Final = Step(label=pgettext_lazy("journey", "We check that it is gone"), measure=REMOVAL)
# What is answered where nothing is asked of anyone.
_ANSWERS: Final[Mapping[Verdict, Wording]] = {
    Verdict.HARMFUL: pgettext_lazy("journey", "It is not against the law"),
    Verdict.OUT_OF_SCOPE: pgettext_lazy("journey", "Another service handles this"),
    Verdict.GONE: pgettext_lazy("journey", "It was already gone"),
    Verdict.UNVERIFIABLE: pgettext_lazy("journey", "We could not find it"),
}


def journey(status: Status, *, received_at: datetime, danger: bool = False) -> tuple[Step, ...]:
    """Return the steps of a content: behind, now and to come.

    `danger`: its report said that someone may be in danger, and is examined before others.
    """
    received = [Step(label=pgettext_lazy("journey", "Received"), at=received_at)]
    if danger:
        says = pgettext_lazy("journey", "Because someone may be in danger.")
        received.append(Step(label=pgettext_lazy("journey", "First in line"), says=says))
    if status.decided_at is None:
        now = Step(label=_EXAMINED.label, says=status.words, measure=VERDICT)
        return timeline(received, now, (_ANSWER, _ASKED, _CHECKED))
    examined = Step(label=pgettext_lazy("journey", "Examined by an analyst"))
    if status.state is ContentState.CLOSED and status.verdict is not Verdict.ILLEGAL:
        label = _ANSWERS.get(status.verdict, status.label) if status.verdict else status.label
        answer = Step(label=label, says=status.words, at=status.decided_at)
        return timeline((*received, examined, answer))
    label = pgettext_lazy("journey", "It is against the law")
    return _removal([*received, examined, Step(label=label, at=status.decided_at)], status)


def _removal(done: list[Step], status: Status) -> tuple[Step, ...]:
    """Return what is done with an illegal content, after what is behind."""
    if status.is_asked:
        label = pgettext_lazy("journey", "We asked for its removal")
        done.append(Step(label=label, at=status.asked_at))
    if status.refused_at is not None:
        label = pgettext_lazy("journey", "They refused to remove it")
        done.append(Step(label=label, at=status.refused_at))
    if status.state is ContentState.REMOVED:
        says = pgettext_lazy("journey", "It is no longer at that address. Thank you.")
        label = pgettext_lazy("journey", "It is gone")
        return timeline((*done, Step(label=label, says=says, at=status.removed_at)))
    if status.state is ContentState.CLOSED:
        label = pgettext_lazy("journey", "It is not removed")
        return timeline((*done, Step(label=label, says=status.words, mark=Mark.STOPPED)))
    if not status.is_asked and status.refused_at is None:
        label = pgettext_lazy("journey", "Removal request")
        return timeline(done, Step(label=label, says=status.words), (_CHECKED,))
    says = pgettext_lazy("journey", "We keep checking. If nothing happens, we insist.")
    if status.refused_at is not None:
        says = pgettext_lazy(
            "journey", "Here is what we do: we ask others who can remove it, and keep checking."
        )
    label = pgettext_lazy("journey", "Not removed yet")
    return timeline(done, Step(label=label, says=says, measure=REMOVAL))
