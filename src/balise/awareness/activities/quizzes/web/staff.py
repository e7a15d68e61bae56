"""Quizzes, for staff: which are public, versions with what is found in them, what they change."""

from importlib.resources import files
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from balise.awareness.activities.quizzes import access, actions, queries
from balise.awareness.activities.quizzes.documents.drafts import draft
from balise.awareness.activities.quizzes.rules import MOST_BYTES, PACKAGE
from balise.awareness.questions.documents import imports
from balise.awareness.questions.rules.imports import Imported
from balise.awareness.questions.web.fields import told
from balise.foundation import apart
from balise.foundation.faults import unreadable
from balise.foundation.files.uploads import refuse_what_did_not_come, takes_plain_files
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

# The forms of quizzes for staff: a quiz's file, or one of another program.


class FileForm(forms.Form):
    """A quiz as a TOML file, written as those of the country's pack."""

    file = forms.FileField(
        label=gettext_lazy("The quiz, as a file"),
        help_text=gettext_lazy("A TOML file of 200 kB at most, as the one you can download here."),
    )

    def clean_file(self) -> Any:
        """Return what the file says of one quiz; refuse what is none."""
        sent = self.cleaned_data["file"]
        refuse_what_did_not_come(sent)
        octets = sent.read(MOST_BYTES + 1)
        if len(octets) > MOST_BYTES:
            raise ValidationError(_("The file is too large: 200 kB at most."))
        try:
            quizzes = apart.toml(octets).get("quizzes")
        except apart.Unreadable as fault:
            raise ValidationError(unreadable(fault)) from None
        if not isinstance(quizzes, list) or len(quizzes) != 1 or not isinstance(quizzes[0], dict):
            raise ValidationError(_("The file must hold one quiz, under [[quizzes]]."))
        return quizzes[0]


class OtherFileForm(forms.Form):
    """Questions of another program, and the language they are in."""

    other = forms.FileField(
        label=gettext_lazy("Questions of another program"),
        help_text=gettext_lazy("A file in GIFT, or in QTI 2.2 (an item, or a package)."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Their language"), choices=settings.LANGUAGES)

    def clean_other(self) -> bytes:
        """Return the file; refuse one that is too large."""
        sent = self.cleaned_data["other"]
        refuse_what_did_not_come(sent)
        octets: bytes = sent.read(MOST_BYTES + 1)
        if len(octets) > MOST_BYTES:
            raise ValidationError(_("The file is too large: 200 kB at most."))
        return octets

    @property
    def found(self) -> Imported:
        """Return the questions of the file. Raises FileFaulty."""
        return imports.read(self.cleaned_data["other"], language=self.cleaned_data["language"])


@staff.get
def board(request: Request) -> HttpResponse:
    """Show all quizzes."""
    context = {
        "quizzes": queries.every(by=request.actor),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "quizzes/staff/board.html", context)


@staff.form
@takes_plain_files
def bring_in(request: Request) -> HttpResponse:
    """Bring in a quiz as a new version, which nobody sees yet."""
    access.require(request.actor, access.WRITE)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form, said=_("Brought in. Nobody sees it yet."), at="file"):
            version_id = actions.bring_in(told=form.cleaned_data["file"], by=request.actor)
            return redirect("staff:quizzes:version", version_id)
    context = {"form": form, "other_form": OtherFileForm()}
    return render(request, "quizzes/staff/bring_in.html", context, status=status_of(form))


@staff.form
@takes_plain_files
def convert(request: Request) -> HttpResponse:
    """Give the questions of another program as a quiz's file to complete; nothing is kept."""
    access.require(request.actor, access.WRITE)
    form = OtherFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form, at="other"):
            text = draft(form.found, languages=[code for code, _name in settings.LANGUAGES])
            return _toml(text.encode(), "quiz-to-complete.toml")
    context = {"form": FileForm(), "other_form": form}
    return render(request, "quizzes/staff/bring_in.html", context, status=status_of(form))


@staff.get
def example(request: Request) -> HttpResponse:
    """Give an example of the file, to write one by."""
    access.require(request.actor, access.READ)
    return _toml(files(PACKAGE).joinpath("documents", "example.toml").read_bytes(), "quiz.toml")


@staff.get
def one(request: Request, code: str) -> HttpResponse:
    """Show a quiz: whether it is public, its versions, what was counted."""
    known = queries.one(code, by=request.actor)
    context = {
        "known": known,
        "may_restore": known.of_pack and (known.is_own or not known.is_public),
        "versions": queries.versions(code, by=request.actor),
        "counted": queries.counted(code, by=request.actor),
        "may_publish": request.actor.may(access.PUBLISH),
    }
    return render(request, "quizzes/staff/one.html", context)


@staff.get
def version(request: Request, version_id: UUID) -> HttpResponse:
    """Show a version as it would be read, with what is found in it."""
    found = queries.version(version_id, by=request.actor)
    context = {
        "version": found,
        "stops": any(each.stops for each in found.findings),
        "asked": [told(each, each.right[0] if each.right else "") for each in found.quiz.questions],
        "may_publish": request.actor.may(access.PUBLISH),
    }
    return render(request, "quizzes/staff/version.html", context)


@staff.post
def publish(request: Request, version_id: UUID) -> HttpResponse:
    """Make a version public."""
    with attempt(request, said=_("Published.")):
        code = actions.publish(version_id=version_id, by=request.actor)
        return redirect("staff:quizzes:one", code)
    return redirect("staff:quizzes:version", version_id)


@staff.post
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take a quiz off the public pages."""
    with attempt(request, said=_("Withdrawn from the public pages.")):
        actions.withdraw(code=code, by=request.actor)
    return redirect("staff:quizzes:one", code)


@staff.post
def restore(request: Request, code: str) -> HttpResponse:
    """Show a quiz of the pack again, in the pack’s words."""
    with attempt(request, said=_("The quiz of the pack is public again.")):
        actions.restore(code=code, by=request.actor)
    return redirect("staff:quizzes:one", code)


def _toml(octets: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
