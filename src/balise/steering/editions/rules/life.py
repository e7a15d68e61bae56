"""The life of an edition: its state at a moment, which step may follow, who may take it. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.finding import NotHere
from balise.foundation.refusals import Refused


class EditionState(TextChoices):
    """Where an edition is in its life."""

    DRAFT = "draft", pgettext_lazy("edition", "Draft")
    IN_REVIEW = "in-review", pgettext_lazy("edition", "In review")
    APPROVED = "approved", pgettext_lazy("edition", "Approved")
    FROZEN = "frozen", pgettext_lazy("edition", "Frozen")
    EMBARGOED = "embargoed", pgettext_lazy("edition", "Under embargo")
    PUBLISHED = "published", pgettext_lazy("edition", "Public")
    CORRECTED = "corrected", pgettext_lazy("edition", "Corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "Withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The moments of an edition; one that is still to come has not happened.

    `published_at` is the end of its embargo, `replaced_at` that of the edition that corrects it.
    """

    asked_at: datetime | None = None
    approved_at: datetime | None = None
    frozen_at: datetime | None = None
    published_at: datetime | None = None
    replaced_at: datetime | None = None
    withdrawn_at: datetime | None = None


def state_of(life: Life, now: datetime) -> EditionState:
    """Return the state of an edition at a moment: everything that asks whether it is on asks here.

    No job turns an embargo into a publication: the clock does.
    """
    if life.frozen_at is None:
        return _before(life)
    steps = (
        (EditionState.WITHDRAWN, life.withdrawn_at),
        (EditionState.CORRECTED, life.replaced_at),
        (EditionState.PUBLISHED, life.published_at),
    )
    frozen = EditionState.EMBARGOED if life.published_at else EditionState.FROZEN
    return next((state for state, at in steps if _is_past(at, now)), frozen)


def _before(life: Life) -> EditionState:
    """Return the state of an edition that is not frozen."""
    if life.approved_at:
        return EditionState.APPROVED
    return EditionState.IN_REVIEW if life.asked_at else EditionState.DRAFT


def was_published(life: Life, now: datetime) -> bool:
    """Return whether everyone could read it at some moment until now: its address is known."""
    return life.frozen_at is not None and _is_past(life.published_at, now)


def _is_past(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


# Steps: none is skipped.


class Step(StrEnum):
    ASK_REVIEW = "ask-review"
    APPROVE = "approve"
    FREEZE = "freeze"
    FREEZE_ALONE = "freeze-alone"  # without a second reader, and the edition says so
    PUBLISH = "publish"
    HOLD = "hold"  # an embargo that is given up: it is frozen again
    CORRECT = "correct"
    WITHDRAW = "withdraw"


_FROM: Final[Mapping[Step, Collection[EditionState]]] = {
    Step.ASK_REVIEW: (EditionState.DRAFT,),
    Step.APPROVE: (EditionState.IN_REVIEW,),
    Step.FREEZE: (EditionState.APPROVED,),
    Step.FREEZE_ALONE: (EditionState.DRAFT, EditionState.IN_REVIEW),
    Step.PUBLISH: (EditionState.FROZEN,),
    Step.HOLD: (EditionState.EMBARGOED,),
    Step.CORRECT: (EditionState.FROZEN, EditionState.PUBLISHED, EditionState.WITHDRAWN),
    Step.WITHDRAW: (EditionState.PUBLISHED, EditionState.CORRECTED),
}


class StepWrong(Refused, code="edition-step-wrong"):
    """The step does not follow the state that the edition is in."""


class SamePerson(Refused, code="same-person"):
    """Two people are needed, and this is the first of them."""


class TicksMissing(Refused, code="ticks-missing"):
    field = "ticks"


class ReadOther(Refused, code="read-other"):
    """The deck is not the one that was read."""


class ReasonMissing(Refused, code="edition-reason-missing"):
    """An edition is corrected or withdrawn with a reason, in each language."""


class FilesMissing(Refused, code="edition-files-missing"):
    """Files of the edition are still being drawn."""


class MomentWrong(Refused, code="edition-moment-wrong"):
    field = "from_at"


def may_follow(step: Step, state: EditionState) -> bool:
    """Return whether a step may follow a state."""
    return state in _FROM[step]


def check_step(step: Step, state: EditionState) -> None:
    """Refuse a step that does not follow the state."""
    if may_follow(step, state):
        return
    if step is Step.FREEZE:
        raise StepWrong(_("A second person has not approved this edition."))
    if step is Step.APPROVE:
        raise StepWrong(_("Nobody asked for a second reader."))
    raise StepWrong(
        _("This step does not follow: the edition is “%(state)s”.") % {"state": state.label}
    )


# The second reader.


class Tick(TextChoices):
    """What a second reader has looked at; nothing is approved with one of them missing."""

    NUMBERS = "numbers", gettext_lazy("Numbers, against their source")
    SENTENCES = "sentences", gettext_lazy("Sentences, against the numbers and the rules of writing")
    BREAKS = "breaks", gettext_lazy("Breaks in the series")
    PROTECTION = "protection", gettext_lazy("Protection: nothing points at someone")
    LANGUAGES = "languages", gettext_lazy("Each language says the same")
    ACCESSIBILITY = "accessibility", gettext_lazy("Accessibility: order, texts for pictures")


def check_ticks(ticks: Collection[Tick]) -> None:
    """Refuse a list of ticks with one missing, naming it."""
    if missing := [str(one.label) for one in Tick if one not in ticks]:
        raise TicksMissing(_("Not looked at: %(names)s.") % {"names": " · ".join(missing)})


def check_other(person: str, *others: str) -> None:
    """Refuse a person, by key, who is one of the others: whatever role they act in."""
    if person in others:
        raise SamePerson(_("A second person is needed: not who did the step before."))


# Before everyone: seats that read under embargo.

EARLY: Final = timedelta(hours=24)


def check_early(from_at: datetime, published_at: datetime) -> None:
    """Refuse a moment more than a day before everyone, or not before them."""
    if not published_at - EARLY <= from_at < published_at:
        raise MomentWrong(_("At most 24 hours before everyone, and before them."))


def reads_early(life: Life, from_at: datetime, now: datetime) -> bool:
    """Return whether a seat may read by now: from its moment, and no day before everyone's."""
    if life.published_at is None:
        return False
    return max(from_at, life.published_at - EARLY) <= now


# Corrections.


class Erratum(IntegerChoices):
    """What kind of error is corrected."""

    FORM = 1, gettext_lazy("Form: spelling, a label, the text of a picture; no number")
    MINOR = 2, gettext_lazy("Minor: a number; no title and no sentence changes")
    MAJOR = 3, gettext_lazy("Major: a title, a sentence or a ranking changes")
    METHOD = 4, gettext_lazy("Method: a definition, what is counted, or the days were wrong")
    PROTECTION = 5, gettext_lazy("Protection: it told what it must not tell")

    @property
    def is_grave(self) -> bool:
        """Return whether who publishes decides on it, not who writes."""
        return self >= Erratum.MAJOR


def check_reasons(reasons: Mapping[str, str], languages: Collection[str]) -> None:
    """Refuse a reason that is not written in each language."""
    if not all(reasons.get(one, "").strip() for one in languages):
        raise ReasonMissing(_("Write the reason in each language."))


# How an edition is named in an address: by its day; a correction of the same day by its number too.

_MARK: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([2-9]|[1-9]\d{1,2}))?", re.ASCII)


def mark_of(day: date, version: int) -> str:
    """Return the name of an edition: “2023-10-18”, and “2023-10-18-2” for its correction."""
    return day.isoformat() if version == 1 else f"{day.isoformat()}-{version}"


def read_mark(text: str) -> tuple[date, int]:
    """Return the day and version that `mark_of` wrote, and no other way. Raises NotHere."""
    found = _MARK.fullmatch(text)
    if found is None:
        raise NotHere(text)
    try:
        return date.fromisoformat(found[1]), int(found[2] or 1)
    except ValueError:
        raise NotHere(text) from None
