"""An immediate danger on the page of whom it is about: who came, the numbers, the steps."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, gettext_lazy as _

from balise.foundation.web.doors import Request
from balise.helpline.console import access
from balise.helpline.console.queries.dangers import Checklist
from balise.helpline.console.rules import LONGEST_ANSWER, Question
from balise.helpline.console.web.forms import Words
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.dangers import LONGEST_TOLD, NotADanger, Outcome
from balise.helpline.telephony import access as telephony

# What is filled in about a danger: the questions, how it ends, why one person ends it.


_WORDS = {"autocomplete": "off"}


class EndingForm(forms.Form):
    """How a danger ends: the outcome, the risk now, and a sentence for who agrees."""

    outcome = forms.TypedChoiceField(
        label=_("Outcome of the danger"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    risk = forms.TypedChoiceField(
        label=_("Risk now"),
        choices=[(one.value, one.label) for one in (Risk.B, Risk.C, Risk.D, Risk.E)],
        coerce=Risk,
    )
    told = Words(
        label=_("In a sentence: what was done, who was told, what follows"),
        max_length=LONGEST_TOLD,
        widget=forms.Textarea({"rows": 2, **_WORDS}),
    )


class AloneForm(forms.Form):
    """Why one person ends a danger."""

    reason = Words(
        label=_("Why nobody can agree"),
        max_length=LONGEST_TOLD,
        widget=forms.Textarea({"rows": 3, **_WORDS}),
    )


class ChecklistForm(forms.Form):
    """The six questions where a life may be in danger."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = Words(
                label=question.label,
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 2, **_WORDS}),
            )


# What the timeline says of the journal; anything else that happened is left out.
_SAYS = {
    "helpline.conversation.begun": gettext_lazy("Conversation started"),
    "helpline.conversation.joined": gettext_lazy("Listener joined"),
    "helpline.conversation.dropped": gettext_lazy("Connection lost"),
    "helpline.conversation.resumed": gettext_lazy("Person is back"),
    "helpline.conversation.ended": gettext_lazy("Conversation ended"),
    "helpline.message.received": gettext_lazy("Message received"),
    "helpline.message.answered": gettext_lazy("Written answer sent"),
    "helpline.message.failed": gettext_lazy("Answer not delivered"),
    "helpline.thread.erased": gettext_lazy("This person erased their messages"),
    "helpline.item.queued": gettext_lazy("Waiting started"),
    "helpline.item.risk-judged": gettext_lazy("Risk assessed"),
    "helpline.item.risk-judged:judged": gettext_lazy("Risk assessed"),
    "helpline.item.risk-judged:declared": gettext_lazy("The person said they are not safe"),
    "helpline.item.risk-judged:words": gettext_lazy("Words raised the risk"),
    "helpline.item.claimed": gettext_lazy("Contact taken"),
    "helpline.item.returned": gettext_lazy("Waiting again, first in the queue"),
    "helpline.item.put-back": gettext_lazy("Put back in the queue, in its place"),
    "helpline.item.handed-over": gettext_lazy("Passed on to a colleague"),
    "helpline.hand.raised": gettext_lazy("Listener called for help"),
    "helpline.hand.lowered": gettext_lazy("Help arrived"),
    "helpline.danger.declared": gettext_lazy("Immediate danger: supervisors alerted"),
    "helpline.danger.answered": gettext_lazy("Questions answered"),
    "helpline.danger.joined": gettext_lazy("Supervisor joined"),
    "helpline.danger.confirmed": gettext_lazy("A person confirmed what words had raised"),
    "helpline.danger.end-proposed": gettext_lazy("The end was proposed"),
    "helpline.danger.end-refused": gettext_lazy("Not yet: the danger goes on"),
    "helpline.danger.set-aside": gettext_lazy("Words of danger set aside"),
    "helpline.danger.ended": gettext_lazy("Danger ended"),
    "helpline.number.held": gettext_lazy("The number is kept for one day"),
    "helpline.number.asked": gettext_lazy("The number was requested"),
    "helpline.number.released": gettext_lazy("A second person agreed to the number"),
    "helpline.number.read": gettext_lazy("The number was read"),
}


def shown_before(request: Request) -> dict[str, str]:
    """Return what each field held before it was typed in, as its page says.

    Who saves over the words of someone else, which the page showed them, does so knowingly.
    """
    given = request.POST
    knows = "over" in given
    return {
        code: given[f"theirs-{code}"]
        if knows and f"theirs-{code}" in given
        else given.get(f"shown-{code}", "")
        for code in Question.values
    }


def saved(
    form: ChecklistForm, shown: Mapping[str, str], theirs: Mapping[str, str], says: str = ""
) -> dict[str, Any]:
    """Return what the form says of its last saving.

    Of each step what its field held when it was last the same as what is stored.
    """
    typed = form.cleaned_data if not says or theirs else {}
    return {
        "says": says,
        "is_saved": not says,
        "shown": [
            (code, shown.get(code, "") if code in theirs else typed.get(code, shown.get(code, "")))
            for code in Question.values
        ],
        "theirs": [(code, Question(code).label, words) for code, words in theirs.items()],
    }


def band(request: Request, found: Checklist) -> dict[str, Any]:
    """Return what changes while the page is open: who came, what is known, whether it is over."""
    return {
        "danger": found,
        "item_id": found.item.id,
        "steps": [(code, Question(code).label, words) for code, words in found.answers.items()],
        "may_supervise": request.actor.may(access.SUPERVISE),
        "is_holder": found.item.held_by == request.actor.key,
        "reasons": NotADanger,
    }


def page(
    request: Request,
    found: Checklist,
    said: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return all that a page shows of a danger."""
    return {
        **band(request, found),
        "number": found.number,
        "may_agree": request.actor.may(telephony.UNSEAL),
        "steps_form": ChecklistForm(initial=dict(found.answers)),
        "ending_form": EndingForm(),
        "steps_saved": said or {"shown": found.answers.items()},
        "happened": [
            (at, _SAYS[event], who) for at, event, who in found.timeline if event in _SAYS
        ],
    }
