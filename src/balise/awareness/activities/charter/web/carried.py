"""A charter that travels in a form: read, kept to what the bank has, drawn as a step."""

from http import HTTPStatus
from typing import Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.charter.queries import practices
from balise.awareness.activities.charter.rules import carrying, files
from balise.awareness.activities.charter.rules.bank import Band
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.web import drawn
from balise.awareness.activities.charter.web.steps import GO, Step
from balise.foundation import clock
from balise.foundation.files.uploads import refuse_what_did_not_come
from balise.foundation.web.doors import Request
from balise.foundation.web.quick_exit import has_left

CARRIED: Final = "charter"  # the field that has the whole charter


class FileForm(forms.Form):
    """A charter to open again."""

    file = forms.FileField(
        label=_("The file of your charter"),
        help_text=_("It is read, and not kept."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> object:
        """Refuse a file that did not come whole."""
        file = self.cleaned_data["file"]
        refuse_what_did_not_come(file)
        return file


class CodeForm(forms.Form):
    """The code that is printed on a charter."""

    code = forms.CharField(
        label=_("The code on the paper"),
        help_text=_("Spaces do not matter. It is read, and not kept."),
        max_length=carrying.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def carried(text: str) -> Charter:
    """Return the charter in a form, a new one where the field is empty."""
    return within(files.read(text.encode())) if text else Charter()


def within(charter: Charter) -> Charter:
    """Return a charter with what the centre's bank has."""
    known = practices.current()
    return charter.within(
        bands=Band.values,
        aims=[each.code for each in known.aims],
        practices=[each.code for each in known.practices],
    )


def start_page(
    request: Request,
    *,
    file: FileForm | None = None,
    code: CodeForm | None = None,
    meant: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Return the first page; `meant` is the code that someone may have wished to type."""
    context = {
        "form": file or FileForm(),
        "code_form": code or CodeForm(),
        "meant": meant,
        "steps": [*Step],
        "has_left": has_left(request),
    }
    return render(request, "charter/start.html", context, status=status)


def opened_page(request: Request, charter: Charter, *, lost: int = 0) -> HttpResponse:
    """Return the first page of a charter that is opened again; it says if rules are not here."""
    kept = within(charter)
    has_lost = lost > 0 or len(kept.picks) < len(charter.picks)
    return step_page(request, Step.AGAIN if kept.made else Step.FAMILY, kept, has_lost=has_lost)


def step_page(
    request: Request, step: Step, charter: Charter, *, has_lost: bool = False
) -> HttpResponse:
    """Return the page of a step."""
    state, known = files.write(charter), practices.current()
    pressed = request.POST.get(GO, "")
    one = drawn.drawn(
        step,
        charter,
        bank=known,
        today=clock.today(),
        state=state,
        pressed=pressed,
        has_lost=has_lost,
    )
    return draw(request, one)


def draw(request: Request, one: drawn.Drawn) -> HttpResponse:
    """Return a page that is ready for its template."""
    return render(request, "charter/make.html", {"drawn": one, "steps": [*Step]})
