"""What the bearer of a numbered link reads of a draft, and asks of it; the forms of editions."""

from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.steering.editions.actions import preparing
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.kinds import TEMPLATES
from balise.steering.editions.rules.preparing import LONGEST_COMMENT, Compared, LinkOver

# Forms of an edition: its days, the words of a page, a question, an answer.


_LONGEST_TITLE: Final = 160
_LONGEST_NOTES: Final = 3_000
_USUAL: Final = _(
    "Leave both days empty for the usual ones: the quarter or year that ended last, the season "
    "of the last Safer Internet Day; for the committee, this year so far."
)


class DaysForm(forms.Form):
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    known_by = DayField(
        label=_("Count what was recorded until"),
        help_text=_("What is declared later is in the next edition."),
    )
    compared = CodeField(Compared, label=_("Compare with"))


class OpenForm(DaysForm):
    template = forms.ChoiceField(
        label=pgettext_lazy("committee", "Edition"),
        choices=[(one.code, one.name) for one in TEMPLATES.values()],
    )
    day = DayField(label=_("Day of the edition"))
    first = DayField(label=_("First day"), required=False, help_text=_USUAL)
    last = DayField(label=_("Last day"), required=False)
    field_order = ("template", "day", "first", "last", "known_by", "compared")


class WordsForm(forms.Form):
    """The title and the notes of a page in each language, given as `titles` and `notes`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"titles_{code}"] = LongTextField(
                label=_("Title, the conclusion in a sentence (%(language)s)") % {"language": name},
                help_text=_("Leave it empty for the title that is computed."),
                required=False,
                max_length=_LONGEST_TITLE,
                rows=2,
            )
        for code, name in settings.LANGUAGES:
            self.fields[f"notes_{code}"] = LongTextField(
                label=_("Speaker’s notes (%(language)s)") % {"language": name},
                required=False,
                max_length=_LONGEST_NOTES,
                rows=4,
            )

    def clean(self) -> dict[str, Any]:
        """Return the words by language."""
        cleaned = super().clean() or {}
        return {
            kind: {code: cleaned.get(f"{kind}_{code}", "") for code, _name in settings.LANGUAGES}
            for kind in ("titles", "notes")
        }


class QuestionForm(forms.Form):
    words = LongTextField(label=_("Your question"), max_length=LONGEST_COMMENT, rows=3)


class AboutForm(QuestionForm):
    """A question about one of the `pages`, or the whole edition."""

    code = forms.ChoiceField(label=pgettext_lazy("question", "About"), required=False)
    field_order = ("code", "words")

    def __init__(self, *args: Any, pages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The whole edition")), *pages]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    words = LongTextField(label=_("Answer"), max_length=LONGEST_COMMENT, rows=3)


class FreezeForm(forms.Form):
    """Why one person alone read it, where no second one approved it."""

    alone = forms.CharField(
        label=_("Nobody else can read it: why"),
        max_length=250,
        required=False,
        help_text=_("Only where no second person approved it. The edition says so to its readers."),
    )


class LinkForm(forms.Form):
    seat = forms.CharField(
        label=pgettext_lazy("link", "For whom"),
        max_length=250,
        help_text=_("An organisation and a function, never a person’s name."),
    )


@public.form
def draft(request: Request, token: str) -> HttpResponse:
    """Show a draft to a member: each page with its tables; take a question."""
    try:
        link = preparing.open_link(token=token, by=request.actor)
    except LinkOver as over:
        reason = {"reason": over.message}
        return render(request, "steering/editions/over.html", reason, status=HTTPStatus.GONE)
    read = showing.draft(link)
    form = AboutForm(posted(request), pages=[(one.code, one.title) for one in read.pages])
    embargo = link.edition.published_at if link.from_at else None
    if form.is_valid():
        with attempt(request, form, said=str(_("Your question was sent."))):
            preparing.comment(token=token, by=request.actor, **form.cleaned_data)
            return redirect("editions:draft", token)
    shown = {
        "link": link,
        "read": read,
        "form": form,
        "language": get_language(),
        "embargo": embargo,
    }
    return render(request, "steering/editions/draft.html", shown, status=status_of(form))
