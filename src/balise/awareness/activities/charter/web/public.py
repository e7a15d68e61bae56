"""The family charter, for anyone: no account, no name, and nothing is kept.

With a script, a family's answers stay on its device: it asks for the page of the steps once,
without an answer in it. Without one, they travel in the form of each page: they are in no address,
so a page is drawn in answer to the form itself, and none is kept. In a browser that was left today
nothing is drawn from a form: whoever sends it again would see what the family wrote.
"""

from functools import partial
from http import HTTPStatus
from typing import Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _, pgettext
from django.views.decorators.gzip import gzip_page

from balise.awareness.activities.charter import actions, queries
from balise.awareness.activities.charter.documents.paper import Layout, paper as draw_paper
from balise.awareness.activities.charter.rules import bank, calendar as days, carrying, files
from balise.awareness.activities.charter.rules.bank import Band, Bank
from balise.awareness.activities.charter.rules.charter import SEVERAL, Charter
from balise.awareness.activities.charter.rules.picks import HOMES, Standing, What
from balise.awareness.activities.charter.web import drawn
from balise.awareness.activities.charter.web.drawn import GO, Step
from balise.awareness.learning.events.rules.ical import TYPE
from balise.foundation import clock
from balise.foundation.files.uploads import refuse_what_did_not_come, takes_plain_files
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import Kept, Where, has_left

# A charter that travels in a form: read, kept to what the bank has, drawn as a step.


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
    known = queries.current()
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
    state, known = files.write(charter), queries.current()
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


# By the script: where the family says so, and in the tab until it erases it (`keeping.js`).
KEPT: Final = (Kept(Where.LOCAL, "charter"), Kept(Where.SESSION, "charter-here"))


class CountForm(forms.Form):
    """What a family says of itself to be counted: a word, a band of ages, codes of rules."""

    what = forms.ChoiceField(choices=What)
    band = forms.ChoiceField(choices=[*Band.choices, (SEVERAL, SEVERAL)])


@public.get
def start(request: Request) -> HttpResponse:
    """Say what a charter is, begin one, or open one again."""
    return start_page(request)


@public.form
@paced
def make(request: Request) -> HttpResponse:
    """Show the first step, or the one after the step that was sent."""
    known, today = queries.current(), clock.today()
    sent = posted(request)
    if sent is None:
        return step_page(request, Step.FAMILY, Charter())
    if has_left(request):
        return redirect("charter:start")
    with attempt(request):
        charter = carried(sent.get(CARRIED, ""))
        step = drawn.step_of(sent)
        charter = drawn.read(step, charter, sent, bank=known, today=today)
        following = drawn.following(step, sent)
        if following is Step.DONE:
            charter = charter.finished(today=today)
        charter = _counted(charter, step, following, request, known)
        return step_page(request, following, charter)
    return start_page(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@public.get
@gzip_page  # nothing in it is of a family, and the token of its form is masked
def blank(request: Request, step: str) -> HttpResponse:
    """Show a step with every rule and nobody's choices: the script fills it, on the device."""
    if step not in set(Step):
        raise Http404
    one = drawn.blank(Step(step), bank=queries.current(), today=clock.today())
    return draw(request, one)


@partial(takes_plain_files, most=files.LONGEST)
@public.post
@paced
def open_file(request: Request) -> HttpResponse:
    """Open a charter from its file."""
    if has_left(request):
        return redirect("charter:start")
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        with attempt(request, form, at="file"):
            charter = files.read(form.cleaned_data["file"].read(files.LONGEST + 1))
            return opened_page(request, charter)
    return start_page(request, file=form, status=status_of(form))


@public.post
@paced
def file(request: Request) -> HttpResponse:
    """Give the file of a charter."""
    if has_left(request):
        return redirect("charter:start")
    try:
        charter = carried(request.POST.get(CARRIED, ""))
    except Refused as refusal:
        return HttpResponse(refusal.message, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    answer = HttpResponse(files.write(charter), content_type="application/json")
    name = pgettext("file name", "family-charter")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


@public.post
@paced
def count(request: Request) -> HttpResponse:
    """Count a family that says yes; its script sends codes, and reads no answer."""
    form = CountForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    known = queries.current()
    actions.count(
        what=What(form.cleaned_data["what"]),
        band=form.cleaned_data["band"],
        chosen=_of_bank(request.POST.getlist("chosen"), known),
        kept=_of_bank(request.POST.getlist("kept"), known),
        by=request.actor,
    )
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _of_bank(codes: list[str], known: Bank) -> set[str]:
    return {each for each in codes if known.practice(each)}


def _counted(
    charter: Charter, step: Step, following: Step, request: Request, known: Bank
) -> Charter:
    """Count what a family that says yes has just done, once; return the charter that knows it."""
    done = {
        What.STARTED: step is Step.FAMILY,
        What.FINISHED: following is Step.DONE,
        What.REOPENED: step is Step.AGAIN and charter.is_later(today=clock.today()),
    }
    for what, is_done in done.items():
        if not charter.is_counted or not is_done or what in charter.counted:
            continue
        kept = [code for code, pick in charter.picks.items() if pick.standing is Standing.KEPT]
        actions.count(
            what=what,
            band=charter.band,
            chosen=_of_bank([*charter.agreed], known) if what is What.FINISHED else (),
            kept=_of_bank(kept, known) if what is What.REOPENED else (),
            by=request.actor,
        )
        charter = charter.once_counted(what.value)
    return charter


# What a family takes with it: its paper, its calendar; and a charter opened by the code on paper.
#
# What is sent is drawn and given back, and nothing of it is kept.


class PaperForm(forms.Form):
    """How a charter is printed."""

    layout = forms.ChoiceField(choices=[(each.value, each.value) for each in Layout])
    second = forms.ChoiceField(choices=[("", ""), *settings.LANGUAGES], required=False)
    home = forms.IntegerField(min_value=0, max_value=max(HOMES), required=False)


@public.post
@paced
def paper(request: Request) -> HttpResponse:
    """Give the paper of a charter as a PDF."""
    form = PaperForm(request.POST)
    if has_left(request) or not form.is_valid():
        return redirect("charter:start")
    try:
        charter = carried(request.POST.get(CARRIED, ""))
    except Refused as refusal:
        return HttpResponse(refusal.message, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    first = (get_language() or settings.LANGUAGE_CODE)[:2]
    languages = list(dict.fromkeys(filter(None, (first, form.cleaned_data["second"]))))
    octets = draw_paper(
        charter,
        layout=Layout(form.cleaned_data["layout"]),
        languages=languages,
        bank=queries.current(),
        address=_address(),
        home=form.cleaned_data["home"] or 0,
    )
    return _given(octets, kind="application/pdf", name=f"{_name()}.pdf")


@public.post
@paced
def calendar(request: Request) -> HttpResponse:
    """Give the days on which the family looks at its charter, as a calendar file."""
    if has_left(request):
        return redirect("charter:start")
    try:
        charter = carried(request.POST.get(CARRIED, ""))
    except Refused as refusal:
        return HttpResponse(refusal.message, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    octets = days.write_days(
        days.days(charter, today=clock.today()),
        at=clock.now(),
        zone=settings.TIME_ZONE,
        page=_address(),
        sender=settings.MAIL_SENDER,
        centre=settings.CENTRE.organisation,
    )
    return _given(octets, kind=f"{TYPE}; charset=utf-8", name=f"{_name()}.ics")


@public.post
@paced
def open_code(request: Request) -> HttpResponse:
    """Open a charter by the code on its paper; a slip is asked back."""
    if has_left(request):
        return redirect("charter:start")
    typed = request.POST.get("meant") or request.POST.get("code", "")
    form, meant = CodeForm({"code": typed}), ""
    if form.is_valid():
        with attempt(request, form, at="code"):
            try:
                found = carrying.read(form.cleaned_data["code"], bank=queries.current())
            except carrying.CodeMistyped as slip:
                meant = bank.shown(slip.meant)
                raise
            return opened_page(request, found.charter, lost=found.lost)
    return start_page(request, code=form, meant=meant, status=status_of(form))


def _address() -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('charter:start')}"


def _name() -> str:
    return pgettext("file name", "family-charter")


def _given(octets: bytes, *, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
