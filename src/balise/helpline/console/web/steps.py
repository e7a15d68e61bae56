"""An immediate danger on the page of whom it is about: who came, the numbers, the steps."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from balise.foundation.web.doors import Request
from balise.helpline.console import access
from balise.helpline.console.queries.dangers import Checklist
from balise.helpline.console.rules import Question
from balise.helpline.console.web.forms import ChecklistForm
from balise.helpline.telephony import access as telephony

# What the timeline says of the journal; anything else that happened is left out.
_SAYS = {
    "helpline.conversation.begun": gettext_lazy("A conversation began"),
    "helpline.conversation.joined": gettext_lazy("A listener joined"),
    "helpline.conversation.dropped": gettext_lazy("Their line dropped"),
    "helpline.conversation.resumed": gettext_lazy("They are back"),
    "helpline.conversation.ended": gettext_lazy("The conversation ended"),
    "helpline.message.received": gettext_lazy("They wrote"),
    "helpline.message.answered": gettext_lazy("A listener answered in writing"),
    "helpline.message.failed": gettext_lazy("An answer did not arrive"),
    "helpline.thread.erased": gettext_lazy("They erased what they wrote"),
    "helpline.item.queued": gettext_lazy("They began to wait"),
    "helpline.item.risk-judged": gettext_lazy("The risk was judged"),
    "helpline.item.risk-judged:judged": gettext_lazy("The risk was judged"),
    "helpline.item.risk-judged:declared": gettext_lazy("They said that they are not safe"),
    "helpline.item.risk-judged:words": gettext_lazy("Words of theirs raised the risk"),
    "helpline.item.claimed": gettext_lazy("A listener took them"),
    "helpline.item.returned": gettext_lazy("They wait again, in front"),
    "helpline.item.put-back": gettext_lazy("Put back in line, in its place"),
    "helpline.item.handed-over": gettext_lazy("Passed on to a colleague"),
    "helpline.hand.raised": gettext_lazy("The listener called for help"),
    "helpline.hand.lowered": gettext_lazy("Someone came to help"),
    "helpline.danger.declared": gettext_lazy("Immediate danger: supervisors alerted"),
    "helpline.danger.answered": gettext_lazy("The questions were answered"),
    "helpline.danger.joined": gettext_lazy("A supervisor joined"),
    "helpline.danger.ended": gettext_lazy("Danger ended"),
    "helpline.number.held": gettext_lazy("Their number is kept for a day"),
    "helpline.number.asked": gettext_lazy("Their number was asked for"),
    "helpline.number.released": gettext_lazy("A second person agreed to the number"),
    "helpline.number.read": gettext_lazy("Their number was read"),
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
    }


def page(
    request: Request,
    found: Checklist,
    form: ChecklistForm | None = None,
    said: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return all that a page shows of a danger, with what was typed in a form that was refused."""
    return {
        **band(request, found),
        "number": found.number,
        "may_agree": request.actor.may(telephony.UNSEAL),
        "steps_form": form or ChecklistForm(initial=dict(found.answers)),
        "steps_saved": said or {"shown": found.answers.items()},
        "happened": [
            (at, _SAYS[event], who) for at, event, who in found.timeline if event in _SAYS
        ],
    }
