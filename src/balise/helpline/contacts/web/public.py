"""The questions afterwards: by token, without a name, without script. Looking does nothing."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.encryption.worded import ReceiptMistyped, read_receipt
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public, staff
from balise.foundation.web.fields import CodeField, LongTextField
from balise.foundation.web.pauses import paced
from balise.helpline.contacts import queries
from balise.helpline.contacts.actions import canning, wrapping
from balise.helpline.contacts.rules.asking import Answer, Mood, QuestionsOver
from balise.helpline.contacts.rules.canned import LONGEST_ANSWER, LONGEST_NAME

# How someone says it was, where nothing must be answered; ready answers; files for others.


class AfterForm(forms.Form):
    """The two questions, and how one felt before and after."""

    before = forms.TypedChoiceField(
        label=pgettext_lazy("youth", "How did you feel before?"),
        choices=Mood.choices,
        coerce=lambda value: Mood(int(value)),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    after = forms.TypedChoiceField(
        label=pgettext_lazy("youth", "And now?"),
        choices=Mood.choices,
        coerce=lambda value: Mood(int(value)),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    helpful = CodeField(
        Answer,
        label=pgettext_lazy("youth", "Did it help you?"),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    recommends = CodeField(
        Answer,
        label=pgettext_lazy("youth", "Would you tell a friend about us?"),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )

    def given(self) -> dict[str, Any]:
        """Return what was answered, None for what was not."""
        return {name: self.cleaned_data[name] for name in self.fields}


class AnswerForm(forms.Form):
    """The words of a ready answer."""

    text = LongTextField(
        label=_("Words of the answer"),
        help_text=_("Up to 1,000 characters."),
        max_length=LONGEST_ANSWER,
        rows=3,
    )


class NewAnswerForm(AnswerForm):
    """A ready answer that is not there yet."""

    name = forms.CharField(
        label=_("Short name"),
        help_text=_(
            "Up to 30 letters. With the short name of a shared one, yours takes its place."
        ),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("name", "text")


PAGE = "helpline/contacts/after.html"


@public.form
@paced
def after(request: Request, token: str) -> HttpResponse:
    """Ask how it was, once; say plainly when the link is over."""
    try:
        receipt = read_receipt(token)
    except ReceiptMistyped:
        return _over(request)
    form = AfterForm(posted(request))
    if form.is_valid():
        try:
            wrapping.answer(token=receipt, by=request.actor, **form.given())
        except QuestionsOver:
            return _over(request)
        return redirect("after:thanks")
    if not queries.are_open(receipt):
        return _over(request)
    return render(request, PAGE, {"form": form}, status=status_of(form))


@public.get
def thanks(request: Request) -> HttpResponse:
    """Say thank you."""
    return render(request, PAGE, {"is_kept": True})


def _over(request: Request) -> HttpResponse:
    return render(request, PAGE, {"is_over": True}, status=HTTPStatus.GONE)


# The staff door: a listener's ready answers, the shared ones and their own.


@staff.form
def answers(request: Request, language: str) -> HttpResponse:
    """Show the ready answers of a language; add one of one's own."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if request.method != "POST":
        return _show(request, language)
    form = NewAnswerForm(request.POST, prefix="new")
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved."), at="name", conflict=True):
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
    messages.success(request, gettext("Saved."))
    return redirect("staff:contacts:answers", language)


@staff.post
def drop(request: Request, language: str, code: str) -> HttpResponse:
    """Drop one of one's own."""
    canning.drop_answer(code=code, language=language, by=request.actor)
    messages.success(request, gettext("Deleted."))
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
