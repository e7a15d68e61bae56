"""The public door: a young person shows a picture of their screen. No page needs a script.

First one question, then, only after a no, the file. What was being written goes along from page to
page and is never lost.
"""

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.encryption.worded import Receipt
from balise.foundation.files.keeping import read_upload
from balise.foundation.files.uploads import SealedUpload, refuse_what_did_not_come, takes_files
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.helpline.cases.queries import files as cases
from balise.helpline.cases.rules.files import CaseState
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.rules import ConversationOver, NothingSaid, TooLong, read_words
from balise.helpline.conversations.web.forms import SayForm
from balise.helpline.conversations.web.talk import with_token
from balise.helpline.pictures import queries
from balise.helpline.pictures.actions import offering, sealing
from balise.helpline.pictures.rules.showing import Outcome, Undressed, check_sent, may_be_sent

# What is filled in around a picture.


class WordsForm(SayForm):
    """The message that was being written: it goes along, and may be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].label = pgettext_lazy("youth", "Your message, if you want")

    def clean_text(self) -> str:
        """Return the words; refuse what is too long before a picture is taken."""
        text = str(self.cleaned_data["text"])
        try:
            return read_words(text)
        except NothingSaid:
            return ""
        except TooLong as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None


class PictureForm(WordsForm):
    """A picture of one's screen, and words if one likes."""

    picture = forms.FileField(
        label=pgettext_lazy("youth", "The picture of your screen"),
        help_text=pgettext_lazy("youth", "PNG, JPEG or WebP, 8 MB at most."),
        error_messages={
            "required": pgettext_lazy("youth", "Choose a picture first."),
            "empty": pgettext_lazy("youth", "This file is empty. Choose another."),
        },
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    field_order = ("picture", "text", "client_id")

    def clean_picture(self) -> SealedUpload:
        """Return the file, still encrypted; refuse one that did not arrive."""
        sent = self.cleaned_data["picture"]
        refuse_what_did_not_come(sent)
        if not isinstance(sent, SealedUpload):
            raise ValidationError(_("The file could not be saved. Try again later."))
        return sent


class CaseForm(forms.Form):
    """The case of one's own in which the picture would be kept."""

    def __init__(self, *args: Any, seen_by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = cases.own_cases(seen_by=seen_by)
        own = [(str(one.id), one.reference) for one in rows if one.state is not CaseState.CLOSED]
        self.has_any = bool(own)
        self.fields["case"] = forms.ChoiceField(label=_("Case"), choices=own)


class OutcomeForm(forms.Form):
    """The decision."""

    outcome = forms.TypedChoiceField(
        label=pgettext_lazy("picture", "Decision"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )


LINE = "helpline"
_MESSAGE = UUID("5b0c1a3e-7f9a-5a4e-9b1d-2f4f5c6a7d80")  # beside a picture of the same form


@public.form
@paced
@with_token
def ask(request: Request, token: Receipt) -> HttpResponse:
    """Ask whether someone is undressed in it; after a no, show the field of the file."""
    talks.by_token(token)
    answer = request.POST.get("undressed", "")
    if may_be_sent(answer):
        return _show(request, "send", PictureForm(initial=_kept(request)))
    if answer in Undressed:
        with attempt(request):
            offering.decline(token=token, by=request.actor)
        return _show(request, "not_sent", WordsForm(initial=_kept(request)))
    form = WordsForm(initial=_kept(request))
    return _show(request, "ask", form, choices=Undressed, part=queries.of_child(token))


@public.get
@with_token
def own(request: Request, token: Receipt) -> HttpResponse:
    """Return what became of one's own pictures, for the room to draw again."""
    context = {"part": queries.of_child(token)}
    return render(request, "helpline/pictures/parts.html#own", context)


@public.post
@takes_files
@paced
@with_token
def send(request: Request, token: Receipt) -> HttpResponse:
    """Show the picture, and say the words with it; where it is refused, they stay in the field."""
    if not may_be_sent(request.POST.get("undressed", "")):
        return redirect("picture:ask")
    form = PictureForm(posted(request), request.FILES)
    if form.is_valid():
        upload, named = form.cleaned_data["picture"], form.cleaned_data["client_id"]
        with attempt(request, form, at="picture", conflict=ConversationOver):
            check_sent(request.POST["undressed"], upload.size)
            octets = b"".join(read_upload(upload, line=LINE))
            offering.offer(
                token=token,
                answer=request.POST["undressed"],
                octets=octets,
                picture_id=named,
                by=request.actor,
            )
            if text := form.cleaned_data["text"]:
                said = uuid5(_MESSAGE, str(named))
                saying.say(token=token, text=text, client_id=said, by=request.actor)
            return redirect("talk:room")
    return _show(request, "send", form)


@public.post
@with_token
def keep(request: Request, token: Receipt, picture_id: UUID) -> HttpResponse:
    """Answer whether a picture may be kept."""
    with attempt(request):
        sealing.answer(
            token=token,
            picture_id=picture_id,
            agrees=request.POST.get("keep") == "yes",
            by=request.actor,
        )
    return redirect("talk:room")


@public.post
@with_token
def take_back(request: Request, token: Receipt, picture_id: UUID) -> HttpResponse:
    """Take a picture back: it is erased at once."""
    with attempt(request):
        sealing.take_back(token=token, picture_id=picture_id, by=request.actor)
    return redirect("talk:room")


def _kept(request: Request) -> dict[str, str]:
    return {"text": request.POST.get("text", "")}


def _show(request: Request, page: str, form: WordsForm, **more: object) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, f"helpline/pictures/{page}.html", context, status=status_of(form))
