"""The words of danger: an edit is proposed, tried on the lists, and decided by a second person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.queue.actions import words as actions
from balise.helpline.queue.queries import words as queries
from balise.helpline.queue.rules.danger_words.editing import LONGEST_WHY

_ACTS = {"approve": actions.approve, "refuse": actions.refuse}
_LINES = forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"})


class WordsEditForm(forms.Form):
    """A list of words, and what comes into it and leaves it, a word or short phrase a line."""

    of = forms.ChoiceField(label=_("List of words"))  # its choices are those of the moment
    added = forms.CharField(label=_("To add, one a line"), required=False, widget=_LINES)
    removed = forms.CharField(label=_("To take out, one a line"), required=False, widget=_LINES)
    why = forms.CharField(
        label=_("Why these words change"),
        max_length=LONGEST_WHY,
        help_text=_("Never copy what a young person wrote: rewrite it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, words: Mapping[str, Mapping[str, object]], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        choice: Any = self.fields["of"]
        choice.choices = [
            (code, [(f"{code}:{name}", name) for name in sorted(names)])
            for code, names in words.items()
        ]

    @property
    def edit(self) -> dict[str, Any]:
        """Return what the action asks for."""
        language, _mark, concept = self.cleaned_data["of"].partition(":")
        return {
            "language": language,
            "concept": concept,
            "added": self.cleaned_data["added"].splitlines(),
            "removed": self.cleaned_data["removed"].splitlines(),
            "why": self.cleaned_data["why"],
        }


@staff.form
def words(request: Request) -> HttpResponse:
    """Show the edits to decide, those that were, and one list; propose an edit."""
    now = queries.words_now(seen_by=request.actor)
    of = request.GET.get("of", "")
    form = WordsEditForm(now, posted(request), initial={"of": of})
    if form.is_valid():
        said = gettext("Proposed. A second person must decide.")
        with attempt(request, form, said=said):
            actions.propose(**form.edit, by=request.actor)
            return redirect("staff:console:words")
    waiting, decided = queries.edits(seen_by=request.actor)
    language, _mark, concept = of.partition(":")
    context = {
        "form": form,
        "waiting": waiting,
        "decided": decided,
        "of": of,
        "shown": now.get(language, {}).get(concept, ()),
    }
    return render(request, "helpline/console/words.html", context, status=status_of(form))


@staff.post
def decide(request: Request, edit_id: UUID) -> HttpResponse:
    """Approve or refuse an edit, as a second person."""
    action: Any = there(_ACTS.get(request.POST.get("act", "")))
    with attempt(request):
        action(edit_id=edit_id, by=request.actor)
    return redirect("staff:console:words")
