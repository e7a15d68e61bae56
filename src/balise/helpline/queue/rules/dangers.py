"""A life in danger: who said so, how it may end, and that nobody ends it alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.packs import PackFaulty, load
from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Risk, RiskFrom

LONGEST_TOLD = 1_000


class SaidBy(TextChoices):
    """Who said that a life is in danger."""

    PERSON = "person", gettext_lazy("The person said so")
    WORDS = "words", gettext_lazy("Words of danger, not confirmed yet")
    LISTENER = "listener", gettext_lazy("Declared by a listener")
    LEAD = "lead", gettext_lazy("Declared by a supervisor")


class Outcome(TextChoices):
    """How a danger ended."""

    RESCUED = "rescued", gettext_lazy("The emergency services are with them")
    ACCOMPANIED = "accompanied", gettext_lazy("Someone close is with them")
    SAFER = "safer", gettext_lazy("They are better, and in a safe place")
    LEFT = "left", gettext_lazy("They left, and we do not know")
    NO_DANGER = "no-danger", gettext_lazy("It was not a danger")


class NotADanger(TextChoices):
    """Why words of danger tell of none."""

    GAME = "game", pgettext_lazy("words of danger", "A game")
    SONG = "song", pgettext_lazy("words of danger", "A song or a film")
    HOMEWORK = "homework", pgettext_lazy("words of danger", "Homework")
    REFUSAL = "refusal", pgettext_lazy("words of danger", "They say the opposite")
    OTHER = "other", pgettext_lazy("words of danger", "Something else")


class NoDanger(Refused, code="no-danger"):
    """Nobody is in danger here now."""


class DangerOver(Refused, code="danger-over"):
    """A danger ends once: who comes second reads how."""


class DangerGoesOn(Refused, code="danger-goes-on"):
    """A danger that is on is neither lowered nor closed: its end is proposed, and agreed to."""


class SecondNeeded(Refused, code="second-needed"):
    """Another person agrees to the end than the one who proposed it."""


class OnlyWords(Refused, code="only-words"):
    """Only what words alone raised is set aside by one person."""


@dataclass(frozen=True, slots=True)
class Life:
    """What decides how a danger may end."""

    said_by: SaidBy
    is_confirmed: bool
    proposed_by: str = ""
    proposed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_guess(self) -> bool:
        """Return whether words alone say so: no person did, or confirmed it."""
        return self.said_by is SaidBy.WORDS and not self.is_confirmed

    @property
    def says(self) -> str:
        """Return, for people, who said it."""
        if self.said_by is SaidBy.WORDS and self.is_confirmed:
            return _("Words of danger, confirmed since")
        return str(self.said_by.label)

    @property
    def risk_from(self) -> RiskFrom:
        """Return where the risk of whom it is about comes from."""
        if self.is_guess:
            return RiskFrom.WORDS
        return RiskFrom.DECLARED if self.said_by is SaidBy.PERSON else RiskFrom.JUDGED

    @property
    def is_on(self) -> bool:
        return self.ended_at is None

    @property
    def blocks(self) -> bool:
        """Return whether its listener takes nobody else: until its end is proposed."""
        return self.is_on and not self.proposed_by


def said_by(how: RiskFrom, *, is_lead: bool) -> SaidBy:
    """Return who says that a life is in danger, by where the risk comes from."""
    if how is RiskFrom.JUDGED:
        return SaidBy.LEAD if is_lead else SaidBy.LISTENER
    return SaidBy.WORDS if how is RiskFrom.WORDS else SaidBy.PERSON


def check_lowers_nothing(*, is_on: bool, risk: Risk) -> None:
    """Refuse (DangerGoesOn) to give someone whose danger is on another risk."""
    if is_on and risk is not Risk.A:
        raise DangerGoesOn(
            _("The danger is still on. Propose its end with the risk now: a second person agrees.")
        )


def check_second(one: Life, *, by: str) -> None:
    """Refuse (SecondNeeded) an agreement with nothing, or with oneself."""
    if not one.proposed_by:
        raise SecondNeeded(_("Nobody has proposed the end. Say first how it ends."))
    if one.proposed_by == by:
        raise SecondNeeded(_("You proposed it yourself: a second person has to agree."))


def check_alone(one: Life, *, by: str, moment: datetime, after: timedelta) -> None:
    """Refuse (SecondNeeded) to end alone what one did not propose, or proposed just now."""
    if one.proposed_by != by or one.proposed_at is None:
        raise SecondNeeded(_("First propose the end yourself, and say how it ends."))
    if moment < one.proposed_at + after:
        minutes = int(after.total_seconds() // 60)
        raise SecondNeeded(
            _("A second person has %(minutes)d minutes to agree. After that you may end it alone.")
            % {"minutes": minutes}
        )


def check_guess(one: Life) -> None:
    """Refuse (OnlyWords) to set aside what a person said or confirmed."""
    if not one.is_guess:
        raise OnlyWords(_("A person said so, or confirmed it: its end needs two people."))


def alone_after(country: str) -> timedelta:
    """Return how long a second person has to agree, by the pack of the country.

    Raises PackFaulty for anything but minutes from 1 to 60.
    """
    pack = load("balise.helpline.queue", country=country, name="danger")
    return minutes_to_agree(pack.get("alone_after"))


def minutes_to_agree(told: object) -> timedelta:
    """Return minutes of a pack. Raises PackFaulty for anything but whole ones from 1 to 60."""
    if not isinstance(told, int) or not 1 <= told <= 60:  # noqa: PLR2004 - an hour
        raise PackFaulty("danger.alone_after: minutes, from 1 to 60")
    return timedelta(minutes=told)


def read_told(text: str) -> str:
    """Return what is told of an end as it is kept; refuse an empty one, and over 1,000 letters."""
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise Refused(_("Write one sentence: what was done, and who was told."))
    if len(words) > LONGEST_TOLD:
        raise Refused(_("1,000 characters at most: say what matters."))
    return words
