"""What a listener sees of a correspondence, as a part that the console includes."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.forms import Form

from balise.foundation.actors import Actor
from balise.helpline.channels.actions import answering
from balise.helpline.channels.queries import Correspondence
from balise.helpline.channels.rules import CorrespondenceState
from balise.helpline.channels.web.forms import AnswerForm


@dataclass(frozen=True, slots=True)
class Pane:
    """A correspondence as the listener who has it sees it."""

    one: Correspondence
    form: Form

    @property
    def is_erased(self) -> bool:
        """Return whether the person destroyed what was written."""
        return self.one.state is CorrespondenceState.ERASED


def pane_of(thread_id: UUID, *, seen_by: Actor, form: Form | None = None) -> Pane:
    """Return the pane, once it is written down that it was read. Raises ObjectDoesNotExist."""
    one = answering.read(thread_id=thread_id, by=seen_by)
    typed = {"text": one.typed.text} if one.typed else {}
    return Pane(one, form or AnswerForm(initial=typed))


def with_chat(text: str, *, language: str, words: str) -> str:
    """Return an answer with the way to the chat below it, where nothing stays behind."""
    return f"{text.rstrip()}\n\n{words}\n{settings.PUBLIC_ADDRESS}/{language}/talk/"
