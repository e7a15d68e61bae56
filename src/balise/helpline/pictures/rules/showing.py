"""Whether a picture may be sent, and what may become of it. Pure."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from balise.foundation.refusals import Refused

MOST_BYTES: Final = 8_000_000
MOST_IN_ONE: Final = 10  # pictures of one conversation


class Undressed(TextChoices):
    """Whether someone is undressed in it: asked before a file can be chosen."""

    YES = "yes", pgettext_lazy("youth", "Yes")
    UNSURE = "unsure", pgettext_lazy("youth", "I’m not sure")
    NO = "no", pgettext_lazy("youth", "No")


class PictureState(TextChoices):
    """The state of a picture."""

    OFFERED = "offered", pgettext_lazy("picture", "Shown")
    ASKED = "asked", gettext_lazy("Asked whether we may keep it")
    KEPT = "kept", pgettext_lazy("picture", "Kept in the case")
    SEALED = "sealed", pgettext_lazy("picture", "Closed to everyone but one supervisor")
    GONE = "gone", pgettext_lazy("picture", "Erased")


class Outcome(TextChoices):
    """The decision about a picture that should not be here."""

    ERASED = "erased", pgettext_lazy("picture", "Erase it")
    POLICE = "police", pgettext_lazy("picture", "The police have it: erase it here")


IN_THE_CHAT: Final = frozenset({PictureState.OFFERED, PictureState.ASKED})
OF_THE_CHILD: Final = IN_THE_CHAT | {PictureState.KEPT}


class NotSent(Refused, code="picture-not-sent"):
    """The first question was not answered with no: no file is taken."""


class TooHeavy(Refused, code="picture-too-heavy"):
    """It has more octets than are taken."""


class NoPicture(Refused, code="picture-is-none"):
    """It is no picture, a damaged one, or one that is too large."""


class TooMany(Refused, code="pictures-too-many"):
    """The conversation has as many pictures as are taken."""


class NotNow(Refused, code="picture-not-now"):
    """What is asked is not possible in this state of the picture."""


class OpenedAlready(Refused, code="picture-opened-already"):
    """A sealed picture is opened once, by one person."""


def may_be_sent(answer: str) -> bool:
    """Return whether a file may be chosen: only where nobody is undressed in the picture."""
    return answer == Undressed.NO


def check_sent(answer: str, size: int) -> None:
    """Refuse (NotSent) a picture that may not be sent, and (TooHeavy) more than 8 MB."""
    if not may_be_sent(answer):
        raise NotSent(pgettext("youth", "Answer the question first."))
    if size > MOST_BYTES:
        raise TooHeavy(
            pgettext("youth", "This picture is too large: 8 MB at most. Nothing was sent.")
        )


def check_room(many: int) -> None:
    """Refuse (TooMany) a picture where a conversation has ten."""
    if many >= MOST_IN_ONE:
        raise TooMany(pgettext("youth", "There are 10 pictures here already. Take one back first."))


def check_state(state: str, among: frozenset[PictureState]) -> None:
    """Refuse (NotNow) what is not possible in this state."""
    if state not in among:
        raise NotNow(_("This picture is no longer there."))
