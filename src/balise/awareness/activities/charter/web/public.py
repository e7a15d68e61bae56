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
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.gzip import gzip_page

from balise.awareness.activities.charter.actions import counting
from balise.awareness.activities.charter.queries import practices
from balise.awareness.activities.charter.rules import files
from balise.awareness.activities.charter.rules.bank import Band, Bank
from balise.awareness.activities.charter.rules.charter import SEVERAL, Charter
from balise.awareness.activities.charter.rules.words import Standing, What
from balise.awareness.activities.charter.web import drawn, steps
from balise.awareness.activities.charter.web.carried import (
    CARRIED,
    FileForm,
    carried,
    draw,
    opened_page,
    start_page,
    step_page,
)
from balise.awareness.activities.charter.web.steps import Step
from balise.foundation import clock
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.keeping import Kept, Where
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import has_left

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
    known, today = practices.current(), clock.today()
    sent = posted(request)
    if sent is None:
        return step_page(request, Step.FAMILY, Charter())
    if has_left(request):
        return redirect("charter:start")
    with attempt(request):
        charter = carried(sent.get(CARRIED, ""))
        step = steps.step_of(sent)
        charter = steps.read(step, charter, sent, bank=known, today=today)
        following = steps.following(step, sent)
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
    one = drawn.blank(Step(step), bank=practices.current(), today=clock.today())
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
    known = practices.current()
    counting.count(
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
        counting.count(
            what=what,
            band=charter.band,
            chosen=_of_bank([*charter.agreed], known) if what is What.FINISHED else (),
            kept=_of_bank(kept, known) if what is What.REOPENED else (),
            by=request.actor,
        )
        charter = charter.once_counted(what.value)
    return charter
