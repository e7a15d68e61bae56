"""The staff door: a listener's ready answers, the shared ones and their own."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.contacts import queries
from balise.helpline.contacts.actions import canning
from balise.helpline.contacts.web.forms import AnswerForm, NewAnswerForm


@staff.form
def answers(request: Request, language: str) -> HttpResponse:
    """Show the ready answers of a language; add one of one's own."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if request.method != "POST":
        return _show(request, language)
    form = NewAnswerForm(request.POST, prefix="new")
    if form.is_valid():
        with attempt(request, form, said=_("Saved."), at="name", conflict=True):
            canning.add_answer(language=language, by=request.actor, **form.cleaned_data)
            return redirect("staff:contacts:answers", language)
    return _show(request, language, new=form)


@staff.post
def change(request: Request, language: str, code: str) -> HttpResponse:
    """Change one of one's own."""
    form = AnswerForm(request.POST, prefix=f"own-{code}")
    if not form.is_valid():
        return _show(request, language, changed=form)
    canning.change_answer(code=code, language=language, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("staff:contacts:answers", language)


@staff.post
def drop(request: Request, language: str, code: str) -> HttpResponse:
    """Drop one of one's own."""
    canning.drop_answer(code=code, language=language, by=request.actor)
    messages.success(request, _("Deleted."))
    return redirect("staff:contacts:answers", language)


def _show(request: Request, language: str, **filled: Form) -> HttpResponse:
    changed = filled.get("changed")
    names = dict(settings.LANGUAGES)
    own = queries.own_answers(seen_by=request.actor, language=language)
    forms = {
        code: changed
        if changed is not None and changed.prefix == f"own-{code}"
        else AnswerForm(initial={"text": text}, prefix=f"own-{code}")
        for code, text in own.items()
    }
    context = {
        "language": language,
        "tabs": [
            (name, reverse("staff:contacts:answers", args=[code]), code == language)
            for code, name in names.items()
        ],
        "forms": forms,
        "changed": None,
        "new": NewAnswerForm(prefix="new"),
        "shared": queries.shared_answers(language),
        "own": own,
        **filled,
    }
    return render(
        request, "helpline/contacts/answers.html", context, status=status_of(*filled.values())
    )
